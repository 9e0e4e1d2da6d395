"""One window at a time on a home: a lock of the operating system, which ends with the process that has it.

Two windows would each show what the other has changed since. Commands take no lock: they read a home beside its window,
and what they write comes in as from elsewhere.
"""

from __future__ import annotations

import os
import sys

from greenaudit.log import logger
from greenaudit.paths import Home
from greenaudit.store.errors import locked

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "window.lock"


class HomeHold:
    """A window's hold on its home, or an endpoint's on its own (`file` tells them apart)."""

    def __init__(self, home: Home, file: str = LOCK_FILE) -> None:
        self._home = home
        self._name = file
        self._file: int | None = None

    def take(self) -> None:
        """Takes the home; KnownError when another window has it. Taken already, nothing happens.

        Where the folder or its file system knows no locks the window opens without one.
        """
        if self._file is not None:
            return
        try:
            file = os.open(self._home.create().root / self._name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:  # what opens the home says it in its own sentence
            logger("home").warning("no lock: %s", error.strerror)
            return
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            os.close(file)
            raise locked(str(self._home.root)) from error
        except OSError as error:
            logger("home").warning("no lock: %s", error.strerror)
        self._file = file

    def release(self) -> None:
        """Lets the home go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
