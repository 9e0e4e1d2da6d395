"""The tables are what the journal adds up to: heads and rows, kept as changes are applied, or computed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from greenaudit.domain.journal import Change
from greenaudit.domain.records import RECORDS
from greenaudit.rules import merging
from greenaudit.store.journal import changes_by_id, changes_where, chunks
from greenaudit.store.journal_tables import HEAD
from greenaudit.store.tables import record_table
from greenaudit.store.upcasting import readable

Heads = dict[merging.FieldKey, dict[UUID, tuple[int, str]]]
"""For every field its heads: change id → (hlc, device id)."""


def row_of(record_type: str, record_id: UUID, fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """The row of a record with these values, defaults filled in; None while a needed field is missing."""
    try:
        record = RECORDS[record_type].model_validate({**fields, "id": record_id})
    except ValidationError:
        return None
    return record.model_dump(mode="json")


def apply(connection: Connection, changes: Sequence[Change]) -> None:
    """Brings heads and rows up to date with changes that were just entered, each after its bases."""
    read = {c.id: c for c in map(readable, changes) if c is not None}
    touched = {(c.record_type, c.record_id) for c in read.values()}
    before = _stored_heads(connection, touched)
    after: Heads = {key: dict(heads) for key, heads in before.items()}
    for change in read.values():
        for field in change.fields:
            heads = after.setdefault((change.record_type, change.record_id, field), {})
            for base in change.bases.get(field, ()):
                heads.pop(base, None)
            heads[change.id] = (change.hlc, str(change.device_id))
    _write_heads(connection, before, after)
    _write_rows(connection, _rows(connection, after, read), touched)


def rebuild(connection: Connection) -> None:
    """Computes all heads and rows anew from the journal."""
    rows, heads = _expected(connection)
    connection.execute(delete(HEAD))
    for record_type in RECORDS:
        connection.execute(delete(record_table(record_type)))
    _insert_heads(connection, heads)
    for record_type, found in rows.items():
        connection.execute(insert(record_table(record_type)), list(found.values()))


def differences(connection: Connection) -> list[str]:
    """Where heads or rows are not what the journal adds up to: `type/id` each; none when all is well."""
    rows, heads = _expected(connection)
    wrong: list[str] = []
    stored = {
        (h.record_type, UUID(h.record_id), h.field, UUID(h.change_id))
        for h in connection.execute(select(HEAD))
    }
    for record_type, record_id, field, _ in stored ^ {(*key, i) for key, ids in heads.items() for i in ids}:
        wrong.append(f"{record_type}/{record_id}.{field}")
    for record_type in RECORDS:
        table = {
            row["id"]: dict(row) for row in connection.execute(select(record_table(record_type))).mappings()
        }
        expected = rows.get(record_type, {})
        wrong += [
            f"{record_type}/{i}" for i in table.keys() | expected.keys() if table.get(i) != expected.get(i)
        ]
    return sorted(set(wrong))


def _expected(connection: Connection) -> tuple[dict[str, dict[str, dict[str, Any]]], Heads]:
    read = [c for c in map(readable, changes_where(connection)) if c is not None]
    field_heads = merging.heads(read)
    heads: Heads = {
        key: {c.id: (c.hlc, str(c.device_id)) for c in found} for key, found in field_heads.items()
    }
    rows: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (record_type, record_id), fields in merging.state(read).items():
        row = row_of(record_type, record_id, fields)
        if row is not None:
            rows[record_type][row["id"]] = row
    return rows, heads


def _stored_heads(connection: Connection, records: Iterable[merging.RecordKey]) -> Heads:
    found: Heads = {}
    for record_type, ids in _by_type(records).items():
        for part in chunks(ids):
            statement = select(HEAD).where(HEAD.c.record_type == record_type, HEAD.c.record_id.in_(part))
            for head in connection.execute(statement):
                key = (record_type, UUID(head.record_id), head.field)
                found.setdefault(key, {})[UUID(head.change_id)] = (head.hlc, head.device_id)
    return found


def _write_heads(connection: Connection, before: Heads, after: Heads) -> None:
    gone = [(key, i) for key, heads in before.items() for i in heads if i not in after[key]]
    for (record_type, record_id, field), change_id in gone:
        connection.execute(
            delete(HEAD).where(
                HEAD.c.record_type == record_type,
                HEAD.c.record_id == str(record_id),
                HEAD.c.field == field,
                HEAD.c.change_id == str(change_id),
            )
        )
    new: Heads = {}
    for key, heads in after.items():
        new[key] = {i: rank for i, rank in heads.items() if i not in before.get(key, {})}
    _insert_heads(connection, new)


def _insert_heads(connection: Connection, heads: Heads) -> None:
    rows = [
        {
            "record_type": record_type,
            "record_id": str(record_id),
            "field": field,
            "change_id": str(change_id),
            "hlc": hlc,
            "device_id": device,
        }
        for (record_type, record_id, field), found in heads.items()
        for change_id, (hlc, device) in found.items()
    ]
    if rows:
        connection.execute(insert(HEAD), rows)


def _rows(
    connection: Connection, heads: Heads, at_hand: Mapping[UUID, Change]
) -> dict[str, list[dict[str, Any]]]:
    """The rows that these heads (all heads of some records) add up to."""
    shown = {key: max(found, key=lambda i: (*found[i], str(i))) for key, found in heads.items() if found}
    missing = changes_by_id(connection, (i for i in shown.values() if i not in at_hand))
    values: dict[merging.RecordKey, dict[str, Any]] = defaultdict(dict)
    for (record_type, record_id, field), change_id in shown.items():
        change = at_hand.get(change_id) or readable(missing[change_id])
        if change is not None:
            values[record_type, record_id][field] = change.fields[field]
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (record_type, record_id), fields in values.items():
        row = row_of(record_type, record_id, fields)
        if row is not None:
            rows[record_type].append(row)
    return rows


def _write_rows(
    connection: Connection, rows: Mapping[str, list[dict[str, Any]]], touched: Iterable[merging.RecordKey]
) -> None:
    for record_type, ids in _by_type(touched).items():
        table = record_table(record_type)
        for part in chunks(ids):
            connection.execute(delete(table).where(table.c.id.in_(part)))
        if rows.get(record_type):
            connection.execute(insert(table), rows[record_type])


def _by_type(records: Iterable[merging.RecordKey]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = defaultdict(list)
    for record_type, record_id in sorted(records):
        ids[record_type].append(str(record_id))
    return ids
