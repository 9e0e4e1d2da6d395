"""Named loggers, one a room; the log never holds answers, names or keys."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from copy import copy
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from greenaudit.errors import GreenAuditError
from greenaudit.paths import Home

MOST_BYTES, OLDER = 500_000, 2
"""How large the file grows, and how many older ones stay beside it."""

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_ours = logging.getLogger("greenaudit")
# Without a handler of ours Python would print warnings and tracebacks on the person's terminal.
_ours.addHandler(logging.NullHandler())


def logger(room: str) -> logging.Logger:
    """The logger of a room, e.g. `logger("store")`."""
    return logging.getLogger(f"greenaudit.{room}")


def log_to_file(home: Home) -> None:
    """Sends the log to the home's file from now on, and to no other; nothing is made before there is a line to write."""
    end_log()
    _ours.addHandler(_HomeLog(home))
    _ours.setLevel(logging.INFO)


def end_log() -> None:
    """Closes the file that the log goes to, if there is one."""
    for handler in tuple(_ours.handlers):
        if isinstance(handler, _HomeLog):
            _ours.removeHandler(handler)
            handler.close()


class _Discreet(logging.Formatter):
    """Writes of an exception where it was raised and of what kind it is, and never what it says.

    A database error says the parameters, a validation error what was entered: answers and names. The folder of the
    person's account bears their name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record, with nothing that another handler made of its exception."""
        own = copy(record)
        own.exc_text = None
        if isinstance(own.args, tuple):
            own.args = tuple(_kind(arg) if isinstance(arg, BaseException) else arg for arg in own.args)
        text = super().format(own)
        with suppress(RuntimeError):  # an account without a folder
            text = text.replace(str(Path.home()), "~")
        return text

    def formatException(self, ei: _ExcInfo) -> str:
        """The exception and what led to it, the last one first."""
        lines, error, seen = list[str](), ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines += [_kind(error)]
            lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


class _HomeLog(RotatingFileHandler):
    """The file of a home, open only while a line is written: two processes may share it, and a restored home replace it.

    A disk that is full or can't be written costs lines of the log, and nothing else.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        super().__init__(home.log, maxBytes=MOST_BYTES, backupCount=OLDER, encoding="utf-8", delay=True)
        self.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        self._home.create()
        self._home.logs.mkdir(exist_ok=True, mode=0o700)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line and lets go of the file."""
        super().emit(record)
        self.handleError(record)

    def doRollover(self) -> None:
        """Begins a new file; an older one that can't be renamed now goes on growing."""
        with suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:
        """Lets go of the file, and of a line that it doesn't take: it would stand in the way of the next one."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _kind(error: BaseException) -> str:
    """What an exception is: its class, our code, the system's reason. Never its text."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, GreenAuditError):
        return f"{name} ({error.code})"
    if isinstance(error, OSError) and error.strerror:
        return f"{name} ({error.strerror})"
    return name
