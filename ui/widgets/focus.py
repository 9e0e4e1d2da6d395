"""The ring around what the keyboard has reached: 3 px and a halo, outside the widget. Fingers never see it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.theme import color
from ui.widgets.painting import painter_of, shape

REACH = 6
_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """One overlay a window. It follows its target while that moves, is resized, hidden or scrolled."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def point_at(self, target: QWidget | None) -> None:
        """Shows the ring around a widget, or hides it."""
        for widget in filter(isValid, self._watched):  # rows come and go under the ring
            widget.removeEventFilter(self)
        self._watched = []
        self._target = target
        while target is not None and target is not self._window:
            target.installEventFilter(self)
            self._watched.append(target)
            target = target.parentWidget()
        self._follow()

    @property
    def target(self) -> QWidget | None:
        """What the ring is around."""
        return self._target

    def forget(self) -> None:
        """Hides the ring: the focus went elsewhere without the keyboard."""
        if self._target is not None:
            self.point_at(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._follow()
        return False

    def _follow(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(
            corner.x() - REACH, corner.y() - REACH, target.width() + 2 * REACH, target.height() + 2 * REACH
        )
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        rect = QRectF(self.rect())
        shape(p, rect.adjusted(3, 3, -3, -3), None, color("halo"), 6, 11)
        shape(p, rect.adjusted(2, 2, -2, -2), None, color("focus"), 3, 11)
        p.end()


def focus_by_keys(widget: QWidget) -> None:
    """Gives a widget the focus as a key would, ring and all: for arrow keys that move between choices."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    ring = widget.window().findChild(FocusRing)
    if ring is not None:
        ring.point_at(widget)


def usable(widget: QWidget) -> bool:
    """Whether a widget can have the focus: it is there, to be seen, and not switched off."""
    return isValid(widget) and widget.isVisible() and widget.isEnabled()


def focus_back(to: QWidget | None, page: QWidget) -> None:
    """Gives the focus back to what had it. Where that is gone, what follows it on the page gets it, else the page."""
    ring = page.window().findChild(FocusRing)
    by_keys = ring is not None and ring.isVisible()
    target = page
    if to is not None and isValid(to):
        target = to if usable(to) else _following(to, page) or page
    if by_keys and target is not page:
        focus_by_keys(target)
    else:
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _following(gone: QWidget, page: QWidget) -> QWidget | None:
    widget = gone.nextInFocusChain()
    while widget is not None and widget is not gone:
        takes = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes and page.isAncestorOf(widget) and usable(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None
