"""Files both ways. Each is whole and checked before it counts, and one that fails holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.store.blobs import BlobStore
from greenaudit.store.store import Store
from greenaudit.sync.link import Link, LinkError, ends_all
from greenaudit.sync.report import OnProgress, Progress, all_named, keep_held
from greenaudit.wire.evidence import ASKED, BLOB_LIMIT, PresenceQuestion, bytes_after

_FULL = frozenset({"endpoint_full", "device_allowance", "disk_full"})
"""What holds for every other file too: no room there, or none here."""

_ATTEMPTS = 4
"""How often a download goes on after its line broke."""


def exchange_evidence(
    store: Store,
    blobs: BlobStore,
    link: Link,
    progress: OnProgress,
    stopped: Callable[[], bool],
    errors: list[KnownError],
) -> tuple[int, int, int]:
    """Sends what the endpoint lacks, fetches what we lack: (sent, received, what neither has)."""
    with store.read() as reader:
        named = sorted(all_named(reader))
    held, missing = _presence(link, named)
    keep_held(store, held)
    full = any(error.code in _FULL for error in errors)  # it didn't even take the changes
    to_send = [] if full else [sha256 for sha256 in missing if blobs.has(sha256)]
    to_fetch = [sha256 for sha256 in held if not blobs.has(sha256)]
    sent = _each(to_send, lambda name: _send(blobs, link, name), "send", progress, stopped, errors)
    if sent:
        keep_held(store, _presence(link, named)[0])
    received = _each(to_fetch, lambda name: _fetch(blobs, link, name), "receive", progress, stopped, errors)
    return sent, received, sum(not blobs.has(sha256) for sha256 in missing)


def _presence(link: Link, named: list[Sha256]) -> tuple[list[Sha256], list[Sha256]]:
    """What the endpoint holds and lacks; about what it doesn't answer, it is taken to lack it."""
    held: list[Sha256] = []
    for start in range(0, len(named), ASKED):
        asked = named[start : start + ASKED]
        answer = link.presence(PresenceQuestion(asked=tuple(asked)))
        held += sorted(set(answer.held) & set(asked))
    return held, [sha256 for sha256 in named if sha256 not in set(held)]


def _each(
    names: list[Sha256],
    act: Callable[[Sha256], None],
    step: Literal["send", "receive"],
    progress: OnProgress,
    stopped: Callable[[], bool],
    errors: list[KnownError],
) -> int:
    """Does one after the other; what is wrong with one file is noted, a broken line or a full disk ends it."""
    done = 0
    for name in names:
        if stopped():
            break
        progress(Progress(step, done, len(names)))
        try:
            act(name)
            done += 1
        except KnownError as error:
            if ends_all(error):
                raise
            errors.append(error)
            if error.code in _FULL:
                break
    return done


def _send(blobs: BlobStore, link: Link, sha256: Sha256) -> None:
    def pieces(start: int) -> Iterator[bytes]:
        return bytes_after(blobs.open_chunks(sha256), start)

    link.upload(sha256, blobs.size(sha256), pieces)


def _fetch(blobs: BlobStore, link: Link, sha256: Sha256) -> None:
    blobs.put_stream(_resumed(link, sha256), expected=sha256)


def _resumed(link: Link, sha256: Sha256) -> Iterator[bytes]:
    """A download that goes on from where it was when its line breaks, a few times."""
    taken = 0
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with link.download(sha256, taken) as pieces:
                for piece in pieces:
                    taken += len(piece)
                    if taken > BLOB_LIMIT:
                        return  # what has no end would fill the disk; what was taken isn't the file, and is dropped
                    yield piece
        except LinkError as error:
            if not error.again or attempt == _ATTEMPTS:
                raise
        else:
            return
