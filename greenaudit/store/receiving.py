"""Receiving changes that were made elsewhere: idempotent, in any order, each chain verified.

A change is applied when its predecessor in its chain and all its bases are; until then it waits, whole, in
`pending`. A batch that contradicts what is here (a chain that forks or doesn't link, a change that was altered) is
refused as a whole: nothing of it is kept.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from greenaudit.canonical import fingerprint
from greenaudit.domain.journal import GENESIS, ChainSignature, Change
from greenaudit.store import hlc, journal, projection, refusals
from greenaudit.store.feed import Numbering
from greenaudit.store.journal_tables import CHAIN_SIGNATURE, CHANGE, PENDING

Place = tuple[UUID, str, int]
"""Device, scope, number: where a change stands in its chain."""


@dataclass(frozen=True)
class Received:
    """What came of a batch.

    `applied` and `waiting` count changes that were new (or had waited), `repeated` those known before; `records`
    are those touched, as (record type, id); `clocks_ahead` names devices whose clock is more than a day ahead.
    """

    applied: int
    waiting: int
    repeated: int
    records: frozenset[tuple[str, UUID]]
    clocks_ahead: frozenset[UUID]


@dataclass(frozen=True)
class _Arrived:
    """A change on its way in, as JSON values too, with its hash and whether the endpoint has it."""

    change: Change
    body: dict[str, Any]
    hash: str
    confirmed: bool

    @property
    def place(self) -> Place:
        return (self.change.device_id, self.change.scope, self.change.seq)


def receive(
    connection: Connection,
    changes: Sequence[Change],
    signatures: Iterable[ChainSignature],
    now: datetime,
    *,
    device: UUID,
    confirmed: bool,
    numbering: Numbering | None,
) -> Received:
    """Enters a batch; see the module. `confirmed`: it came from the endpoint, and needn't be sent there."""
    arrived = {item.change.id: item for item in (_arrived(change, confirmed) for change in changes)}
    known = journal.hashes_by_id(connection, arrived)
    waiting = _pending(connection)
    repeated = _refuse_altered(arrived, {**known, **{i: item.hash for i, item in waiting.items()}})
    if confirmed:
        _confirm(connection, repeated)
    new = {i: item for i, item in arrived.items() if i not in repeated}
    candidates = {**waiting, **new}
    ready = _ready(connection, candidates) if new else []
    _enter(connection, ready, device, numbering)
    _keep_waiting(connection, waiting, new, {item.change.id for item in ready})
    _keep_signatures(connection, signatures)
    return Received(
        applied=len(ready),
        waiting=len(candidates) - len(ready),
        repeated=len(repeated) + len(changes) - len(arrived),
        records=frozenset((item.change.record_type, item.change.record_id) for item in ready),
        clocks_ahead=frozenset(
            i.change.device_id for i in new.values() if hlc.is_far_ahead(i.change.hlc, now)
        ),
    )


def _arrived(change: Change, confirmed: bool) -> _Arrived:
    try:
        body = change.model_dump(mode="json")
        return _Arrived(change, body, fingerprint(body), confirmed)
    except (TypeError, ValueError) as error:
        raise refusals.unreadable(change) from error


def _pending(connection: Connection) -> dict[UUID, _Arrived]:
    rows = connection.execute(select(PENDING.c.body, PENDING.c.hash, PENDING.c.confirmed)).all()
    items = (
        _Arrived(Change.model_validate(body), body, digest, confirmed) for body, digest, confirmed in rows
    )
    return {item.change.id: item for item in items}


def _refuse_altered(arrived: Mapping[UUID, _Arrived], known: Mapping[UUID, str]) -> set[UUID]:
    """The ids that were known before; raises when one of them has come with another content."""
    repeated = arrived.keys() & known.keys()
    for change_id in repeated:
        if arrived[change_id].hash != known[change_id]:
            raise refusals.altered(arrived[change_id].change)
    return set(repeated)


def _confirm(connection: Connection, ids: Iterable[UUID]) -> None:
    for part in journal.chunks(map(str, ids)):
        connection.execute(update(CHANGE).where(CHANGE.c.id.in_(part)).values(confirmed=True))
        connection.execute(update(PENDING).where(PENDING.c.id.in_(part)).values(confirmed=True))


def _ready(connection: Connection, candidates: Mapping[UUID, _Arrived]) -> list[_Arrived]:
    """Those that can be applied now, each after its predecessor and its bases."""
    places = _places(candidates)
    links = _links(connection, candidates, places)
    known = _known(connection, {base for item in candidates.values() for base in item.change.needs})
    blocked: dict[UUID, set[object]] = {}
    unblocks: dict[object, list[UUID]] = defaultdict(list)
    for change_id, item in candidates.items():
        blockers: set[object] = {base for base in item.change.needs if base not in known}
        if item.place not in links:
            before = (*item.place[:2], item.place[2] - 1)
            blockers.add(places.get(before, before))
        blocked[change_id] = blockers
        for blocker in blockers:
            unblocks[blocker].append(change_id)
    queue = deque(sorted((i for i, by in blocked.items() if not by), key=lambda i: candidates[i].change.hlc))
    ready: list[_Arrived] = []
    while queue:
        done = queue.popleft()
        ready.append(candidates[done])
        for change_id, blocker in _unblocked(unblocks, candidates[done].change):
            if blocker in blocked[change_id]:
                blocked[change_id].discard(blocker)
                if not blocked[change_id]:
                    queue.append(change_id)
    return ready


def _places(candidates: Mapping[UUID, _Arrived]) -> dict[Place, UUID]:
    """Where every candidate stands; raises when two claim one place, or when neighbours don't link."""
    places: dict[Place, UUID] = {}
    for change_id, item in candidates.items():
        if places.setdefault(item.place, change_id) != change_id:
            raise refusals.forked(item.change)
    for (device, scope, seq), change_id in places.items():
        before = places.get((device, scope, seq - 1))
        if before is not None and candidates[before].hash != candidates[change_id].change.prev_hash:
            raise refusals.unlinked(candidates[change_id].change)
    return places


def _links(
    connection: Connection, candidates: Mapping[UUID, _Arrived], places: Mapping[Place, UUID]
) -> set[Place]:
    """The places that directly follow what is applied; raises when a chain forks there or doesn't link."""
    tails = journal.chain_heads(connection, {item.change.scope for item in candidates.values()})
    links: set[Place] = set()
    for place, change_id in places.items():
        change = candidates[change_id].change
        tail = tails.get(change.scope, {}).get(str(change.device_id))
        seq, digest = (tail.seq, tail.hash) if tail else (0, GENESIS)
        if change.seq <= seq:
            raise refusals.forked(change)
        if change.seq == seq + 1:
            if change.prev_hash != digest:
                raise refusals.unlinked(change)
            links.add(place)
    return links


def _known(connection: Connection, ids: set[UUID]) -> set[UUID]:
    """Those of these changes that are applied, or said once more by one that is."""
    applied = set(journal.hashes_by_id(connection, ids))
    return applied | journal.said_again(connection, ids - applied)


def _unblocked(unblocks: Mapping[object, list[UUID]], change: Change) -> Iterator[tuple[UUID, UUID]]:
    """What waited for a change that is applied now, or for one that it says once more."""
    for blocker in (change.id, *change.was):
        for waiting in unblocks.get(blocker, ()):
            yield waiting, blocker


def _enter(
    connection: Connection, ready: Sequence[_Arrived], device: UUID, numbering: Numbering | None
) -> None:
    """Writes the changes into the journal, in this order, and brings heads and rows up to date."""
    if not ready:
        return
    rows = []
    for item in ready:
        confirmed = item.confirmed or numbering is not None
        own = item.change.device_id == device
        rows.append(journal.to_row(item.body, item.hash, own=own, confirmed=confirmed))
    if numbering is not None:
        by_scope: dict[str, list[dict[str, object]]] = defaultdict(list)
        for row in rows:
            by_scope[row["scope"]].append(row)
        for scope, of_scope in sorted(by_scope.items()):
            first = numbering.take(scope, len(of_scope))
            for number, row in enumerate(of_scope, first):
                row["feed"] = number
    records = {(item.change.record_type, item.change.record_id) for item in ready}
    known = journal.known_records(connection, records)
    connection.execute(insert(CHANGE), rows)
    journal.note_said_again(connection, (item.change for item in ready))
    projection.refresh(connection, known)
    fresh = (item.change for item in ready)
    projection.enter(connection, (c for c in fresh if (c.record_type, c.record_id) not in known))


def _keep_waiting(
    connection: Connection, waiting: Mapping[UUID, _Arrived], new: Mapping[UUID, _Arrived], ready: set[UUID]
) -> None:
    for part in journal.chunks(str(i) for i in waiting if i in ready):
        connection.execute(delete(PENDING).where(PENDING.c.id.in_(part)))
    rows = [
        {
            "id": str(change_id),
            "device_id": str(item.change.device_id),
            "scope": item.change.scope,
            "seq": item.change.seq,
            "hash": item.hash,
            "confirmed": item.confirmed,
            "body": item.body,
        }
        for change_id, item in new.items()
        if change_id not in ready
    ]
    if rows:
        connection.execute(insert(PENDING), rows)


def _keep_signatures(connection: Connection, signatures: Iterable[ChainSignature]) -> None:
    """Keeps signatures, whose proof is the caller's; one that names another hash than ours is refused."""
    for signature in signatures:
        body = signature.model_dump(mode="json")
        place = {name: body[name] for name in ("device_id", "scope", "seq")}
        for table in (CHANGE, PENDING):
            here = select(table.c.hash).where(*(table.c[name] == value for name, value in place.items()))
            ours = connection.execute(here).scalar()
            if ours is not None and ours != signature.hash:
                raise refusals.wrong_signature(signature)
        same = [CHAIN_SIGNATURE.c[name] == value for name, value in place.items()]
        if connection.execute(select(CHAIN_SIGNATURE.c.seq).where(*same)).first() is None:
            connection.execute(insert(CHAIN_SIGNATURE).values(**body))
