"""Where the window begins: it paints its frame first, then has the services composed in the background."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from greenaudit.errors import GreenAuditError
from greenaudit.i18n import Language
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.paths import Home, default_home
from ui.crash import CrashGuard
from ui.i18n import tr
from ui.main_window import MainWindow, WindowPreferences
from ui.notices import NoticeBoard, notice_of
from ui.page_factory import PageFactory, SetUpFactory
from ui.ports import ThemeChoice, Tools
from ui.routes import Home as AtHome
from ui.routes import SetUp
from ui.tasks import BackgroundTasks
from ui.theme import THEMES, load_fonts
from ui.widgets.states import StateBlock, Waiting

FIRST_SIZE = QSize(1280, 800)
PATIENCE = 200
"""Milliseconds before the window says what it waits for."""

_log = logger("ui")


def first_look(home: Home) -> tuple[str, ThemeChoice]:
    """Locale and theme of the last run, read without the settings' own reader: that costs more than the frame.

    Anything odd means the system's choice; the reader proper says what is wrong with the file.
    """
    try:
        kept = json.loads(home.settings.read_text(encoding="utf-8"))
        locale, theme = kept.get("locale", ""), kept.get("theme", "")
    except (OSError, ValueError, AttributeError):
        return "", ""
    return locale if isinstance(locale, str) else "", next((t for t in THEMES if t == theme), "")


class Desktop:
    """The one place where the window's parts meet: it owns them and takes them down in order."""

    def __init__(self, app: QApplication, home: Home, *, with_sample: bool = False) -> None:
        self._app, self._home, self._with_sample = app, home, with_sample
        self._services: Any = None
        self._ended = self._refused = False
        load_fonts()
        app.setApplicationName("GreenAudit")
        locale, theme = first_look(home)
        self.notices = NoticeBoard()
        self.preferences = WindowPreferences(app, locale, theme)
        self.window = MainWindow(self.preferences, self.notices)
        self._patience = QTimer(self.window, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._say_waiting)
        self.tasks = BackgroundTasks(self.notices.error)
        self.crash = CrashGuard(self.window.hand_over, self._tell)
        self.preferences.kept_by(self._keep)
        self.window.painted.connect(self._compose)

    def show(self) -> None:
        """Shows the frame; the rest begins when it is painted."""
        self.crash.install()
        available = self.window.screen().availableSize()
        self.window.resize(FIRST_SIZE.boundedTo(available))
        self.window.show()

    def end(self) -> None:
        """Hands over what is in the fields, finishes the store's work, closes what was opened."""
        if self._ended:
            return
        self._ended = True
        self._patience.stop()
        self.window.hand_over()
        self.tasks.finish(self._close_services)
        self.crash.remove()

    # What set-up begins with

    def set_up(self, person_name: str, language: Language) -> Any:
        """Makes the home; runs on the store's thread."""
        from ui import wiring

        return wiring.set_up(self._home, person_name, language)

    def go_on(self, services: Any) -> None:
        """Begins the window's work with opened services."""
        self._services = services
        tools = Tools(services, self.tasks, self.notices, self.preferences)
        self.window.attach(PageFactory(tools), self._find_places)
        self.window.go(AtHome())

    # Beginning

    def _compose(self) -> None:
        self._patience.start()
        self.tasks.run(self._composed, done=self._begin, failed=self._not_opened)

    def _say_waiting(self) -> None:
        if self.window.page() is None and not self._refused:
            words = msg("Making the sample programme…") if self._with_sample else msg("Opening your visits…")
            self.window.show_state(Waiting(words))

    def _composed(self) -> Any:
        from ui import wiring

        return wiring.compose(self._home, with_sample=self._with_sample)

    def _begin(self, composed: Any) -> None:
        if composed.trouble is not None:
            self.notices.error(composed.trouble)
        if composed.app is not None:
            self.go_on(composed.app)
            return
        self.window.attach(SetUpFactory(self, self.tasks, self.notices))
        self.window.go(SetUp())

    def _not_opened(self, error: GreenAuditError) -> None:
        self._refused = True
        state = StateBlock(
            "warning-octagon",
            msg("Your data can't be opened"),
            notice_of(error).message,
            tone="danger",
            action=msg("Try again"),
        )
        if state.action is not None:
            state.action.clicked.connect(self._try_again)
        self.window.show_state(state)
        _log.error("not opened: %s", error, exc_info=error)

    def _try_again(self) -> None:
        self._refused = False
        self._compose()

    # What others ask for

    def _keep(self, locale: str, theme: ThemeChoice) -> None:
        self.tasks.run(partial(self._kept, locale, theme), done=_nothing)

    def _kept(self, locale: str, theme: ThemeChoice) -> None:
        from ui import wiring

        wiring.keep_choice(self._home, locale, theme)

    def _find_places(self, deliver: Any) -> None:
        self.tasks.run(self._places, done=deliver)

    def _places(self) -> Any:
        from ui import wiring

        return wiring.places(self._services)

    def _close_services(self) -> None:
        if self._services is not None:
            self._services.close()

    def _tell(self, error: GreenAuditError) -> None:
        notice = notice_of(error)
        box = QMessageBox(QMessageBox.Icon.Critical, "GreenAudit", tr(notice.message), parent=self.window)
        box.setInformativeText(
            tr(msg("You can go on. If it happens again, close the window and open it anew."))
        )
        box.setDetailedText(notice.detail)
        box.open()


def _nothing(_result: object) -> None:
    """For work whose success needs no answer."""


def run(argv: Sequence[str] = ()) -> int:
    """Opens the window and stays until it is closed. `--sample` fills an empty home with the sample programme."""
    app = QApplication([sys.argv[0], *argv])
    desktop = Desktop(app, default_home(), with_sample="--sample" in argv)
    app.aboutToQuit.connect(desktop.end)
    desktop.show()
    return app.exec()
