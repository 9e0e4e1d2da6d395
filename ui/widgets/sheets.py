"""A sheet over a page: one small thing to be said or chosen, then it is gone. Escape and a tap beside it close it.

While it is there, all of the window that isn't the sheet is dimmed and out of reach, the bars around the page too.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from greenaudit.messages import msg
from ui.i18n import Said
from ui.widgets.boxes import col, row, scroll
from ui.widgets.buttons import Button, icon_button
from ui.widgets.flowing import Flowing
from ui.widgets.focus import focus_back, focus_by_keys
from ui.widgets.texts import Label

WIDTH, EDGE = 560, 24
_DIMMED = QColor(0, 0, 0, 110)


class Veil(QWidget):
    """Dims what stands around a page. A tap on it asks the sheet to go.

    Signals:
        tapped: somebody tapped beside the page.
    """

    tapped = Signal()

    def cover(self, window: QWidget, page: QWidget) -> None:
        """Lies over the window, around the page."""
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setGeometry(window.rect())
        inside = QRegion(page.rect().translated(page.mapTo(window, page.rect().topLeft())))
        around = QRegion(window.rect()).subtracted(inside)
        self.setMask(around)
        self.setVisible(not around.isEmpty())
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tapped.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), _DIMMED)
        p.end()


class Sheet(QWidget):
    """Covers its page. A subclass gives its content to `fill`; `main` is the one primary button.

    Signals:
        closed: the sheet went away, whatever the reason.
    """

    closed = Signal()

    def __init__(self, page: QWidget, title: Said, *, width: int = WIDTH) -> None:
        super().__init__(page)
        self._page, self._width = page, width
        self._before: QWidget | None = None
        self.title = Label(title, "title", wrap=True)
        self.close_button = icon_button("x", msg("Close"))
        self._card = QFrame(self)
        self._card.setProperty("look", "popup")
        self._scroll: QScrollArea | None = None
        self._veil = Veil(self)
        self._veil.tapped.connect(self.put_away)
        page.installEventFilter(self)
        self.hide()

    def fill(self, content: QLayout, main: Button | None = None, other: Button | None = None) -> None:
        """Lays the sheet out: title, content that scrolls when it must, buttons."""
        inner = Flowing(content, (24, 4, 24, 8))
        inner.installEventFilter(self)  # what grows inside asks no further up than the scroll area
        self._scroll = scroll(inner)
        head = row((self.title, 1), self.close_button, gap=8, margins=(24, 12, 12, 4))
        buttons = [part for part in (other, None, main) if part is not None or main is not None]
        foot = row(*buttons, gap=8, margins=(24, 8, 24, 20)) if main or other else row(margins=(0, 0, 0, 12))
        self._card.setLayout(col(head, (self._scroll, 1), foot, gap=0, margins=(2, 2, 2, 2)))
        self.close_button.clicked.connect(self.put_away)

    def appear(self) -> None:
        """Shows the sheet and gives it the focus."""
        self._before = self._page.window().focusWidget()
        self.show()
        self.raise_()
        self._place()
        first = self.first()
        (first or self.close_button).setFocus(Qt.FocusReason.PopupFocusReason)

    def first(self) -> QWidget | None:
        """What gets the focus when the sheet appears; None: its close button."""
        return None

    def put_away(self) -> None:
        """The person is done with the sheet; one that holds something unfinished may stay instead."""
        self.dismiss()

    def dismiss(self) -> None:
        """Takes the sheet away and gives the focus back to what had it, or to what stands next to that."""
        if not self.isVisible():
            return
        focus_back(self._before, self._page)
        self.hide()
        self.closed.emit()

    def show_whole(self, widget: QWidget) -> None:
        """Scrolls to a part that has just come, once the sheet has grown as far as it can."""
        self._place()
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(widget)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._veil.cover(self._page.window(), self._page)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if isValid(self._veil):  # the window may go as a whole
            self._veil.setParent(self)

    def _place(self) -> None:
        self.setGeometry(self._page.rect())
        self._veil.cover(self._page.window(), self._page)
        whole = self._card.layout()
        if self._scroll is None or whole is None:
            return
        width = min(self._width, self.width() - 2 * EDGE)
        inner = self._scroll.widget()
        layout = inner.layout() if inner is not None else None
        if inner is None or layout is None:
            return
        wanted = (
            layout.heightForWidth(width - 14) if layout.hasHeightForWidth() else layout.sizeHint().height()
        )
        margins = whole.sizeHint().height() - self._scroll.sizeHint().height()
        edges = self._card.height() - self._card.contentsRect().height()  # the border lies inside
        tall = min(wanted + margins + edges, self.height() - 2 * EDGE)
        self._card.setGeometry((self.width() - width) // 2, (self.height() - tall) // 2, width, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._page and event.type() == QEvent.Type.Resize
        grown = watched is not self._page and event.type() == QEvent.Type.LayoutRequest
        if (resized or grown) and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LanguageChange) and self.isVisible():
            self._place()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the sheet: what lies beneath can't be reached while it is there."""
        start = self.window().focusWidget() or self
        widget = start
        while True:
            following = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if following is None or following is start:
                return False
            widget = following
            takes = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            if takes and self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                focus_by_keys(widget)
                return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()  # nothing typed here reaches the page beneath

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.put_away()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), _DIMMED)
        p.end()
