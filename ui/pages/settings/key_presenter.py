"""What keeps the key of the data, and a new recovery code: asked for, shown once, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.pages.settings.values import Kind, Protecting, Protection
from ui.ports import Tasks
from ui.recovery import CodeQuestion, question_of


class KeyView(Protocol):
    """What the presenter asks of its page."""

    def show_protection(self, protection: Protection) -> None: ...

    def show_keyring(self, trouble: Message | None) -> None: ...

    def show_key_busy(self, *, busy: bool) -> None: ...

    def show_key_chosen(self, said: Message) -> None: ...

    def show_new_code(self, question: CodeQuestion) -> None: ...

    def show_group_wrong(self, said: Message) -> None: ...

    def show_code_confirmed(self, said: Message) -> None: ...

    def show_key_error(self, error: GreenAuditError) -> None: ...


class KeyPresenter:
    """`pick(n)` chooses which of n groups of a code is asked for. Never keeps a passphrase."""

    def __init__(
        self, protecting: Protecting, tasks: Tasks, view: KeyView, pick: Callable[[int], int]
    ) -> None:
        self._protecting, self._tasks, self._view, self._pick = protecting, tasks, view, pick
        self._question: CodeQuestion | None = None

    def load(self) -> None:
        """Shows what keeps the key now."""
        self._tasks.run(
            self._protecting.current, done=self._view.show_protection, failed=self._view.show_key_error
        )

    def look_for_keyring(self) -> None:
        """Looks whether there is a keyring to offer; one that asks for its password keeps nobody from saving."""
        self._tasks.aside(
            self._protecting.keyring_trouble, done=self._view.show_keyring, failed=self._view.show_key_error
        )

    def choose(self, kind: Kind, passphrase: str) -> None:
        """Keeps the key another way."""
        self._view.show_key_busy(busy=True)
        work = partial(self._protecting.choose, kind, passphrase)
        self._tasks.run(work, done=self._chosen, failed=self._failed)

    def make_code(self) -> None:
        """Makes a new recovery code; until it is confirmed, every start shows another one."""
        self._view.show_key_busy(busy=True)
        self._tasks.run(self._protecting.new_code, done=self._made, failed=self._failed)

    def confirm(self, typed: str) -> None:
        """Takes the code as written down when the group that was asked for is the right one."""
        if self._question is None:
            return
        wrong = self._question.wrong(typed)
        if wrong is not None:
            self._view.show_group_wrong(wrong)
            return
        self._question = None
        self._tasks.run(self._protecting.confirm_code, done=self._confirmed, failed=self._failed)

    def _chosen(self, protection: Protection) -> None:
        self._view.show_key_busy(busy=False)
        self._view.show_protection(protection)
        self._view.show_key_chosen(msg("From now on your data open this way."))

    def _made(self, code: str) -> None:
        self._view.show_key_busy(busy=False)
        self._question = question_of(code, self._pick)
        self._view.show_new_code(self._question)

    def _confirmed(self, _nothing: None) -> None:
        self._view.show_code_confirmed(
            msg("The new recovery code holds. Destroy the old paper, unless you keep older backups.")
        )

    def _failed(self, error: GreenAuditError) -> None:
        self._view.show_key_busy(busy=False)
        self._view.show_key_error(error)
