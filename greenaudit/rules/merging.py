"""How edits made apart become one state.

A field's history is a graph: a change supersedes the bases that its editor saw. The *heads* of a field are the
changes that none supersedes. One head is a value; several that differ are a conflict, and the head with the
greatest `(hlc, device, id)` is shown. Everything here is a function of the *set* of changes: their order and how
often they arrived can't matter. `store` keeps the same heads as it goes; a test holds the two together.

Where a chain forked, an edit is said once more under another name (`Change.was`). The two are one edit: who has seen
one has seen the other, and one of them counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from greenaudit.domain.assessments import ChainHead
from greenaudit.domain.journal import Change, Conflict

FieldKey = tuple[str, UUID, str]
"""Record type, record id, field."""

RecordKey = tuple[str, UUID]
"""Record type, record id."""

ChainHeads = Mapping[str, Mapping[str, ChainHead]]
"""The head of every chain: {scope: {device id: head}}, as a closing names them."""


def rank(change: Change) -> tuple[int, str, str]:
    """What orders heads: the greatest is shown. The id decides between equals, so that there are none."""
    return (change.hlc, str(change.device_id), str(change.id))


def applied(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Those whose predecessor in the chain and whose bases are all here too; each once, none before its bases."""
    waiting = {change.id: change for change in changes}
    places = {(c.device_id, c.scope, c.seq): c.id for c in waiting.values()}
    done: dict[UUID, Change] = {}
    said: set[UUID] = set()
    ready = True
    while ready:
        ready = False
        for change in list(waiting.values()):
            before = places.get((change.device_id, change.scope, change.seq - 1))
            if (change.seq == 1 or before in done) and change.needs <= said:
                done[change.id] = waiting.pop(change.id)
                said |= {change.id, *change.was}
                ready = True
    return tuple(done.values())


def told_once(changes: Iterable[Change]) -> tuple[tuple[Change, ...], dict[UUID, set[UUID]]]:
    """Each edit once, and for every id under which an edit was said the id of the change that counts for it."""
    every = tuple(changes)
    if not any(change.was for change in every):
        return every, {}
    once: dict[_Edit, Change] = {}
    for change in every:
        edit = _edit(change)
        once[edit] = min(once.get(edit, change), change, key=_nearest)
    counts = {change.id: {once[_edit(change)].id} for change in every}
    absent: dict[UUID, set[UUID]] = defaultdict(set)
    for change in every:
        for old in change.was:
            if old not in counts:
                absent[old] |= counts[change.id]
    return tuple(once.values()), {**counts, **absent}


_Edit = tuple[UUID, str, UUID, UUID, int]


def _edit(change: Change) -> _Edit:
    """What both tellings of one edit share. Who says one once more changes neither record nor author nor time: so nobody
    can pass another's edit off as told already.
    """
    first = change.was[0] if change.was else change.id
    return (first, change.record_type, change.record_id, change.author_id, change.hlc)


def _nearest(change: Change) -> tuple[int, str]:
    return (len(change.was), str(change.id))


def heads(changes: Iterable[Change]) -> dict[FieldKey, tuple[Change, ...]]:
    """The heads of every field, the shown one first."""
    writers: dict[FieldKey, dict[UUID, Change]] = defaultdict(dict)
    superseded: dict[FieldKey, set[UUID]] = defaultdict(set)
    once, counts = told_once(changes)
    for change in once:
        for field in change.fields:
            key = (change.record_type, change.record_id, field)
            writers[key][change.id] = change
            for base in change.bases.get(field, ()):
                superseded[key].update(counts.get(base, (base,)))
    return {
        key: shown_first(c for c in by_id.values() if c.id not in superseded[key])
        for key, by_id in writers.items()
    }


def shown_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Heads in their order: the one that every replica shows, then the others."""
    return tuple(sorted(changes, key=rank, reverse=True))


def state(changes: Iterable[Change]) -> dict[RecordKey, dict[str, Any]]:
    """The shown value of every field of every record."""
    records: dict[RecordKey, dict[str, Any]] = defaultdict(dict)
    for (record_type, record_id, field), field_heads in heads(changes).items():
        records[record_type, record_id][field] = field_heads[0].fields[field]
    return dict(records)


def agreeing(field: str, field_heads: Sequence[Change]) -> tuple[Change, ...]:
    """The heads whose value is the shown one: who saw that value has seen them all."""
    return tuple(head for head in field_heads if head.fields[field] == field_heads[0].fields[field])


def conflict_of(key: FieldKey, field_heads: Sequence[Change]) -> Conflict | None:
    """The conflict of a field, or None where its heads say the same."""
    record_type, record_id, field = key
    if len(agreeing(field, field_heads)) == len(field_heads):
        return None
    return Conflict(record_type=record_type, record_id=record_id, field=field, heads=tuple(field_heads))


def conflicts(changes: Iterable[Change]) -> tuple[Conflict, ...]:
    """Every field that people changed apart to different values, in one order for all."""
    found = (conflict_of(key, field_heads) for key, field_heads in sorted(heads(changes).items(), key=_key))
    return tuple(conflict for conflict in found if conflict is not None)


def chain_heads(changes: Iterable[Change]) -> dict[str, dict[str, ChainHead]]:
    """The last change of every chain."""
    last: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.scope, str(change.device_id))
        if key not in last or change.seq > last[key].seq:
            last[key] = change
    found: dict[str, dict[str, ChainHead]] = defaultdict(dict)
    for (scope, device), change in sorted(last.items()):
        found[scope][device] = ChainHead(seq=change.seq, hash=change.hash)
    return dict(found)


def is_within(change: Change, named: ChainHeads) -> bool:
    """Whether the heads that a closing named cover this change."""
    head = named.get(change.scope, {}).get(str(change.device_id))
    return head is not None and change.seq <= head.seq


def within(changes: Iterable[Change], named: ChainHeads) -> tuple[Change, ...]:
    """The changes that a closing named: exactly what was signed."""
    return tuple(change for change in changes if is_within(change, named))


def late(changes: Iterable[Change], named: ChainHeads) -> tuple[Change, ...]:
    """The changes that a closing did not name: kept, shown apart, and the seed of the next revision."""
    return tuple(change for change in told_once(changes)[0] if not is_within(change, named))


def _key(item: tuple[FieldKey, Sequence[Change]]) -> FieldKey:
    return item[0]
