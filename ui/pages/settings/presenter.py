"""What the settings do: choose, back up, enrol, send and receive, verify."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.i18n import Said
from ui.ports import Preferences, Tasks, ThemeChoice


class Backups(Protocol):
    """Making a backup that was opened and checked."""

    def make(self) -> Path: ...


class Summary(Protocol):
    """What a synchronisation did, as a sentence."""

    @property
    def message(self) -> Message: ...


class Syncing(Protocol):
    """The endpoint: enrolling this device, sending and receiving."""

    def enrol(self, *, endpoint_url: str, code: str) -> object: ...

    def run(self) -> Summary: ...


class Verification(Protocol):
    """Judging a signed file; each line is a sentence."""

    def verify(self, path: Path) -> Iterable[Said]: ...


class SettingsView(Protocol):
    """What the presenter asks of its page. `part` is one of backup, endpoint, verify."""

    def show_busy(self, part: str, *, busy: bool) -> None: ...

    def show_result(self, part: str, lines: tuple[Said, ...], *, good: bool = True) -> None: ...

    def show_code_needed(self, url: Message | None, code: Message | None) -> None: ...


class SettingsPresenter:
    """Every result stands where it was asked for."""

    def __init__(
        self, backups: Backups, syncing: Syncing, verification: Verification,
        preferences: Preferences, tasks: Tasks, view: SettingsView,
    ) -> None:  # fmt: skip
        self._backups, self._syncing, self._verification = backups, syncing, verification
        self._preferences, self._tasks, self._view = preferences, tasks, view

    def choose_locale(self, name: str) -> None:
        self._preferences.choose_locale(name)

    def choose_theme(self, choice: ThemeChoice) -> None:
        self._preferences.choose_theme(choice)

    def back_up(self) -> None:
        """Makes a backup and says where it is."""
        self._view.show_busy("backup", busy=True)
        self._tasks.run(self._backups.make, done=self._backed_up, failed=partial(self._failed, "backup"))

    def enrol(self, url: str, code: str) -> None:
        """Enrols this device with its one-time code."""
        no_url = (
            msg("Write the endpoint's address, for example https://audit.example.org.") if not url else None
        )
        no_code = msg("Write the one-time code that your programme gave you.") if not code else None
        self._view.show_code_needed(no_url, no_code)
        if no_url or no_code:
            return
        self._view.show_busy("endpoint", busy=True)
        work = partial(self._syncing.enrol, endpoint_url=url, code=code)
        self._tasks.run(work, done=self._enrolled, failed=partial(self._failed, "endpoint"))

    def synchronise(self) -> None:
        """Sends what is only here and receives what is new."""
        self._view.show_busy("endpoint", busy=True)
        self._tasks.run(self._syncing.run, done=self._synchronised, failed=partial(self._failed, "endpoint"))

    def verify(self, path: Path) -> None:
        """Answers for a signed file: unchanged? signed by whom? when?"""
        self._view.show_busy("verify", busy=True)
        self._tasks.run(
            lambda: tuple(self._verification.verify(path)),
            done=self._verified,
            failed=partial(self._failed, "verify"),
        )

    def _backed_up(self, path: Path) -> None:
        self._done("backup", (msg("The backup is at {path}. It was opened and checked.", path=str(path)),))

    def _enrolled(self, _result: object) -> None:
        self._done("endpoint", (msg("This device is enrolled. You can send and receive now."),))

    def _synchronised(self, summary: Summary) -> None:
        self._done("endpoint", (summary.message,))

    def _verified(self, lines: tuple[Said, ...]) -> None:
        self._done("verify", lines)

    def _done(self, part: str, lines: tuple[Said, ...]) -> None:
        self._view.show_busy(part, busy=False)
        self._view.show_result(part, lines)

    def _failed(self, part: str, error: GreenAuditError) -> None:
        self._view.show_busy(part, busy=False)
        self._view.show_result(part, (error.message,), good=False)
