"""Undo and redo, worked out from the journal: a change that takes another back names it (`Change.undoes`).

Nothing is overwritten: taking back is a change of its own that restores what the taken-back change had found. Taking
back such a change is a redo. Which edits stand and which are taken back follows from the changes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby, takewhile
from typing import Any
from uuid import UUID

from greenaudit.domain.journal import Change
from greenaudit.domain.records import RECORDS
from greenaudit.rules import merging

EDITED = ("answer", "register_row", "photo", "finding")
"""The records whose edits are taken back."""


Edit = tuple[Change, ...]
"""What one act of a person wrote, the newest change first: a register's answer and its rows, say."""

Known = Callable[[UUID], Change | None]
"""Gives a change of the journal by its id."""


def done(edits: Iterable[Change], known: Known) -> Iterator[Edit]:
    """Of a person's edits, the newest first, those that stand: what can be taken back, in this order."""
    return _whole(change for change in _standing(edits) if not is_undo(change, known))


def undone(edits: Iterable[Change], known: Known) -> Iterator[Edit]:
    """The takings back that can be done again, the newest first. A new edit forgets those before it."""
    since = takewhile(lambda change: change.undoes is not None, _of_people(edits))
    return _whole(change for change in _standing(since) if is_undo(change, known))


def is_undo(change: Change, known: Known) -> bool:
    """Whether a change leaves an edit taken back; taking that back does the edit again, and so on."""
    takes_back = False
    following: Change | None = change
    while following is not None and following.undoes is not None:
        takes_back = not takes_back
        following = known(following.undoes)
    return takes_back


def _standing(edits: Iterable[Change]) -> Iterator[Change]:
    """Those that no later one takes back."""
    taken: set[UUID] = set()
    for change in _of_people(edits):
        if change.undoes is not None:
            taken.add(change.undoes)
        if change.id not in taken:
            yield change


def _whole(changes: Iterable[Change]) -> Iterator[Edit]:
    return (tuple(parts) for _, parts in groupby(changes, key=lambda change: change.edit))


def _of_people(edits: Iterable[Change]) -> Iterator[Change]:
    return (change for change in edits if change.record_type in EDITED)


def is_creation(change: Change) -> bool:
    """Whether it began a record that has no natural key: then taking it back takes the record away."""
    needed = [name for name, info in RECORDS[change.record_type].model_fields.items() if info.is_required()]
    return change.record_type != "answer" and set(needed) - {"id"} <= change.fields.keys()


def restoring(change: Change, history: Iterable[Change], now: datetime) -> dict[str, Any]:
    """The fields with the values that stood before a change, as JSON; none when it changed no value."""
    if is_creation(change):
        return {"deleted_at": now.isoformat()}
    by_id = {item.id: item for item in history}
    infos = RECORDS[change.record_type].model_fields
    found: dict[str, Any] = {}
    for name, value in change.fields.items():
        before = value_seen(change, name, by_id)
        if name not in infos or (before is None and infos[name].is_required()):
            continue  # a natural key, or a field of another version of this code
        was = before.fields[name] if before else infos[name].get_default(call_default_factory=True)
        if was != value:
            found[name] = was
    return found


def overtaken_by(change: Change, fields: Iterable[str], history: Iterable[Change]) -> Change | None:
    """Somebody else's change over this one or beside it, in the fields to restore: then it is not taken back."""
    changes = tuple(history)
    if is_creation(change):
        return next((c for c in merging.shown_first(changes) if _foreign(c, change)), None)
    by_id = {item.id: item for item in changes}
    heads = merging.heads(changes)
    for name in fields:
        origin = _origin(change, name, by_id)
        for end in heads[change.record_type, change.record_id, name]:
            if _origin(end, name, by_id) != origin:
                return end
    return None


def _foreign(one: Change, ours: Change) -> bool:
    return (one.device_id, one.author_id) != (ours.device_id, ours.author_id)


def value_seen(change: Change, field: str, by_id: Mapping[UUID, Change]) -> Change | None:
    """The change whose value an editor saw in a field: of several the one that was shown."""
    seen = [by_id[base] for base in change.bases.get(field, ()) if base in by_id]
    return merging.shown_first(seen)[0] if seen else None


def _origin(change: Change | None, field: str, by_id: Mapping[UUID, Change]) -> Change | None:
    """The edit that a value comes from, through all takings back; None where it is the value of the beginning."""
    while change is not None and change.undoes is not None:
        taken = by_id.get(change.undoes)
        if taken is None or field not in taken.fields:
            return change
        change = value_seen(taken, field, by_id)
    return change
