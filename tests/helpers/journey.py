"""A person before the real window: what they press, type, touch and draw, and what they wait to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.opening import Setup, found
from greenaudit.server.run import Running, started_in_thread
from greenaudit.services import sample_records as records
from tests.helpers.ui import application, settle
from ui.app import first_shell
from ui.main_window.window import MainWindow
from ui.widgets.page import Page
from ui.wiring.desktop import Desktop

P = TypeVar("P", bound=Page)
PATIENCE = 20_000


@dataclass
class Person:
    """One who uses the window. `finger` makes every press a touch."""

    qtbot: QtBot
    desktop: Desktop
    finger: QPointingDevice | None = field(default=None)

    @property
    def window(self) -> MainWindow:
        """The frame with its pages."""
        return self.desktop.window

    def sees(self, kind: type[P]) -> P:
        """Waits for a page."""
        self.waits(lambda: isinstance(self.window.page(), kind))
        page = self.window.page()
        assert isinstance(page, kind)
        return page

    def waits(self, so: Callable[[], bool]) -> None:
        """Waits until something is so."""
        self.qtbot.waitUntil(so, timeout=PATIENCE)

    def presses(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Clicks or taps something that is there."""
        self.waits(lambda: widget.isVisible() and widget.isEnabled())
        if self.finger is None:
            self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
            return
        point = at or widget.rect().center()
        QTest.touchEvent(widget, self.finger).press(0, point, widget).commit()
        QTest.touchEvent(widget, self.finger).release(0, point, widget).commit()

    def types(self, text: str) -> None:
        """Types into what has the focus."""
        type_into(self.focus(), text)

    def writes(self, widget: QWidget, text: str) -> None:
        """Presses a field and types into it."""
        self.presses(widget)
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        type_into(widget, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier)

    def focus(self) -> QWidget:
        """What has the focus; the window when nothing has."""
        return application().focusWidget() or self.window.focusWidget() or self.window

    def tabs_to(self, widget: QWidget) -> None:
        """Reaches something with Tab alone."""
        for _ in range(120):
            if self.focus() is widget:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {widget.accessibleName()!r}")

    def goes_to(self, words: str) -> None:
        """Ctrl+K, words, Enter."""
        self.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.waits(self.window.go_to.isVisible)
        self.types(words)
        self.waits(lambda: self.window.go_to.model.rowCount() > 0)
        self.key(Qt.Key.Key_Return)

    def draws(self, pad: QWidget) -> None:
        """Signs with the mouse, or with the finger."""
        points = [QPoint(40 + 12 * step, 60 + 17 * step % 40) for step in range(14)]
        if self.finger is not None:
            QTest.touchEvent(pad, self.finger).press(0, points[0], pad).commit()
            for point in points[1:]:
                QTest.touchEvent(pad, self.finger).move(0, point, pad).commit()
            QTest.touchEvent(pad, self.finger).release(0, points[-1], pad).commit()
            return
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def type_into(widget: QWidget, text: str) -> None:
    """Keys; signs beyond ASCII come as from a dead key or an input method."""
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            application().sendEvent(widget, event)


@contextmanager
def desktop(qtbot: QtBot, home: Path, size: tuple[int, int] = (1280, 800)) -> Iterator[Person]:
    """The real window over a home, from its first frame to its end.

    For touches, `size` stays within the offscreen screen (800 × 800): beyond it Qt makes no click of a tap.
    """
    app = application()
    interval = app.doubleClickInterval()
    shell = first_shell(app, "light")
    made = Desktop(app, shell, Home(home), "es_MX", "light")
    shell.show()
    shell.resize(*size)
    made.begin()
    shell.activateWindow()
    try:
        yield Person(qtbot, made)
    finally:
        made.end()
        shell.close()
        shell.deleteLater()
        settle()
        app.setDoubleClickInterval(interval)


@contextmanager
def programme(folder: Path) -> Iterator[tuple[Running, str]]:
    """The sample programme's endpoint on loopback, and the one-time code that its assessor was given."""
    home = Home(folder)
    setup = Setup(
        programme_name=records.PROGRAMME.name,
        country="MX",
        administrator="Sample administrator",
        password="correct horse battery staple",
        programme_id=records.PROGRAMME.id,
    )
    found(home, setup)
    with started_in_thread(home) as running:
        running.endpoint.write(*(record for record in records.RECORDS if record != records.ASSESSOR))
        newcomer = Newcomer(name=records.ASSESSOR.name, role="assessor", login="elena")
        account = running.endpoint.add_person(newcomer, person=records.ASSESSOR)
        yield running, running.endpoint.new_code(account.person_id)
