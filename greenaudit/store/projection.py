"""The tables are what the journal adds up to.

Rows and contested heads are a function of the changes of their record, computed by `rules/merging`: for the
records that a batch touched, or for all. `unit` takes a shorter way for an edit that nobody contests; `differences`
tells whether all agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from greenaudit.domain.journal import Change
from greenaudit.domain.records import RECORDS
from greenaudit.rules import merging
from greenaudit.store.journal import changes_where, chunks
from greenaudit.store.journal_tables import CHANGE, HEAD
from greenaudit.store.tables import record_table
from greenaudit.store.upcasting import plain_fields, readable

Rows = dict[str, list[dict[str, Any]]]
"""Rows by record type."""


def row_of(record_type: str, record_id: UUID, fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """The row of a record with these values, defaults filled in; None while a needed field is missing."""
    try:
        record = RECORDS[record_type].model_validate({**fields, "id": record_id})
    except ValidationError:
        return None
    return record.model_dump(mode="json")


def refresh(connection: Connection, records: Iterable[merging.RecordKey]) -> None:
    """Computes rows and heads of some records anew, after changes of theirs were entered."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for record_type, record_id in sorted(records):
        if record_type in RECORDS:
            by_type[record_type].append(str(record_id))
    for record_type, ids in by_type.items():
        table = record_table(record_type)
        for part in chunks(ids):
            of_part = (CHANGE.c.record_type == record_type, CHANGE.c.record_id.in_(part))
            rows, heads = _computed(changes_where(connection, *of_part))
            connection.execute(delete(table).where(table.c.id.in_(part)))
            connection.execute(
                delete(HEAD).where(HEAD.c.record_type == record_type, HEAD.c.record_id.in_(part))
            )
            _write(connection, rows, heads)


def enter(connection: Connection, changes: Iterable[Change]) -> None:
    """Makes rows and heads of records that are new here, from all their changes: nothing need be read or removed."""
    _write(connection, *_computed(change for change in changes if change.record_type in RECORDS))


def rebuild(connection: Connection) -> None:
    """Computes all rows and heads anew from the journal."""
    rows, heads = _computed(changes_where(connection))
    for table in (HEAD, *map(record_table, RECORDS)):
        connection.execute(delete(table))
    _write(connection, rows, heads)


def differences(connection: Connection) -> list[str]:
    """Where rows or heads are not what the journal adds up to: `type/id` each; none when all is well."""
    rows, heads = _computed(changes_where(connection))
    stored = {tuple(row) for row in connection.execute(select(HEAD))}
    wrong = {f"{head[0]}/{head[1]}.{head[2]}" for head in stored ^ {tuple(head.values()) for head in heads}}
    for record_type in RECORDS:
        found = connection.execute(select(record_table(record_type))).mappings()
        there = {row["id"]: dict(row) for row in found}
        expected = {row["id"]: row for row in rows.get(record_type, [])}
        ids = there.keys() | expected.keys()
        wrong |= {f"{record_type}/{i}" for i in ids if there.get(i) != expected.get(i)}
    return sorted(wrong)


def _computed(changes: Iterable[Change]) -> tuple[Rows, list[dict[str, str]]]:
    """The rows of whole records, and the heads of their contested fields; the changes in the order they were applied."""
    rows: Rows = defaultdict(list)
    values: dict[merging.RecordKey, dict[str, Any]] = defaultdict(dict)
    heads: list[dict[str, str]] = []
    contended = [c for c in map(readable, _without_simple(changes, rows)) if c is not None]
    last = {(c.record_type, c.record_id, name): c.id for c in contended for name in c.fields}
    for (record_type, record_id, field), found in merging.heads(contended).items():
        values[record_type, record_id][field] = found[0].fields[field]
        if len(found) > 1 or found[0].id != last[record_type, record_id, field]:
            key = {"record_type": record_type, "record_id": str(record_id), "field": field}
            heads += [{**key, "change_id": str(head.id)} for head in found]
    for (record_type, record_id), fields in values.items():
        row = row_of(record_type, record_id, fields)
        if row is not None:
            rows[record_type].append(row)
    return rows, heads


def _without_simple(changes: Iterable[Change], rows: Rows) -> Iterator[Change]:
    """Makes the rows of records with one plain change, most of a first synchronisation; the other changes come out."""
    by_record: dict[merging.RecordKey, list[Change]] = defaultdict(list)
    for change in changes:
        by_record[change.record_type, change.record_id].append(change)
    for (record_type, record_id), of_record in by_record.items():
        fields = plain_fields(of_record[0]) if len(of_record) == 1 else None
        row = None if fields is None else row_of(record_type, record_id, fields)
        if row is None:
            yield from of_record
        else:
            rows[record_type].append(row)


def _write(connection: Connection, rows: Rows, heads: list[dict[str, str]]) -> None:
    for record_type, of_type in rows.items():
        connection.execute(insert(record_table(record_type)), of_type)
    if heads:
        connection.execute(insert(HEAD), heads)
