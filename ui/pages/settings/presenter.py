"""What the settings do: choose, back up, enrol, send and receive, verify."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.i18n import Said
from ui.pages.settings.values import SHOWN, Backups, Made, Syncing
from ui.ports import Preferences, Sending, SendingState, Tasks, ThemeChoice


@dataclass(frozen=True)
class Answer:
    """What verification says: whether the file is accepted, and why, in sentences."""

    accepted: bool
    lines: tuple[Said, ...]


class Verification(Protocol):
    """Judging a signed file under the roots that this device trusts."""

    def verify(self, path: Path) -> Answer: ...


class SettingsView(Protocol):
    """What the presenter asks of its page. `part` is one of backup, endpoint, verify."""

    def show_endpoint(self, url: str) -> None: ...

    def show_sending(self, state: SendingState) -> None: ...

    def show_backups(self, made: tuple[Made, ...]) -> None: ...

    def show_busy(self, part: str, *, busy: bool) -> None: ...

    def show_result(self, part: str, lines: tuple[Said, ...], *, good: bool = True) -> None: ...

    def show_code_needed(self, url: Message | None, code: Message | None) -> None: ...


@dataclass(frozen=True)
class Doors:
    """The services behind the settings."""

    backups: Backups
    syncing: Syncing
    verification: Verification
    sending: Sending


class SettingsPresenter:
    """Every result stands where it was asked for."""

    def __init__(self, doors: Doors, preferences: Preferences, tasks: Tasks, view: SettingsView) -> None:
        self._doors = doors
        self._preferences, self._tasks, self._view = preferences, tasks, view
        doors.sending.follow(view.show_sending)

    def load(self) -> None:
        """Shows the endpoint that this device is enrolled with, and the last backups."""
        self._tasks.run(lambda: self._doors.syncing.endpoint, done=self._view.show_endpoint)
        self._tasks.run(self._recent, done=self._view.show_backups, failed=partial(self._failed, "backup"))

    def choose_locale(self, name: str) -> None:
        self._preferences.choose_locale(name)

    def choose_theme(self, choice: ThemeChoice) -> None:
        self._preferences.choose_theme(choice)

    def allow_sending(self, *, on: bool) -> None:
        """Whether what is only here leaves by itself."""
        self._doors.sending.allow(on=on)

    def back_up(self, folder: Path | None = None) -> None:
        """Makes a backup, in the app's own folder or in another, and says where it is."""
        self._view.show_busy("backup", busy=True)
        work = partial(self._doors.backups.make, folder)
        self._tasks.aside(work, done=self._backed_up, failed=partial(self._failed, "backup"))

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
        work = partial(self._doors.syncing.enrol, endpoint_url=url, code=code)
        self._tasks.afar(work, done=self._enrolled, failed=partial(self._failed, "endpoint"))

    def synchronise(self) -> None:
        """Sends what is only here and receives what is new: Home follows, and what came of it is said here."""
        self._view.show_busy("endpoint", busy=True)
        self._doors.sending.send(self._synchronised)

    def verify(self, path: Path) -> None:
        """Answers for a signed file: unchanged? signed by whom? when?"""
        self._view.show_busy("verify", busy=True)
        work = partial(self._doors.verification.verify, path)
        self._tasks.aside(work, done=self._verified, failed=partial(self._failed, "verify"))

    def _recent(self) -> tuple[Made, ...]:
        return self._doors.backups.recent()[:SHOWN]

    def _backed_up(self, made: Made) -> None:
        where = str(made.folder)
        said = [msg("The backup is at {path}. It was opened and checked.", path=where)]
        if not made.complete:
            said.append(msg("Evidence that is damaged on this device is not in it. Older backups were kept."))
        self._done("backup", tuple(said), good=made.complete)
        self.load()

    def _enrolled(self, confirmation: Message) -> None:
        self._done("endpoint", (confirmation, msg("You can send and receive now.")))
        self._doors.sending.nudge()
        self.load()

    def _synchronised(self, said: Message, *, good: bool) -> None:
        self._done("endpoint", (said,), good=good)

    def _verified(self, answer: Answer) -> None:
        self._done("verify", answer.lines, good=answer.accepted)

    def _done(self, part: str, lines: tuple[Said, ...], *, good: bool = True) -> None:
        self._view.show_busy(part, busy=False)
        self._view.show_result(part, lines, good=good)

    def _failed(self, part: str, error: GreenAuditError) -> None:
        self._view.show_busy(part, busy=False)
        self._view.show_result(part, (error.message,), good=False)
