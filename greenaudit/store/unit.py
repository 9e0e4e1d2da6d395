"""Writing: one transaction in which every save writes the journal. There is no other way to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from greenaudit.canonical import fingerprint
from greenaudit.clock import Clock
from greenaudit.domain.assessments import ClosingAct
from greenaudit.domain.journal import GENESIS, SCHEMA, Change
from greenaudit.domain.values import Record
from greenaudit.errors import BugError
from greenaudit.ids import new_id
from greenaudit.rules import merging
from greenaudit.store import errors, hlc, journal, projection
from greenaudit.store.feed import Numbering, set_meta
from greenaudit.store.jsontext import dumps, loaded
from greenaudit.store.prepared import CHANGE_NAMES, RecordStatements, statements
from greenaudit.store.reader import Reader
from greenaudit.store.upcasting import readable

Bases = Mapping[str, tuple[UUID, ...]]


class _Tail(NamedTuple):
    """The end of our chain in a scope."""

    seq: int
    hash: str
    hlc: int


class _Head(NamedTuple):
    """A stored head of one field."""

    change_id: str
    hlc: int
    device_id: str


Heads = Mapping[str, Sequence[_Head]]


@dataclass(frozen=True)
class Author:
    """Who writes, on which device."""

    person: UUID
    device: UUID


class Unit(Reader):
    """A writing transaction. What it saved is durable once it has ended; after an error nothing of it remains."""

    def __init__(
        self, connection: Connection, author: Author, clock: Clock, numbering: Numbering | None = None
    ) -> None:
        super().__init__(connection)
        self._cursor: Any = connection.connection.cursor()
        self._author = str(author.person)
        self._device = str(author.device)
        self._clock = clock
        self._numbering = numbering
        self._statements = statements(connection.dialect)
        self._tails: dict[str, _Tail] = {}

    def save(self, value: Record, *, bases: Bases | None = None) -> Change | None:
        """Saves a value: one change with the fields that differ from what is stored, and the row.

        A field's bases are the heads that say what is shown; `bases` names others: what an editor saw some time
        ago, or all heads to settle a conflict (then the field is written even when its value stays).
        Gives None when nothing changed. Raises VisitClosedError for what belongs to a signed visit.
        """
        wanted = value.field_values()
        table = self._statements.record(value.record_type)
        record_id = str(value.id)
        stored = self._stored(table, record_id)
        heads = self._heads(value.record_type, record_id)
        names = _changed(value, wanted, stored, bases or {}, heads)
        if not names:
            return None
        if stored is not None and stored.get("programme_id") != wanted.get("programme_id"):
            raise BugError("a record stays in its programme")
        self._refuse_closed(value, names, stored, bases or {})
        # Heads without a row are parts of a record that has not come whole: nobody has seen them.
        visible = heads if stored is not None else {}
        seen = {name: self._bases(value, name, visible.get(name, ()), bases or {}) for name in names}
        change = self._enter(value, {name: wanted[name] for name in names}, seen, visible)
        if heads and stored is None:
            projection.apply(self._connection, [change])
        else:
            self._project(table, wanted, stored, change, heads)
        return change

    def delete(self, value: Record) -> Change | None:
        """Marks a record as deleted; its history stays."""
        return self.save(value.model_copy(update={"deleted_at": self._clock.now()}))

    def now(self) -> datetime:
        """The present moment by the store's clock."""
        return self._clock.now()

    def set_meta(self, key: str, value: str) -> None:
        """Sets a fact about this store; it never leaves the device."""
        set_meta(self._connection, key, value)

    def report_number(self, country: str) -> str:
        """The next report number, `GA-<country>-<device code>-<counter>`: given offline, never given twice."""
        counter = int(self.meta("report_counter") or "0") + 1
        self.set_meta("report_counter", str(counter))
        return f"GA-{country}-{self.meta('device_code')}-{counter:04d}"

    def _stored(self, table: RecordStatements, record_id: str) -> dict[str, Any] | None:
        row = table.get.run(self._cursor, (record_id,)).fetchone()
        if row is None:
            return None
        pairs = zip(table.columns, row, strict=True)
        return {name: loaded(item) if name in table.nested else item for name, item in pairs}

    def _heads(self, record_type: str, record_id: str) -> Heads:
        found: dict[str, list[_Head]] = {}
        for field, change_id, reading, device in self._statements.heads.run(
            self._cursor, (record_type, record_id)
        ):
            found.setdefault(field, []).append(_Head(change_id, reading, device))
        return found

    def _refuse_closed(
        self, value: Record, names: tuple[str, ...], stored: Mapping[str, Any] | None, bases: Bases
    ) -> None:
        """What is signed can't change. The signed file of a revision may still be completed (time stamps)."""
        if value.record_type == "revision":
            closing = stored.get("closing") if stored else None
            if closing is None or set(names) <= {"report"} or "closing" in bases:
                return
        else:
            of = value.id if value.record_type == "assessment" else getattr(value, "assessment_id", None)
            if of is None:
                return
            closings = self._statements.closings.run(self._cursor, (str(of),)).fetchall()
            closing = loaded(max(closings)[1]) if closings else None
        if closing is not None:
            raise errors.closed(ClosingAct.model_validate(closing).number)

    def _bases(self, value: Record, name: str, heads: Sequence[_Head], bases: Bases) -> tuple[str, ...]:
        if name in bases:
            wanted = tuple(str(i) for i in bases[name])
            known = journal.changes_by_id(self._connection, wanted)
            if len(known) != len(set(wanted)) or any(c.record_id != value.id for c in known.values()):
                raise BugError("a base must be a change of the same record that this store has applied")
            return wanted
        if len(heads) <= 1:
            return tuple(head.change_id for head in heads)
        changes = map(
            readable, journal.changes_by_id(self._connection, (h.change_id for h in heads)).values()
        )
        shown = merging.agreeing(name, merging.shown_first(c for c in changes if c is not None))
        return tuple(str(change.id) for change in shown)

    def _tail(self, scope: str) -> _Tail:
        if scope not in self._tails:
            row = self._statements.tail.run(self._cursor, (self._device, scope)).fetchone()
            self._tails[scope] = _Tail(*row) if row else _Tail(0, GENESIS, 0)
        return self._tails[scope]

    def _enter(
        self, value: Record, fields: dict[str, Any], bases: Mapping[str, tuple[str, ...]], heads: Heads
    ) -> Change:
        """Writes the change, at the end of our chain, later than all it has seen."""
        scope = value.scope
        tail = self._tail(scope)
        seen = [head.hlc for name in fields for head in heads.get(name, ())]
        body: dict[str, Any] = {
            "id": str(new_id()),
            "schema_version": SCHEMA,
            "record_type": value.record_type,
            "record_id": str(value.id),
            "fields": fields,
            "bases": {name: list(ids) for name, ids in bases.items() if ids},
            "hlc": hlc.tick(self._clock.now(), (tail.hlc, *seen)),
            "device_id": self._device,
            "author_id": self._author,
            "scope": scope,
            "seq": tail.seq + 1,
            "prev_hash": tail.hash,
        }
        change_hash = fingerprint(body)
        feed_number = None if self._numbering is None else self._numbering.take(scope)
        row = journal.to_row(body, change_hash, own=True, confirmed=feed_number is not None)
        row.update(feed=feed_number, fields=dumps(fields), bases=dumps(body["bases"]))
        self._statements.insert_change.run(self._cursor, tuple([row[name] for name in CHANGE_NAMES]))
        self._tails[scope] = _Tail(body["seq"], change_hash, body["hlc"])
        return Change.model_validate(body)

    def _project(
        self,
        table: RecordStatements,
        wanted: dict[str, Any],
        stored: Mapping[str, Any] | None,
        change: Change,
        heads: Heads,
    ) -> None:
        """Brings heads and row up to date. Where a head we didn't see outranks ours, the row keeps its value."""
        key = (change.record_type, str(change.record_id))
        mine = (str(change.id), change.hlc, str(change.device_id))
        shown: list[str] = []
        for name in change.fields:
            superseded = {str(base) for base in change.bases.get(name, ())}
            rest = [head for head in heads.get(name, ()) if head.change_id not in superseded]
            for base in superseded:
                self._statements.delete_head.run(self._cursor, (*key, name, base))
            if all((h.hlc, h.device_id, h.change_id) < merging.rank(change) for h in rest):
                shown.append(name)
        self._statements.insert_head.run_many(self._cursor, [(*key, name, *mine) for name in change.fields])
        if stored is None:
            wanted["id"] = key[1]
            table.insert.run(self._cursor, _as_columns(table, table.columns, wanted))
        elif shown:
            row = _as_columns(table, shown, wanted)
            table.update(tuple(shown)).run(self._cursor, (*row, key[1]))


def _as_columns(table: RecordStatements, names: Sequence[str], values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        [
            dumps(values[name]) if name in table.nested and values[name] is not None else values[name]
            for name in names
        ]
    )


def _changed(
    value: Record,
    wanted: Mapping[str, Any],
    stored: Mapping[str, Any] | None,
    bases: Bases,
    heads: Heads,
) -> tuple[str, ...]:
    """The fields to write: of a new record all but the empty ones, of a known one those that differ or are settled."""
    if stored is None:
        empty = _empty_by_default(type(value))
        return tuple(name for name, item in wanted.items() if item or name not in empty)
    return tuple(
        name
        for name, item in wanted.items()
        if item != stored[name] or (name in bases and len(heads.get(name, ())) > 1)
    )


@lru_cache(maxsize=64)
def _empty_by_default(cls: type[Record]) -> frozenset[str]:
    """The fields that are empty unless somebody fills them: a new record's change doesn't mention them.

    So two people who start one record apart meet only in what both have filled in.
    """
    infos = cls.model_fields.items()
    return frozenset(
        n for n, i in infos if not i.is_required() and not i.get_default(call_default_factory=True)
    )
