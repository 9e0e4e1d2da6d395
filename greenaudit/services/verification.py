"""Is this report genuine? Three answers: unchanged, by whom, when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.services.files import refuse_pipe
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify

MOST_BYTES = 200_000_000


class Verification:
    """Verifies signed reports offline."""

    def __init__(
        self,
        clock: Clock,
        kept: Callable[[], Sequence[bytes]] = tuple,
        stamp_roots: Callable[[], Sequence[bytes]] = tuple,
    ) -> None:
        self._clock = clock
        self._kept = kept
        self._stamp_roots = stamp_roots

    def verify(self, path: Path, roots: Sequence[bytes], lists: Sequence[bytes] = ()) -> Verdict:
        """The verdict on a file, under the roots that are trusted (PEM), with the lists given and those kept here.

        KnownError when the file, a root or a list can't be read.
        """
        return verify(
            read_file(path, MOST_BYTES),
            tuple(roots),
            self._clock.now(),
            (*lists, *self._kept()),
            stamp_roots=self._stamp_roots(),
        )


def read_file(path: Path, most: int) -> bytes:
    """A file's bytes; KnownError when it is absent, unreadable or too large."""
    try:
        refuse_pipe(path)
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise KnownError(
            "file_unreadable",
            msg("{path} can't be read: {reason}.", path=str(path), reason=error.strerror or ""),
        ) from error
    if len(data) > most:
        raise KnownError("file_too_large", msg("{path} is too large to be a report.", path=str(path)))
    return data
