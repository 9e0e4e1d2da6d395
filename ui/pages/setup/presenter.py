"""What set-up does: asks for a name, makes the home, shows the recovery code and has it confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from greenaudit.errors import GreenAuditError
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg
from ui.ports import ErrorView, Tasks


class Outcome(Protocol):
    """What setting a device up gave (`services.opening.SetUp`)."""

    @property
    def app(self) -> Any: ...

    @property
    def recovery_code(self) -> str: ...

    @property
    def protection(self) -> Message: ...


class Starting(Protocol):
    """Setting this device up, and going on with the services it gave."""

    def set_up(self, person_name: str, language: Language) -> Outcome:
        """Makes the home. Runs on the store's thread."""

    def go_on(self, app: Any) -> None:
        """The recovery code is confirmed: the window begins its work."""


@dataclass(frozen=True)
class CodeQuestion:
    """The recovery code in groups, and which of them (from 1) is asked for."""

    groups: tuple[str, ...]
    asked: int
    protection: Message


class SetUpView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_name_needed(self, said: Message | None) -> None: ...

    def show_busy(self, *, busy: bool) -> None: ...

    def show_code(self, question: CodeQuestion) -> None: ...

    def show_group_wrong(self, said: Message) -> None: ...


class SetUpPresenter:
    """`pick(n)` chooses which of n groups is asked for."""

    def __init__(self, starting: Starting, tasks: Tasks, view: SetUpView, pick: Callable[[int], int]) -> None:
        self._starting, self._tasks, self._view, self._pick = starting, tasks, view, pick
        self._outcome: Outcome | None = None
        self._question: CodeQuestion | None = None

    def begin(self, person_name: str, language: Language) -> None:
        """Sets the device up for a person."""
        if not person_name:
            self._view.show_name_needed(msg("Write the name that will stand under your reports."))
            return
        self._view.show_name_needed(None)
        self._view.show_busy(busy=True)
        self._tasks.run(
            lambda: self._starting.set_up(person_name, language), done=self._made, failed=self._failed
        )

    def confirm(self, group: str) -> None:
        """Goes on when the group that was asked for is the right one."""
        if self._outcome is None or self._question is None:
            return
        expected = self._question.groups[self._question.asked - 1]
        if group.strip().casefold() != expected.casefold():
            self._view.show_group_wrong(
                msg("That is not group {number}. Look at what you wrote down.", number=self._question.asked)
            )
            return
        self._starting.go_on(self._outcome.app)

    def _made(self, outcome: Outcome) -> None:
        self._view.show_busy(busy=False)
        groups = tuple(outcome.recovery_code.replace("-", " ").split())
        self._outcome = outcome
        self._question = CodeQuestion(groups, self._pick(len(groups)) + 1, outcome.protection)
        self._view.show_code(self._question)

    def _failed(self, error: GreenAuditError) -> None:
        self._view.show_busy(busy=False)
        self._view.show_error(error)
