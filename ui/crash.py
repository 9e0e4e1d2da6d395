"""What happens when something of ours breaks on the UI thread: save first, then tell, once.

Answers are durable as they are given; what is still in a field is flushed by the callbacks given to `guard`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from greenaudit.errors import BugError, GreenAuditError
from greenaudit.log import logger

_log = logger("ui")
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class CrashGuard:
    """An excepthook that saves before it shows, and doesn't enter itself."""

    def __init__(self, save: Callable[[], None], show: Callable[[GreenAuditError], None]) -> None:
        self._save = save
        self._show = show
        self._busy = False
        self._before: Hook = sys.excepthook

    def install(self) -> None:
        """Takes over from the hook that is there."""
        self._before = sys.excepthook
        sys.excepthook = self.caught

    def remove(self) -> None:
        """Gives the hook back."""
        if sys.excepthook == self.caught:
            sys.excepthook = self._before

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """Saves, logs, shows. A second error while the first is shown only goes to the log."""
        if not isinstance(error, Exception):
            self._before(kind, error, trace)
            return
        _log.critical("unhandled %s", kind.__name__, exc_info=(kind, error, trace))
        if self._busy:
            return
        self._busy = True
        try:
            self._save()
        finally:
            try:
                self._show(_named(error))
            finally:
                self._busy = False


def _named(error: Exception) -> GreenAuditError:
    return error if isinstance(error, GreenAuditError) else BugError(f"{type(error).__name__}: {error}")
