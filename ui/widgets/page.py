"""What every page is: a widget that the frame shows, fits to a size class and can leave."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.ports import Destination
from ui.routes import Route
from ui.theme import SizeClass


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

    def destinations(self) -> tuple[Destination, ...]:
        """What "Go to…" offers from here, first in its list."""
        return ()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
