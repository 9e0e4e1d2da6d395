"""The one place where errors and confirmations become something a person sees.

Whoever shows them (the window's notice bar) registers with `shown_by`. Until then, and always for our own bugs,
they also go to the log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from greenaudit.errors import BugError, GreenAuditError
from greenaudit.log import logger
from greenaudit.messages import Message, msg

_log = logger("ui")


@dataclass(frozen=True)
class Notice:
    """What is shown: how serious, the sentence, and what is beneath it for whoever looks into it."""

    kind: Literal["done", "known", "bug"]
    message: Message
    detail: str = ""


def notice_of(error: GreenAuditError) -> Notice:
    """The world's fault says what to do; ours says first that the work is safe."""
    if isinstance(error, BugError):
        sentence = msg("Something went wrong inside GreenAudit. What you entered is saved.")
        return Notice("bug", sentence, detail=str(error.message))
    return Notice("known", error.message, detail=error.code)


class NoticeBoard:
    """Passes notices to whoever shows them; keeps those that come before anybody does."""

    def __init__(self) -> None:
        self._show: Callable[[Notice], None] | None = None
        self._waiting: list[Notice] = []

    def shown_by(self, show: Callable[[Notice], None]) -> None:
        """Registers what shows notices and hands it those that waited."""
        self._show = show
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            show(notice)

    def error(self, error: GreenAuditError) -> None:
        """An error that nobody nearer to it wanted to show."""
        if isinstance(error, BugError):
            _log.error("%s", error, exc_info=error)
        self._post(notice_of(error))

    def done(self, message: Message) -> None:
        """A short confirmation."""
        self._post(Notice("done", message))

    def _post(self, notice: Notice) -> None:
        if self._show is None:
            self._waiting.append(notice)
        else:
            self._show(notice)
