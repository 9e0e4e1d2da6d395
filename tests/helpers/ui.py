"""For tests of the window: work done at once, a frame around a page, and the proof that a page fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message
from ui.i18n import locale
from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow
from ui.notices import NoticeBoard
from ui.ports import Done, Failed, Frame, SendingState, Told
from ui.routes import Home, Route
from ui.tasks import as_ours
from ui.theme import THEMES, current
from ui.widgets.page import Page
from ui.widgets.texts import ElidedLabel

T = TypeVar("T")

SIZES: tuple[tuple[int, int], ...] = ((1280, 800), (1280, 853), (960, 640), (853, 1280), (640, 960))
"""Laptop; tablet at 150 % and 200 %; the same two upright."""
LOCALES = ("en_US", "es_MX", "fr_CA")
SMALLEST_TARGET = 44


class InlineTasks:
    """`ui.ports.Tasks` that works at once. Errors without a `failed` are kept in `unhandled`."""

    def __init__(self) -> None:
        self.unhandled: list[GreenAuditError] = []

    def run(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        try:
            result = work()
        except Exception as error:
            (failed or self.unhandled.append)(as_ours(error))
        else:
            done(result)

    aside = afar = run

    def stopping(self) -> bool:
        return False


class KeptSending:
    """`ui.ports.Sending` that keeps what it was asked for and stands as it is told."""

    def __init__(self, state: SendingState = SendingState(enrolled=True)) -> None:  # noqa: B008 frozen
        self.state = state
        self.sent = self.nudged = 0
        self.allowed: list[bool] = []
        self._tell: list[Callable[[SendingState], None]] = []

    def follow(self, tell: Callable[[SendingState], None]) -> None:
        self._tell.append(tell)
        tell(self.state)

    def stand(self, state: SendingState) -> None:
        """Tells that it stands otherwise now."""
        self.state = state
        for tell in self._tell:
            tell(state)

    def send(self, told: Told | None = None) -> None:
        self.sent += 1

    def nudge(self) -> None:
        self.nudged += 1

    def allow(self, *, on: bool) -> None:
        self.allowed.append(on)


class KeptNotices:
    """`ui.ports.Notices` that keeps what it was told."""

    def __init__(self) -> None:
        self.errors: list[GreenAuditError] = []
        self.confirmed: list[Message] = []

    def error(self, error: GreenAuditError) -> None:
        self.errors.append(error)

    def done(self, message: Message) -> None:
        self.confirmed.append(message)


class OnePage:
    """The window's pages when there is only one, wherever one wants to go."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def page(self, route: Route) -> Page:
        return self._page

    def built(self) -> tuple[Page, ...]:
        return (self._page,)


def application() -> QApplication:
    """The application that pytest-qt made."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def framed(page: Page, route: Route | None = None, frame: Frame | None = None) -> MainWindow:
    """A page in the real frame; with `frame` the visit bar stands above it."""
    window = MainWindow(WindowPreferences(application(), locale(), current()), NoticeBoard())
    window.attach(OnePage(page))
    window.go(route or Home())
    if frame is not None:
        page.framed.emit(frame)
    return window


def settle() -> None:
    """Lets layouts take effect: what is shown next is what a person sees."""
    for _ in range(4):
        application().sendPostedEvents()
        application().sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application().processEvents()


def assert_fits(
    make_page: Callable[[], Page], route: Route | None = None, frame: Frame | None = None
) -> None:
    """Shows a page in the frame at five sizes, in three languages and themes; fails on whatever is cut or squeezed.

    The page is made once and switched at run time, as a person does it.
    """
    page = make_page()
    window = framed(page, route, frame)
    window.show()
    preferences = WindowPreferences(application())
    found: list[str] = []
    for theme in THEMES:  # the dearest switch outside: it polishes every widget
        preferences.choose_theme(theme)
        for name in LOCALES:
            preferences.choose_locale(name)
            for width, height in SIZES:
                window.resize(width, height)
                settle()
                where = f"{width}×{height} {name} {theme}"
                found += [f"{where}: {trouble}" for trouble in troubles(window, QSize(width, height))]
    window.close()
    window.deleteLater()
    settle()
    assert not found, f"{len(found)} troubles\n" + "\n".join(found[:25])


def troubles(window: QWidget, size: QSize) -> Iterator[str]:
    """What doesn't fit in a window that should have this size."""
    if window.size() != size:
        yield f"the window became {window.width()}×{window.height()}"
    for area in window.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner is not None and inner.width() > area.viewport().width():
            yield f"{said(area)} is {inner.width()} wide in {area.viewport().width()}"
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            yield from _label_troubles(label)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            yield from _button_troubles(button)


def _label_troubles(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() < needed:
            yield f"{said(label)} needs {needed} high, has {label.height()}"
    elif not isinstance(label, ElidedLabel) and label.width() < label.sizeHint().width():
        yield f"{said(label)} needs {label.sizeHint().width()} wide, has {label.width()}"
    elif label.height() < label.sizeHint().height():
        yield f"{said(label)} is {label.height()} high"
    yield from _sticks_out(label)


def _button_troubles(button: QAbstractButton) -> Iterator[str]:
    if button.width() < button.minimumSizeHint().width():
        yield f"{said(button)} needs {button.minimumSizeHint().width()} wide, has {button.width()}"
    if isinstance(button, QPushButton | QCheckBox) and button.width() < button.sizeHint().width():
        yield f"{said(button)} needs {button.sizeHint().width()} wide, has {button.width()}"
    if button.height() < SMALLEST_TARGET or button.width() < SMALLEST_TARGET:
        yield f"{said(button)} is {button.width()}×{button.height()}, too small to touch"
    if not button.accessibleName():
        yield f"{said(button)} has no accessible name"
    yield from _sticks_out(button)


def _sticks_out(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is not None and not parent.rect().contains(widget.geometry()):
        yield f"{said(widget)} sticks out: {widget.geometry()} in {parent.rect()}"


def said(widget: QWidget) -> str:
    """A widget as a person would name it."""
    text = getattr(widget, "text", str)() or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {text!r}"
