"""Who made a change: proven by its device's signature over the head of its chain. Asked at both ends of the wire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from greenaudit.domain.journal import ChainSignature, Change
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.chains import check_head
from greenaudit.wire.changes import FeedPage


def unproven(
    changes: Sequence[Change], signatures: Iterable[ChainSignature], keys: Mapping[UUID, str], scope: str
) -> UUID | None:
    """A device whose part of these changes is not proven; None when all are.

    Each signature must hold over a change that is here, the last change of each chain must be signed, and no chain
    may have a gap here: a stranger's change before a gap would be led up to by nothing, and wait for ever in the true
    one's place. That neighbours link, the store checks when it takes them: so only the signed ones are hashed.
    """
    here: dict[tuple[UUID, int], Change] = {}
    first: dict[UUID, int] = {}
    last: dict[UUID, int] = {}
    for change in changes:
        here[change.device_id, change.seq] = change
        first[change.device_id] = min(change.seq, first.get(change.device_id, change.seq))
        last[change.device_id] = max(change.seq, last.get(change.device_id, 0))
    lengths = Counter(device_id for device_id, _ in here)
    for device_id, length in lengths.items():
        if last[device_id] - first[device_id] + 1 != length:
            return device_id
    proven: set[tuple[UUID, int]] = set()
    for signature in signatures:
        place = (signature.device_id, signature.seq)
        key = keys.get(signature.device_id)
        fits = signature.scope == scope and place in here and here[place].hash == signature.hash
        if key is None or not fits or not check_head(signature, key):
            return signature.device_id
        proven.add(place)
    return next((device_id for device_id, seq in last.items() if (device_id, seq) not in proven), None)


def check_page(page: FeedPage, changes: Sequence[Change], scope: str, after: int) -> None:
    """KnownError unless a page is of the scope that we asked for, goes on from there, and is proven."""
    astray = page.batch.scope != scope or page.last < after
    stuck = page.last == after and (page.more or bool(changes))
    if astray or stuck or unproven(changes, page.batch.signatures, page.keys, scope) is not None:
        raise unproven_feed()


def unproven_feed() -> KnownError:
    """What the endpoint sent can't be what those devices made."""
    return KnownError(
        "feed_unproven",
        msg(
            "What the endpoint sent is not signed by the devices that made it. Nothing of it was taken over. "
            "Synchronise again; if it stays so, tell whoever runs the endpoint."
        ),
    )
