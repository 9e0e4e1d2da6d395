"""Evidence: the original bytes of photos and documents, named by their SHA-256, encrypted, never changed.

`put` returns only when the bytes and their name are durable, so a row that names a blob may be written next.
Derived files (thumbnails, print sizes) lie apart, are encrypted too, and can be thrown away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from greenaudit.domain.values import Sha256
from greenaudit.errors import BugError, KnownError
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.store.files import DRAFT, cannot_read, drafted
from greenaudit.store.sealed import DamagedError, Sealer, plain_size, unsealed

_log = logger("evidence")

DERIVED = "derived"
_NAME = re.compile(r"[0-9a-f]{64}")
_VARIANT = re.compile(r"[a-z0-9_-]{1,32}")


class BlobStore:
    """Content-addressed encrypted files in one folder: `ab/abcd…`, the first two digits as a folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key

    def put(self, data: bytes) -> Sha256:
        """Keeps bytes; what is there already and sound is left as it is, what is damaged is put right."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.sound(sha256):
            self.put_stream((data,))
        return sha256

    def put_stream(self, chunks: Iterable[bytes], expected: Sha256 | None = None) -> Sha256:
        """Keeps a stream; with `expected`, one that turns out to be something else is refused."""
        digest = hashlib.sha256()
        with drafted(self._folder) as draft:
            sealer = Sealer(draft.stream, self._key)
            for chunk in chunks:
                digest.update(chunk)
                sealer.add(chunk)
            sha256 = digest.hexdigest()
            if expected not in (None, sha256):
                raise _not_expected(sha256)
            sealer.finish(_context(sha256))
            draft.target = self.path(sha256)
        return sha256

    def path(self, sha256: Sha256) -> Path:
        """Where a blob's encrypted file lies, or would lie."""
        if not _NAME.fullmatch(sha256):
            raise BugError("a blob is named by 64 hex digits", name=sha256)
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: Sha256) -> bool:
        """Whether a blob is there (not whether it is sound: `verify`)."""
        return self.path(sha256).is_file()

    def size(self, sha256: Sha256) -> int:
        """The size of the original."""
        try:
            return plain_size(self.path(sha256).stat().st_size)
        except OSError as error:
            raise _absent(sha256) from error
        except DamagedError as error:
            raise _damaged(sha256, error.part) from error

    def read(self, sha256: Sha256) -> bytes:
        """The original bytes."""
        return b"".join(self.open_chunks(sha256))

    def open_chunks(self, sha256: Sha256) -> Iterator[bytes]:
        """The original bytes in pieces of a megabyte; each is authentic when it comes, and the whole at the end."""
        digest = hashlib.sha256()
        for chunk in self._unsealed(sha256, self.path(sha256), _context(sha256)):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != sha256:
            raise _damaged(sha256, 0)

    def verify(self, sha256: Sha256) -> None:
        """Reads a blob to its end. KnownError when it is absent or damaged."""
        for _ in self.open_chunks(sha256):
            pass

    def sound(self, sha256: Sha256) -> bool:
        """Whether a blob is there and whole."""
        try:
            self.verify(sha256)
        except KnownError:
            return False
        return True

    def all(self) -> Iterator[Sha256]:
        """The names of all blobs, in order."""
        for path in sorted(self._folder.glob("??/*")):
            if _NAME.fullmatch(path.name) and path.parent.name == path.name[:2]:
                yield path.name

    def put_derived(self, sha256: Sha256, variant: str, data: bytes) -> None:
        """Keeps something made from a blob, e.g. its thumbnail. Not synced: it can be made again."""
        with drafted(self._folder, durable=False) as draft:
            sealer = Sealer(draft.stream, self._key)
            sealer.add(data)
            sealer.finish(_context(sha256, variant))
            draft.target = self._derived(sha256, variant)

    def derived(self, sha256: Sha256, variant: str) -> bytes | None:
        """What was derived from a blob, or None when it must be made (again)."""
        path = self._derived(sha256, variant)
        if not path.is_file():
            return None
        try:
            return b"".join(self._unsealed(sha256, path, _context(sha256, variant)))
        except KnownError:
            path.unlink(missing_ok=True)
            return None

    def drop_drafts(self, untouched_since: datetime) -> None:
        """Removes what an interrupted `put` left. What another process is writing now has just been touched."""
        for path in self._folder.glob(f"{DRAFT}*"):
            try:
                if path.stat().st_mtime < untouched_since.timestamp():
                    path.unlink()
            except OSError as error:
                _log.warning("a leftover draft stays for now: %s", error)

    def _derived(self, sha256: Sha256, variant: str) -> Path:
        if not _VARIANT.fullmatch(variant):
            raise BugError("a variant is a short name", name=variant)
        return self._folder / DERIVED / variant / self.path(sha256).name

    def _unsealed(self, sha256: Sha256, path: Path, context: bytes) -> Iterator[bytes]:
        try:
            with path.open("rb") as stream:
                yield from unsealed(stream, path.stat().st_size, self._key, context)
        except DamagedError as error:
            raise _damaged(sha256, error.part) from error
        except FileNotFoundError as error:
            raise _absent(sha256) from error
        except OSError as error:
            raise cannot_read(path, error) from error


def _context(sha256: Sha256, variant: str = "") -> bytes:
    """Binds a sealed file to what it is, so that two exchanged files are noticed."""
    return f"{sha256}/{variant}".encode("ascii")


def _absent(sha256: Sha256) -> KnownError:
    return KnownError(
        "evidence_absent",
        msg(
            "The evidence {name} is not on this device. Synchronise, or restore it from a backup.",
            name=sha256[:12],
        ),
        sha256=sha256,
    )


def _damaged(sha256: Sha256, part: int) -> KnownError:
    return KnownError(
        "evidence_damaged",
        msg(
            "The evidence {name} is damaged on this device (part {part}). Synchronise, or restore it from a backup.",
            name=sha256[:12],
            part=part,
        ),
        sha256=sha256,
    )


def _not_expected(sha256: Sha256) -> KnownError:
    return KnownError(
        "evidence_other",
        msg("What came is not the evidence that was expected ({name}). Send it again.", name=sha256[:12]),
    )
