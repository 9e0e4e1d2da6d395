"""Files that are there whole or not at all, and what the disk's refusals mean in words."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from greenaudit.errors import KnownError
from greenaudit.messages import msg

DRAFT = ".draft-"
"""What the name of an unfinished file begins with; one that a crash left behind may be removed."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that only this account can read, whole and durably, or leaves what was there."""
    with drafted(path.parent) as draft:
        draft.stream.write(data)
        draft.target = path


@dataclass
class Draft:
    """A file that is being written; `target` is the name it takes when the writing ended well."""

    stream: BinaryIO
    target: Path


@contextmanager
def drafted(folder: Path, *, durable: bool = True) -> Iterator[Draft]:
    """A file to write in `folder` (or below, on the same disk); synced and named at the end of the block, or gone.

    `durable=False` leaves out the syncs, for what can be made again.
    """
    path = folder / f"{DRAFT}{uuid4().hex}"
    with plain_refusals(folder):
        make_folder(folder)
        try:
            with open(path, "xb", opener=_private) as stream:
                draft = Draft(stream, path)
                yield draft
                stream.flush()
                if durable:
                    os.fsync(stream.fileno())
            make_folder(draft.target.parent)
            os.replace(path, draft.target)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if durable:
            sync_folder(draft.target.parent)


@contextmanager
def plain_refusals(path: Path) -> Iterator[None]:
    """Says in a sentence why the disk refused to write `path`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise no_room(path) from error
        raise KnownError(
            "cannot_write",
            msg(
                "{path} can't be written ({reason}). Check that the disk is there and that you may write to it.",
                path=str(path),
                reason=error.strerror or type(error).__name__,
            ),
        ) from error


def no_room(path: Path) -> KnownError:
    """The sentence for a full disk."""
    return KnownError(
        "disk_full",
        msg(
            "There is no room left to write {path}. Free some space and try again; nothing was half written.",
            path=str(path),
        ),
    )


def copy_whole(source: Path, path: Path) -> None:
    """Copies a file of ours whole and durably, or leaves what was there."""
    with drafted(path.parent) as draft, source.open("rb") as stream:
        shutil.copyfileobj(stream, draft.stream, 1 << 20)
        draft.target = path


def read_known(path: Path) -> bytes:
    """The bytes of a file, or a sentence why they can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error


def cannot_read(path: Path, error: OSError) -> KnownError:
    """The sentence for a file that can't be read."""
    return KnownError(
        "cannot_read",
        msg(
            "{path} can't be read ({reason}). Check that it is there and that you may read it.",
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ),
    )


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, durably; only this account can look into new ones."""
    with plain_refusals(folder):
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
