"""Uploads that resume (tus 1.0: core, creation, termination), one folder a device, named by what they will be.

Written here, not taken from a library: the finished file must be what its name says before anyone hears that it is
here, everything must be on the disk before it is acknowledged, and an unfinished upload must be found again by the
photo's own SHA-256, without an address that a laptop could lose. Unfinished uploads lie unencrypted until they are
whole or a week old; only whole ones enter the evidence.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from greenaudit.clock import Clock
from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.room import Room
from greenaudit.store.blobs import BlobStore
from greenaudit.store.files import make_folder, plain_refusals, sync_folder
from greenaudit.wire.evidence import BLOB_LIMIT

UPLOADS = "/v1/uploads"
"""Where uploads live."""

KEPT = timedelta(days=7)
_CHUNK = 1 << 20


class Uploads:
    """Unfinished uploads in a folder, and their way into the evidence."""

    def __init__(self, folder: Path, blobs: BlobStore, clock: Clock, room: Room) -> None:
        self.folder = folder
        self._blobs = blobs
        self._clock = clock
        self.room = room
        self._busy: set[Path] = set()
        self._lock = threading.Lock()

    def create(self, device_id: UUID, sha256: Sha256, length: int) -> int:
        """Begins an upload, or goes on with the one that is there; gives how much is here already."""
        if not 0 < length <= BLOB_LIMIT:
            raise KnownError(
                "evidence_too_big",
                msg(
                    "One file of evidence may have {limit} MB at most. Make it smaller, then send it again.",
                    limit=BLOB_LIMIT // 2**20,
                ),
            )
        self.room.check(length)
        path = self._path(device_id, sha256)
        wanted = path.with_suffix(".length")
        with plain_refusals(path), self._held(path):
            make_folder(path.parent)
            if _length(wanted) != length:
                path.unlink(missing_ok=True)
                wanted.write_text(str(length), "ascii")
            if not path.exists():
                path.touch(mode=0o600)
                sync_folder(path.parent)
            reached = path.stat().st_size
            if reached == length:  # all had come, and then we were stopped before it was checked
                self._finish(path, sha256)
            return reached

    def state(self, device_id: UUID, sha256: Sha256) -> tuple[int, int] | None:
        """How much of an upload is here, and how much it will be; None when there is none."""
        path = self._path(device_id, sha256)
        length = _length(path.with_suffix(".length"))
        if length is None or not path.exists():
            return None
        return path.stat().st_size, length

    async def append(
        self, device_id: UUID, sha256: Sha256, offset: int, body: AsyncIterator[bytes]
    ) -> tuple[int, bool]:
        """Adds bytes at the offset; gives the new offset and whether the whole is now checked, durable evidence.

        What came before a line broke is kept: the next attempt goes on from there.
        """
        path = self._path(device_id, sha256)
        with self._held(path):
            state = self.state(device_id, sha256)
            if state is None:
                raise _gone()
            if state[0] != offset:
                raise KnownError(
                    "upload_offset",
                    msg(
                        "The upload does not stand where the device thinks. It will ask and go on by itself."
                    ),
                )
            reached = await self._take(device_id, path, state, body)
            if reached < state[1]:
                return reached, False
            await run_in_threadpool(self._finish, path, sha256)
            return reached, True

    def drop(self, device_id: UUID, sha256: Sha256) -> None:
        """Gives an unfinished upload up."""
        path = self._path(device_id, sha256)
        with self._held(path):
            _remove(path)

    def drop_old(self) -> None:
        """Removes uploads that nobody went on with; for the start."""
        oldest = (self._clock.now() - KEPT).timestamp()
        for path in self.folder.glob("*/*.part"):
            if path.stat().st_mtime < oldest:
                _remove(path)

    async def _take(
        self, device_id: UUID, path: Path, state: tuple[int, int], body: AsyncIterator[bytes]
    ) -> int:
        reached, length = state
        self.room.check(length - reached)
        with plain_refusals(path), path.open("ab") as stream:
            try:
                async for piece in body:
                    if reached + len(piece) > length:
                        raise _not_that()
                    self.room.take(device_id, len(piece))
                    await run_in_threadpool(stream.write, piece)
                    reached += len(piece)
            finally:
                stream.flush()
                await run_in_threadpool(os.fsync, stream.fileno())
        return reached

    def _finish(self, path: Path, sha256: Sha256) -> None:
        """Checks the whole; only what is what it says becomes evidence, and only then anything is said."""
        digest = hashlib.sha256()
        for piece in _pieces(path):
            digest.update(piece)
        if digest.hexdigest() != sha256:
            _remove(path)
            raise _not_that()
        self._blobs.put_stream(_pieces(path), expected=sha256)
        _remove(path)

    def _path(self, device_id: UUID, sha256: Sha256) -> Path:
        return self.folder / str(device_id) / f"{sha256}.part"

    @contextmanager
    def _held(self, path: Path) -> Iterator[None]:
        with self._lock:
            if path in self._busy:
                raise KnownError(
                    "upload_busy",
                    msg("This file is being sent already. The device will try again by itself."),
                )
            self._busy.add(path)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _length(file: Path) -> int | None:
    try:
        return int(file.read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None


def _remove(path: Path) -> None:
    path.with_suffix(".length").unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _gone() -> KnownError:
    return KnownError(
        "upload_gone",
        msg("The endpoint no longer has this upload. The device will begin it again by itself."),
    )


def _not_that() -> KnownError:
    return KnownError(
        "evidence_mismatch",
        msg(
            "What was sent is not the file that was announced: its bytes have another SHA-256. Nothing was kept. "
            "The device will send it again; if it stays so, check the device's disk."
        ),
    )
