"""Statements compiled once and run on the driver: what every answer pays for is kept short.

SQLAlchemy compiles them, so they stay portable; its execution layer costs ten times what such a statement does.
Values go in and come out as the driver has them (JSON as text: `jsontext`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from greenaudit.errors import BugError
from greenaudit.store.journal_tables import CHANGE, HEAD
from greenaudit.store.tables import record_table

CHANGE_NAMES = tuple(column.name for column in CHANGE.columns if column.name != "position")


class Prepared:
    """One statement, compiled for a database; its values come as a tuple in the order of `names`."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._names = names
        positions: list[str] | None = getattr(compiled, "positiontup", None)
        self._by_place = positions is not None
        if tuple(compiled.params if positions is None else positions) != names:
            raise BugError("a prepared statement takes its values in the order they are named")

    def run(self, cursor: Any, values: tuple[Any, ...]) -> Any:
        """Executes it on a driver's cursor and gives the cursor back."""
        cursor.execute(self._sql, self._bound(values))
        return cursor

    def _bound(self, values: tuple[Any, ...]) -> Any:
        return values if self._by_place else dict(zip(self._names, values, strict=True))


class RecordStatements:
    """What is done to the rows of one record type."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.columns = tuple(column.name for column in table.columns)
        self.nested = frozenset(c.name for c in table.columns if hasattr(c.type, "none_as_null"))
        self.get = Prepared(select(table).where(table.c.id == bindparam("row_id")), dialect, ("row_id",))
        self.insert = Prepared(
            insert(table).values({name: bindparam(name) for name in self.columns}), dialect, self.columns
        )
        self._table = table
        self._dialect = dialect
        self._updates: dict[tuple[str, ...], Prepared] = {}

    def update(self, names: tuple[str, ...]) -> Prepared:
        """The statement that sets these columns; the id comes last."""
        if names not in self._updates:
            ordered: list[tuple[Any, Any]] = [(self._table.c[name], bindparam(name)) for name in names]
            statement = (
                update(self._table).where(self._table.c.id == bindparam("row_id")).ordered_values(*ordered)
            )
            self._updates[names] = Prepared(statement, self._dialect, (*names, "row_id"))
        return self._updates[names]


class Statements:
    """The statements of the shortest path: saving one record."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._records: dict[str, RecordStatements] = {}
        revision = record_table("revision")
        self.contested = Prepared(
            select(HEAD.c.field).where(
                HEAD.c.record_type == bindparam("kind"), HEAD.c.record_id == bindparam("of")
            ),
            dialect,
            ("kind", "of"),
        )
        self.latest = Prepared(
            select(*(CHANGE.c[name] for name in CHANGE_NAMES))
            .where(CHANGE.c.record_type == bindparam("kind"), CHANGE.c.record_id == bindparam("of"))
            .order_by(CHANGE.c.position.desc()),
            dialect,
            ("kind", "of"),
        )
        self.tail = Prepared(
            select(CHANGE.c.seq, CHANGE.c.hash, CHANGE.c.hlc)
            .where(CHANGE.c.device_id == bindparam("device"), CHANGE.c.scope == bindparam("in_scope"))
            .order_by(CHANGE.c.seq.desc())
            .suffix_with("LIMIT 1"),  # as a bound value it costs SQLite four times the search
            dialect,
            ("device", "in_scope"),
        )
        self.insert_change = Prepared(
            insert(CHANGE).values({n: bindparam(n) for n in CHANGE_NAMES}), dialect, CHANGE_NAMES
        )
        self.closings = Prepared(
            select(revision.c.number, revision.c.closing).where(
                revision.c.assessment_id == bindparam("assessment"), revision.c.deleted_at.is_(None)
            ),
            dialect,
            ("assessment",),
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
