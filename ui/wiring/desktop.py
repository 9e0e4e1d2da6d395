"""The window's composition root: it owns the parts and takes them down in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from greenaudit.errors import GreenAuditError
from greenaudit.i18n import Language
from greenaudit.log import end_log, log_to_file, logger
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from ui.crash import CrashGuard
from ui.i18n import tr
from ui.main_window.preferences import WindowPreferences
from ui.main_window.shell import Shell
from ui.main_window.window import MainWindow
from ui.notices import NoticeBoard, notice_of
from ui.page_factory import OnePageFactory, PageFactory, set_up_page, unlock_page
from ui.ports import Destination, ThemeChoice, Tools
from ui.routes import Home as AtHome
from ui.routes import SetUp, Unlock
from ui.tasks import BackgroundTasks
from ui.theme import load_fonts
from ui.widgets.states import StateBlock, Waiting
from ui.widgets.taps import every_tap_counts
from ui.wiring.sending import Sender

if TYPE_CHECKING:
    from greenaudit.services.holding import HomeHold
    from greenaudit.services.opening import App
    from greenaudit.services.opening import SetUp as Made
    from greenaudit.services.protecting import ProtectionKind as Kind
    from ui.wiring.services import Composed

PATIENCE = 200
"""Milliseconds before the window says what it waits for."""

_log = logger("ui")


OPENS_WITH_CODE = frozenset(
    {
        "passphrase_needed",
        "wrap_missing",
        "keyring_entry_missing",
        "keyring_wrong",
        "key_file_missing",
        "key_file_wrong",
    }
)
"""Why data stay closed although a passphrase or the recovery code would open them."""
BACKUP_LOOK = 10 * 60 * 1000
"""How often it is looked whether a backup is due, in milliseconds."""


class Desktop:
    """The one place where the window's parts meet: it owns them and takes them down in order."""

    def __init__(
        self,
        app: QApplication,
        shell: Shell,
        home: Home,
        locale: str = "",
        theme: ThemeChoice = "",
        *,
        with_sample: bool = False,
        leave: Callable[[int], object] = QApplication.exit,
    ) -> None:
        self.shell, self._leave_with = shell, leave
        self._home, self._with_sample = home, with_sample
        self._services: App | None = None
        self._hold: HomeHold | None = None
        self._ended = self._refused = False
        load_fonts(but_first=True)
        every_tap_counts(app)
        self.notices = NoticeBoard()
        self.preferences = WindowPreferences(app, locale, theme)
        self.window = MainWindow(self.preferences, self.notices)
        self.tasks = BackgroundTasks(self.notices.error)
        self.crash = CrashGuard(self.window.hand_over, self._tell)
        self._patience = QTimer(shell, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._say_waiting)
        self._rolling = QTimer(shell, interval=BACKUP_LOOK)
        self._rolling.timeout.connect(self._back_up)
        self.sending = Sender(self.tasks, self.notices, shell)
        self.window.signed.connect(self.sending.nudge)
        self.preferences.kept_by(self._keep)
        shell.closing.connect(self.window.hand_over)

    def begin(self) -> None:
        """Fills the shell with the frame and has the services composed."""
        log_to_file(self._home)
        self.crash.install()
        self.shell.setCentralWidget(self.window)
        self._compose()

    def end(self) -> None:
        """Hands over what is in the fields, finishes the store's work, closes what was opened."""
        if self._ended:
            return
        self._ended = True
        self._patience.stop()
        self._rolling.stop()
        self.sending.end()
        self.window.hand_over()
        self.tasks.finish(self._close_services)
        self.crash.remove()
        end_log()

    # What set-up begins with

    def no_keyring(self) -> Message | None:
        """Why there is no keyring to keep the key in; runs on the store's thread."""
        from ui.wiring import services

        return services.no_keyring()

    def set_up(self, person_name: str, language: Language, kind: Kind, passphrase: str) -> Made:
        """Makes the home; runs on the store's thread."""
        from ui.wiring import services

        return services.set_up(self._home, person_name, language, kind, passphrase)

    def restore(self, folder: Path, code: str) -> App:
        """Puts a backup here; runs on the store's thread."""
        from ui.wiring import services

        self._let_go()  # the folder is exchanged for the restored one
        try:
            return services.restore(self._home, folder, code)
        finally:
            self._hold = services.hold(self._home)

    def confirm_code(self, app: App) -> None:
        """The recovery code is written down; runs on the store's thread."""
        app.protecting.confirm_code()

    def unlock(self, passphrase: str) -> App:
        """Opens the home with its passphrase; runs on the store's thread."""
        from ui.wiring import services

        return services.unlock(self._home, passphrase, with_sample=self._with_sample)

    def go_on(self, app: App) -> None:
        """Begins the window's work with opened services, unless a recovery code still waits to be written down."""
        self._services = app
        self.tasks.run(partial(self._unconfirmed, app), done=partial(self._go_on, app))

    def _unconfirmed(self, app: App) -> Made | None:
        from ui.wiring import services

        return services.unconfirmed(app)

    def _go_on(self, app: App, pending: Made | None) -> None:
        if pending is not None:
            self._show_set_up(pending)
            return
        tools = Tools(app, self.tasks, self.notices, self.preferences, self.sending)
        self.window.attach(PageFactory(tools), self._find_places)
        self.window.go(AtHome())
        self._rolling.start()
        self.sending.begin(app, self.window.refresh)

    def _back_up(self) -> None:
        """The rolling backup, beside everything else; nobody is told unless it can't be made."""
        if self._services is not None:
            self.tasks.aside(self._services.backups.make_if_due, done=_nothing)

    # Beginning

    def _compose(self) -> None:
        self._patience.start()
        self.tasks.run(self._composed, done=self._begin, failed=self._not_opened)

    def _say_waiting(self) -> None:
        if self.window.page() is None and not self._refused:
            words = msg("Making the sample programme…") if self._with_sample else msg("Opening your visits…")
            self.window.show_state(Waiting(words))

    def _composed(self) -> Composed:
        from ui.wiring import services

        if self._hold is None:
            self._hold = services.hold(self._home)
        return services.compose(self._home, with_sample=self._with_sample)

    def _begin(self, composed: Composed) -> None:
        if composed.trouble is not None:
            self.notices.error(composed.trouble)
        if composed.app is not None:
            self.go_on(composed.app)
            return
        self._show_set_up(None)

    def _show_set_up(self, pending: Made | None) -> None:
        self.window.attach(OnePageFactory(partial(set_up_page, self, self.tasks, self.notices, pending)))
        self.window.go(SetUp())

    def _not_opened(self, error: GreenAuditError) -> None:
        if error.code in OPENS_WITH_CODE:
            reason = None if error.code == "passphrase_needed" else notice_of(error).message
            self.window.attach(OnePageFactory(partial(unlock_page, self, self.tasks, reason)))
            self.window.go(Unlock())
            return
        if error.code == "home_not_sample":
            self._leave(error)
            return
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

    def _leave(self, error: GreenAuditError) -> None:
        """Another home was meant: that is said where the window was asked for, and it ends in failure."""
        self._refused = True
        if sys.stderr is not None:  # a window without a terminal has none
            sys.stderr.write(f"{tr(notice_of(error).message)}\n")
        self._leave_with(1)

    def _try_again(self) -> None:
        self._refused = False
        self._compose()

    # What others ask for

    def _keep(self, locale: str, theme: ThemeChoice) -> None:
        self.tasks.run(partial(self._kept, locale, theme), done=_nothing)

    def _kept(self, locale: str, theme: ThemeChoice) -> None:
        from ui.wiring import services

        services.keep_choice(self._home, locale, theme)

    def _find_places(self, deliver: Callable[[tuple[Destination, ...]], None]) -> None:
        if self._services is not None:
            self.tasks.run(partial(self._places, self._services), done=deliver)

    def _places(self, app: App) -> tuple[Destination, ...]:
        from ui.wiring import services

        return services.places(app)

    def _close_services(self) -> None:
        if self._services is not None:
            self._services.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def _tell(self, error: GreenAuditError) -> None:
        notice = notice_of(error)
        box = QMessageBox(QMessageBox.Icon.Critical, "GreenAudit", tr(notice.message), parent=self.shell)
        box.setInformativeText(_after_crash(self._home))
        box.setDetailedText(notice.detail)
        box.open()


def _after_crash(home: Home) -> str:
    go_on = tr(msg("You can go on. If it happens again, close the window and open it anew."))
    told = msg("What went wrong is noted in {path}, without your answers.", path=str(home.log))
    return f"{go_on}\n\n{tr(told)}"


def _nothing(_result: object) -> None:
    """For work whose success needs no answer."""
