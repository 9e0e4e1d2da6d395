"""Statements compiled once and run on the driver: what every answer pays for is kept short.

SQLAlchemy compiles them, so they stay portable; its execution layer costs ten times what the statement does.
Values go in and come out as the driver has them (JSON as text: `jsontext`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql import ClauseElement

from greenaudit.store.journal_tables import CHANGE, HEAD
from greenaudit.store.tables import record_table

Values = Mapping[str, Any]


class Prepared:
    """One statement, compiled for a database."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._names: list[str] | None = getattr(compiled, "positiontup", None)
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def run(self, connection: Connection, values: Values) -> Any:
        """Executes it and gives the driver's cursor."""
        cursor = connection.connection.cursor()
        cursor.execute(self._sql, self._bound(values))
        return cursor

    def run_many(self, connection: Connection, many: list[dict[str, Any]]) -> None:
        """Executes it once for each."""
        cursor = connection.connection.cursor()
        cursor.executemany(self._sql, [self._bound(values) for values in many])

    def _bound(self, values: Values) -> Any:
        if self._constants:
            values = {**self._constants, **values}
        return values if self._names is None else tuple([values[name] for name in self._names])


class RecordStatements:
    """What is done to the rows of one record type."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.columns = tuple(column.name for column in table.columns)
        self.nested = frozenset(c.name for c in table.columns if hasattr(c.type, "none_as_null"))
        self.get = Prepared(select(table).where(table.c.id == bindparam("id")), dialect)
        self.insert = Prepared(insert(table), dialect)
        self._table = table
        self._dialect = dialect
        self._updates: dict[tuple[str, ...], Prepared] = {}

    def update(self, names: tuple[str, ...]) -> Prepared:
        """The statement that sets these columns; the id is bound as `record_id`."""
        if names not in self._updates:
            statement = (
                update(self._table)
                .where(self._table.c.id == bindparam("row_id"))
                .values({name: bindparam(name) for name in names})
            )
            self._updates[names] = Prepared(statement, self._dialect)
        return self._updates[names]


class Statements:
    """The statements of the shortest path: saving one record."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._records: dict[str, RecordStatements] = {}
        revision = record_table("revision")
        record = (HEAD.c.record_type == bindparam("record_type"), HEAD.c.record_id == bindparam("record_id"))
        self.heads = Prepared(
            select(HEAD.c.field, HEAD.c.change_id, HEAD.c.hlc, HEAD.c.device_id).where(*record), dialect
        )
        self.insert_head = Prepared(insert(HEAD), dialect)
        self.delete_head = Prepared(
            delete(HEAD).where(
                *record, HEAD.c.field == bindparam("field"), HEAD.c.change_id == bindparam("change_id")
            ),
            dialect,
        )
        self.tail = Prepared(
            select(CHANGE.c.seq, CHANGE.c.hash, CHANGE.c.hlc)
            .where(CHANGE.c.device_id == bindparam("device_id"), CHANGE.c.scope == bindparam("scope"))
            .order_by(CHANGE.c.seq.desc())
            .limit(1),
            dialect,
        )
        names = [column.name for column in CHANGE.columns if column.name != "position"]
        self.insert_change = Prepared(insert(CHANGE).values({n: bindparam(n) for n in names}), dialect)
        self.closing = Prepared(
            select(revision.c.closing)
            .where(revision.c.assessment_id == bindparam("assessment_id"), revision.c.deleted_at.is_(None))
            .order_by(revision.c.number.desc())
            .limit(1),
            dialect,
        )

    def record(self, record_type: str) -> RecordStatements:
        """The statements for the rows of a record type."""
        if record_type not in self._records:
            self._records[record_type] = RecordStatements(record_table(record_type), self._dialect)
        return self._records[record_type]


@lru_cache(maxsize=8)
def statements(dialect: Dialect) -> Statements:
    """The statements of a database's dialect, compiled once."""
    return Statements(dialect)
