"""Changes in and out of their table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.engine import Connection, RowMapping

from greenaudit.domain.assessments import ChainHead
from greenaudit.domain.journal import Change
from greenaudit.store.journal_tables import CHANGE, SAID_AGAIN

T = TypeVar("T")
CHUNK = 500
"""How many ids go into one statement."""

CHANGE_COLUMNS = tuple(CHANGE.c[name] for name in Change.model_fields)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists that a statement can take."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def to_change(row: Mapping[str, Any] | RowMapping) -> Change:
    """The change of a row."""
    return Change.model_validate({name: row[name] for name in Change.model_fields})


def changes_where(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = (CHANGE.c.position,),
    limit: int | None = None,
) -> tuple[Change, ...]:
    """The changes that meet all conditions, in the order they were applied unless another is named."""
    statement = select(*CHANGE_COLUMNS).where(*conditions).order_by(*order).limit(limit)
    return tuple(to_change(row) for row in connection.execute(statement).mappings())


def changes_by_id(connection: Connection, ids: Iterable[UUID | str]) -> dict[UUID, Change]:
    """The applied changes of these ids."""
    found: dict[UUID, Change] = {}
    for part in chunks(sorted({str(i) for i in ids})):
        found.update({c.id: c for c in changes_where(connection, CHANGE.c.id.in_(part))})
    return found


def hashes_by_id(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The hashes of those of these changes that were applied."""
    found: dict[UUID, str] = {}
    for part in chunks(sorted({str(i) for i in ids})):
        rows = connection.execute(select(CHANGE.c.id, CHANGE.c.hash).where(CHANGE.c.id.in_(part)))
        found.update({UUID(change_id): change_hash for change_id, change_hash in rows})
    return found


def said_again(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these changes that an applied change says once more."""
    found: set[UUID] = set()
    for part in chunks(sorted({str(i) for i in ids})):
        rows = connection.execute(select(SAID_AGAIN.c.id).where(SAID_AGAIN.c.id.in_(part)))
        found.update(UUID(change_id) for change_id in rows.scalars())
    return found


def note_said_again(connection: Connection, changes: Iterable[Change]) -> None:
    """Notes of changes that are applied now which others they say once more."""
    rows = [{"id": str(old), "by": str(change.id)} for change in changes for old in change.was]
    if rows:
        connection.execute(insert(SAID_AGAIN), rows)


def known_records(
    connection: Connection, records: Iterable[tuple[str, UUID]], *conditions: ColumnElement[bool]
) -> set[tuple[str, UUID]]:
    """Those of these records of which there are changes (that meet all conditions)."""
    by_type: dict[str, set[str]] = defaultdict(set)
    for record_type, record_id in records:
        by_type[record_type].add(str(record_id))
    found: set[tuple[str, UUID]] = set()
    for record_type, ids in by_type.items():
        for part in chunks(sorted(ids)):
            of_part = (CHANGE.c.record_type == record_type, CHANGE.c.record_id.in_(part))
            there = select(CHANGE.c.record_id).where(*of_part, *conditions).distinct()
            found |= {(record_type, UUID(i)) for i in connection.execute(there).scalars()}
    return found


def chain_heads(
    connection: Connection, scopes: Iterable[str] | None = None
) -> dict[str, dict[str, ChainHead]]:
    """The head of every chain: {scope: {device id: head}}."""
    last = select(CHANGE.c.scope, CHANGE.c.device_id, func.max(CHANGE.c.seq).label("seq"))
    if scopes is not None:
        last = last.where(CHANGE.c.scope.in_(list(scopes)))
    tails = last.group_by(CHANGE.c.scope, CHANGE.c.device_id).subquery()
    place = (
        (CHANGE.c.scope == tails.c.scope)
        & (CHANGE.c.device_id == tails.c.device_id)
        & (CHANGE.c.seq == tails.c.seq)
    )
    statement = select(CHANGE.c.scope, CHANGE.c.device_id, CHANGE.c.seq, CHANGE.c.hash).join(tails, place)
    found: dict[str, dict[str, ChainHead]] = {}
    for scope, device, seq, change_hash in connection.execute(statement):
        found.setdefault(scope, {})[device] = ChainHead(seq=seq, hash=change_hash)
    return found


def to_row(body: Mapping[str, Any], change_hash: str, *, own: bool, confirmed: bool) -> dict[str, Any]:
    """The row of a change; `body` is the change as JSON values."""
    return {**body, "hash": change_hash, "own": own, "confirmed": confirmed, "feed": None}
