"""What unlocking does: tries the passphrase, says when it is wrong, goes on when it is right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.ports import Tasks

if TYPE_CHECKING:
    from greenaudit.services.opening import App


class Unlocking(Protocol):
    """Opening the home with a passphrase, and going on with the services it gives."""

    def unlock(self, passphrase: str) -> App:
        """Opens the home. Runs on the store's thread."""

    def go_on(self, app: App) -> None:
        """The home is open: the window begins its work."""


class UnlockView(Protocol):
    """What the presenter asks of its page."""

    def show_wrong(self, said: Message | None) -> None: ...

    def show_busy(self, *, busy: bool) -> None: ...


class UnlockPresenter:
    """Never keeps the passphrase."""

    def __init__(self, unlocking: Unlocking, tasks: Tasks, view: UnlockView) -> None:
        self._unlocking, self._tasks, self._view = unlocking, tasks, view

    def unlock(self, passphrase: str) -> None:
        """Tries a passphrase."""
        if not passphrase:
            self._view.show_wrong(msg("Write the passphrase of this device."))
            return
        self._view.show_wrong(None)
        self._view.show_busy(busy=True)
        work = partial(self._unlocking.unlock, passphrase)
        self._tasks.run(work, done=self._unlocking.go_on, failed=self._failed)

    def _failed(self, error: GreenAuditError) -> None:
        self._view.show_busy(busy=False)
        self._view.show_wrong(error.message)
