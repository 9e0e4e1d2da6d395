"""Files that a person asks for, in the place they name: a report, a certificate."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from uuid import uuid4

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.files import DRAFT, plain_refusals


def refuse_pipe(path: Path) -> None:
    """KnownError for what is neither file nor folder: reading a pipe or a device could wait, or go on, for ever."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise KnownError("file_odd", msg("{path} is a device or a pipe, not a file.", path=str(path)))


def save_file(path: Path, data: bytes) -> None:
    """Writes a file whole, or leaves what was there; KnownError says why it can't be written.

    A device or a pipe that is named (`/dev/stdout`) is written to, never replaced.
    """
    with plain_refusals(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        draft = path.parent / f"{DRAFT}{uuid4().hex}"
        try:
            with draft.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
