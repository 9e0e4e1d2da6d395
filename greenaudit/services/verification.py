"""Is this report genuine? Three answers: unchanged, by whom, when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify

MOST_BYTES = 200_000_000


class Verification:
    """Verifies signed reports offline."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def verify(self, path: Path, roots: Sequence[bytes]) -> Verdict:
        """The verdict on a file, under the roots that are trusted (PEM). KnownError when it can't be read."""
        return verify(read_file(path, MOST_BYTES), tuple(roots), self._clock.now())


def read_file(path: Path, most: int) -> bytes:
    """A file's bytes; KnownError when it is absent, unreadable or too large."""
    try:
        if path.stat().st_size > most:
            raise KnownError("file_too_large", msg("{path} is too large to be a report.", path=str(path)))
        return path.read_bytes()
    except OSError as error:
        raise KnownError(
            "file_unreadable",
            msg("{path} can't be read: {reason}.", path=str(path), reason=error.strerror or ""),
        ) from error
