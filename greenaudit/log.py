"""Named loggers, one a room; the log never holds answers, names or keys."""

from __future__ import annotations

import logging
import traceback
from copy import copy
from logging.handlers import RotatingFileHandler
from types import TracebackType

from greenaudit.errors import GreenAuditError
from greenaudit.paths import Home

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# Without a handler of ours Python would print warnings and tracebacks on the person's terminal.
logging.getLogger("greenaudit").addHandler(logging.NullHandler())


def logger(room: str) -> logging.Logger:
    """The logger of a room, e.g. `logger("store")`."""
    return logging.getLogger(f"greenaudit.{room}")


class _Discreet(logging.Formatter):
    """Writes of an exception where it was raised and of what kind it is, and never what it says.

    A database error says the parameters, a validation error what was entered: answers and names.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record, with nothing that another handler made of its exception."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: _ExcInfo) -> str:
        """The exception and what led to it, the last one first."""
        lines, error, seen = list[str](), ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            code = f" ({error.code})" if isinstance(error, GreenAuditError) else ""
            lines += [f"{type(error).__module__}.{type(error).__qualname__}{code}"]
            lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def log_to_file(home: Home) -> RotatingFileHandler:
    """Sends the product's log to a rotating file in the home; gives the handler for whoever must close it."""
    home.logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(
        home.logs / "greenaudit.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("greenaudit")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler
