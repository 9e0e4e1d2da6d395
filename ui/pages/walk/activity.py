"""Whether somebody walks: keys, fingers and the pen on the window that shows the page, and the window being in use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

TICK = 20_000
"""Milliseconds between two looks at the time that is shown."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Activity(QObject):
    """Watches the page's window while the page is shown: `touched` at every sign of life, `paused` when the window is
    left or the page hidden, `tick` from time to time."""

    def __init__(
        self,
        page: QWidget,
        touched: Callable[[], None],
        paused: Callable[[], None],
        tick: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page, self._touched, self._paused = page, touched, paused
        self._watched: QObject | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(tick)
        page.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if not self._page.isVisible():
            return
        if state == Qt.ApplicationState.ApplicationActive:
            self._touched()
        else:
            self._paused()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._page:
            if kind in _SIGNS and self._page.isVisible():
                self._touched()
        elif kind == QEvent.Type.Show:
            self._begin()
        elif kind == QEvent.Type.Hide:
            self._timer.stop()
            self._paused()
        return False

    def _begin(self) -> None:
        """The window's own events come before any widget takes them: nothing has to be asked of the widgets."""
        handle = self._page.window().windowHandle()
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle
        self._timer.start()
        self._touched()
