"""What every page is: a widget that the frame shows, fits to a size class and can leave."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.ports import Destination
from ui.routes import Route
from ui.theme import SizeClass
from ui.widgets.focus import focus_back, usable


class Page(QWidget):
    """A page. Its presenter knows what happens; the page shows it.

    Signals:
        go (Route): the person wants to be elsewhere.
        framed (Frame or None): what the visit bar shows; None for a page that belongs to no visit.
    """

    go = Signal(object)
    framed = Signal(object)
    size_class: SizeClass = "wide"

    def open(self, route: Route) -> None:
        """Shows what the route names; called at every visit, also when the page is already shown."""

    def close_page(self) -> None:
        """Another page is about to be shown, or the window closes: hand over what is still in a field."""

    def fit(self, size: SizeClass) -> None:
        """Lays itself out for a size class. Called before the first showing and when the class changes."""

    def retranslate(self) -> None:
        """Shows anew what the kit can't say anew by itself: dates, numbers, texts put together."""

    def refresh(self) -> None:
        """Something came from elsewhere: the page reads anew what it shows, and leaves alone what is being written on it."""

    def landing(self) -> QWidget | None:
        """What has the focus when the page comes; None: the page, so that Tab begins at its first control."""
        return None

    def destinations(self) -> tuple[Destination, ...]:
        """What "Go to…" offers from here, first in its list."""
        return ()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt moves the focus on when what has it is hidden or switched off: then it stays on the page, too."""
        held = self.window().focusWidget()
        if held is not None and self.isVisible() and self.isAncestorOf(held) and not usable(held):
            focus_back(held, self)
            return True
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
