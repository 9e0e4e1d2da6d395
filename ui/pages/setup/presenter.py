"""What set-up does: asks for a name and how the key is kept, makes the home, has the recovery code confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

from greenaudit.errors import GreenAuditError, KnownError
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg
from ui.ports import ErrorView, Tasks
from ui.recovery import CodeQuestion, question_of

Kind = Literal["keyring", "passphrase", "file"]


class Outcome(Protocol):
    """What setting a device up gave (`services.opening.SetUp`)."""

    @property
    def app(self) -> Any: ...

    @property
    def recovery_code(self) -> str: ...

    @property
    def protection(self) -> Message: ...


class Starting(Protocol):
    """Setting this device up, and going on with the services it gave. All but `go_on` runs on the store's thread."""

    def no_keyring(self) -> Message | None:
        """Why this machine's keyring can't keep the key; None where it can."""

    def set_up(self, person_name: str, language: Language, kind: Kind, passphrase: str) -> Outcome:
        """Makes the home."""

    def restore(self, folder: Path, code: str) -> Any:
        """Puts a backup here with its recovery code; gives its services."""

    def confirm_code(self, app: Any) -> None:
        """Notes that the recovery code is written down: until then every start shows a new one."""

    def go_on(self, app: Any) -> None:
        """The recovery code is confirmed: the window begins its work."""


class SetUpView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_keyring(self, trouble: Message | None) -> None: ...

    def show_name_needed(self, said: Message | None) -> None: ...

    def show_busy(self, *, busy: bool) -> None: ...

    def show_code(self, question: CodeQuestion, protection: Message) -> None: ...

    def show_group_wrong(self, said: Message) -> None: ...

    def show_restoring(self, *, busy: bool) -> None: ...

    def show_restore_error(self, said: Message) -> None: ...


class SetUpPresenter:
    """`pick(n)` chooses which of n groups is asked for."""

    def __init__(self, starting: Starting, tasks: Tasks, view: SetUpView, pick: Callable[[int], int]) -> None:
        self._starting, self._tasks, self._view, self._pick = starting, tasks, view, pick
        self._outcome: Outcome | None = None
        self._question: CodeQuestion | None = None
        self._busy = (
            False  # a second Enter while one waits would make a second home, or begin the window twice
        )

    def load(self) -> None:
        """Looks whether there is a keyring to offer."""
        if self._outcome is None:
            self._tasks.run(
                self._starting.no_keyring, done=self._view.show_keyring, failed=self._view.show_error
            )

    def begin(self, person_name: str, language: Language, kind: Kind, passphrase: str = "") -> None:
        """Sets the device up for a person."""
        if self._busy:
            return
        if not person_name:
            self._view.show_name_needed(msg("Write the name that will stand under your reports."))
            return
        self._view.show_name_needed(None)
        self._busy = True
        self._view.show_busy(busy=True)
        work = partial(self._starting.set_up, person_name, language, kind, passphrase)
        self._tasks.run(work, done=self._made, failed=self._failed)

    def restore(self, folder: str, code: str) -> None:
        """Puts a backup here, and goes on with it: this is a new device then, which enrols again."""
        if self._busy:
            return
        if not folder:
            self._view.show_restore_error(
                msg("Choose the backup's folder first. Its name begins with backup-.")
            )
            return
        if not code:
            self._view.show_restore_error(msg("Write the recovery code that belongs to the backup."))
            return
        self._busy = True
        self._view.show_restoring(busy=True)
        work = partial(self._starting.restore, Path(folder), code)
        self._tasks.run(work, done=self._restored, failed=self._not_restored)

    def _restored(self, app: Any) -> None:
        self._busy = False
        self._view.show_restoring(busy=False)
        self._starting.go_on(app)

    def _not_restored(self, error: GreenAuditError) -> None:
        self._busy = False
        self._view.show_restoring(busy=False)
        if isinstance(error, KnownError):
            self._view.show_restore_error(error.message)
        else:
            self._view.show_error(error)

    def ask(self, outcome: Outcome) -> None:
        """Shows a recovery code and asks for one group of it."""
        self._outcome = outcome
        self._question = question_of(outcome.recovery_code, self._pick)
        self._view.show_code(self._question, outcome.protection)

    def confirm(self, group: str) -> None:
        """Goes on when the group that was asked for is the right one."""
        if self._busy or self._outcome is None or self._question is None:
            return
        wrong = self._question.wrong(group)
        if wrong is not None:
            self._view.show_group_wrong(wrong)
            return
        app = self._outcome.app
        self._busy = True
        work = partial(self._starting.confirm_code, app)
        self._tasks.run(work, done=lambda _: self._starting.go_on(app), failed=self._failed)

    def _made(self, outcome: Outcome) -> None:
        self._busy = False
        self._view.show_busy(busy=False)
        self.ask(outcome)

    def _failed(self, error: GreenAuditError) -> None:
        self._busy = False
        self._view.show_busy(busy=False)
        self._view.show_error(error)
