"""One at a time changes a keys file: two who read it, change it and write it would lose what the first one wrote.

Enrolling wraps the key for the programme while a person makes a new recovery code, or a command line works on the same
home as the window. So the lock is one of the file system's, on an empty file beside `keys.json` that stays there; it ends
with whoever holds it, however that ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenaudit.store.files import plain_refusals

if sys.platform == "win32":
    import errno
    import msvcrt

    def _take(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLK:  # what it says when it has waited for ten seconds
                    raise
            else:
                return

    def _give_back(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _give_back(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else, in this process or another, changes this keys file while the block runs. Keep the block short."""
    beside = path.with_suffix(".lock")
    with plain_refusals(beside):
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with plain_refusals(beside):
            _take(handle)
        try:
            yield
        finally:
            _give_back(handle)
    finally:
        os.close(handle)
