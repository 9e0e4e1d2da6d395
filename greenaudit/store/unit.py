"""Writing: one transaction in which every save writes the journal. There is no other way to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from greenaudit.canonical import fingerprint
from greenaudit.clock import Clock
from greenaudit.domain.assessments import ClosingAct
from greenaudit.domain.journal import GENESIS, SCHEMA, UNDOES, WITH, Change
from greenaudit.domain.values import Record
from greenaudit.errors import BugError
from greenaudit.ids import new_id
from greenaudit.rules import merging
from greenaudit.rules.undoing import EDITED
from greenaudit.store import errors, hlc, journal, projection
from greenaudit.store.feed import Numbering, set_meta
from greenaudit.store.jsontext import dumps, loaded
from greenaudit.store.prepared import CHANGE_NAMES, RecordStatements, statements
from greenaudit.store.reader import Reader
from greenaudit.store.upcasting import readable

Bases = Mapping[str, tuple[UUID, ...]]
_Key = tuple[str, str]


class _Tail(NamedTuple):
    """The end of our chain in a scope."""

    seq: int
    hash: str
    hlc: int


class _Seen(NamedTuple):
    """What an editor has seen of one field: its bases, and the latest reading among them."""

    bases: tuple[str, ...]
    hlc: int


class Unit(Reader):
    """A writing transaction. What it saved is durable once it has ended; after an error nothing of it remains."""

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        author_id: UUID,
        device_id: str,
        numbering: Numbering | None = None,
    ) -> None:
        super().__init__(connection)
        self._cursor: Any = connection.connection.cursor()
        self._author = str(author_id)
        self._device = device_id
        self._clock = clock
        self._numbering = numbering
        self._statements = statements(connection.dialect)
        self._tails: dict[str, _Tail] = {}
        self._edits: dict[str, str] = {}

    def save(self, value: Record, *, bases: Bases | None = None, undoes: UUID | None = None) -> Change | None:
        """Saves a value: one change with the fields that differ from what is stored, and the row.

        A field's bases are the heads that say what is shown; `bases` names others: what an editor saw some time
        ago, or all heads to settle a conflict (then the field is written even when its value stays). `undoes` is the
        change that this one takes back.
        Gives None when nothing changed. Raises VisitClosedError for what belongs to a signed visit.
        """
        wanted = value.field_values()
        table = self._statements.record(value.record_type)
        key = (value.record_type, str(value.id))
        stored = self._stored(table, key[1])
        contested = set() if stored is None else self._contested(key)
        names = _changed(value, wanted, stored, contested & (bases or {}).keys())
        if not names:
            return None
        if stored is not None and stored.get("programme_id") != wanted.get("programme_id"):
            raise BugError("a record stays in its programme")
        self._refuse_closed(key, wanted, names, stored, bases or {})
        seen = self._seen(value, names, contested, bases or {}, known=stored is not None)
        if undoes is not None:
            seen[UNDOES] = self._named(value, (undoes,))
        if value.record_type in EDITED and value.scope in self._edits:
            seen[WITH] = _Seen((self._edits[value.scope],), 0)
        body = self._enter(key, value.scope, {name: wanted[name] for name in names}, seen)
        if contested or bases or (stored is None and self._is_begun(key)):
            projection.refresh(self._connection, [(value.record_type, value.id)])
        elif stored is None:
            table.insert.run(self._cursor, _as_columns(table, table.columns, {**wanted, "id": key[1]}))
        else:
            table.update(names).run(self._cursor, (*_as_columns(table, names, wanted), key[1]))
        if value.record_type in EDITED:
            self._edits.setdefault(value.scope, body["id"])
        return Change.model_validate(body)

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

    def _contested(self, key: _Key) -> set[str]:
        """The fields of a record that have several heads."""
        return {row[0] for row in self._statements.contested.run(self._cursor, key)}

    def _is_begun(self, key: _Key) -> bool:
        """Whether changes of a record are here that make no row yet: parts of it came before its beginning."""
        return len(self._statements.latest.run(self._cursor, key).fetchmany(2)) > 1

    def _refuse_closed(
        self,
        key: _Key,
        wanted: Mapping[str, Any],
        names: tuple[str, ...],
        stored: Mapping[str, Any] | None,
        bases: Bases,
    ) -> None:
        """What is signed can't change. The signed file of a revision may still be completed (time stamps)."""
        record_type, record_id = key
        if record_type == "revision":
            closing = stored.get("closing") if stored else None
            if closing is None or set(names) <= {"report"} or "closing" in bases:
                return
        else:
            of = record_id if record_type == "assessment" else wanted.get("assessment_id")
            if of is None:
                return
            closings = self._statements.closings.run(self._cursor, (of,)).fetchall()
            closing = loaded(max(closings, key=itemgetter(0))[1]) if closings else None
        if closing is not None:
            raise errors.closed(ClosingAct.model_validate(closing).number)

    def _seen(
        self, value: Record, names: tuple[str, ...], contested: set[str], bases: Bases, *, known: bool
    ) -> dict[str, _Seen]:
        """The bases of every field that is written. Of a record without a row nobody has seen anything."""
        seen: dict[str, _Seen] = {}
        if bases or contested:
            heads = merging.heads(self._read(self.history(value.record_type, value.id)))
            for name in names:
                found = heads.get((value.record_type, value.id, name), ())
                if name in bases:
                    seen[name] = self._named(value, bases[name])
                elif found:
                    seen[name] = _seen_of(merging.agreeing(name, found))
        elif known:
            seen = self._latest((value.record_type, str(value.id)), names)
        return seen

    def _named(self, value: Record, ids: tuple[UUID, ...]) -> _Seen:
        """Bases that the caller names."""
        changes = journal.changes_by_id(self._connection, ids).values()
        if len(changes) != len(set(ids)) or any(change.record_id != value.id for change in changes):
            raise BugError("a base must be a change of the same record that this store has applied")
        return _seen_of(tuple(changes))

    def _latest(self, key: _Key, names: tuple[str, ...]) -> dict[str, _Seen]:
        """The heads of uncontested fields: of each the change that was applied last."""
        missing, seen = set(names), dict[str, _Seen]()
        for row in self._statements.latest.run(self._cursor, key):
            change = dict(zip(CHANGE_NAMES, row, strict=True))
            for column in ("fields", "bases"):
                change[column] = loaded(change[column])
            fields = change["fields"]
            if not change["own"]:  # made by another version of this code, perhaps
                read = readable(journal.to_change(change))
                fields = {} if read is None else read.fields
            for name in missing & fields.keys():
                seen[name] = _Seen((change["id"],), change["hlc"])
                missing.discard(name)
            if not missing:
                break
        return seen

    def _read(self, changes: Iterable[Change]) -> Iterator[Change]:
        return (read for change in changes if (read := readable(change)) is not None)

    def _tail(self, scope: str) -> _Tail:
        if scope not in self._tails:
            row = self._statements.tail.run(self._cursor, (self._device, scope)).fetchone()
            self._tails[scope] = _Tail(*row) if row else _Tail(0, GENESIS, 0)
        return self._tails[scope]

    def _enter(
        self, key: _Key, scope: str, fields: dict[str, Any], seen: Mapping[str, _Seen]
    ) -> dict[str, Any]:
        """Writes the change, at the end of our chain, later than all it has seen; gives it as JSON values."""
        tail = self._tail(scope)
        body: dict[str, Any] = {
            "id": str(new_id()),
            "schema_version": SCHEMA,
            "record_type": key[0],
            "record_id": key[1],
            "fields": fields,
            "bases": {name: list(of_field.bases) for name, of_field in seen.items() if of_field.bases},
            "hlc": hlc.tick(self._clock.now(), [tail.hlc, *(of_field.hlc for of_field in seen.values())]),
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
        return body


def _seen_of(changes: Sequence[Change]) -> _Seen:
    return _Seen(tuple(str(change.id) for change in changes), max((c.hlc for c in changes), default=0))


def _as_columns(table: RecordStatements, names: Sequence[str], values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        [
            dumps(values[name]) if name in table.nested and values[name] is not None else values[name]
            for name in names
        ]
    )


def _changed(
    value: Record, wanted: Mapping[str, Any], stored: Mapping[str, Any] | None, settled: set[str]
) -> tuple[str, ...]:
    """The fields to write: of a new record all but the empty ones, of a known one those that differ or are settled."""
    if stored is None:
        empty = _empty_by_default(type(value))
        return tuple([name for name, item in wanted.items() if item or name not in empty])
    return tuple([name for name, item in wanted.items() if item != stored[name] or name in settled])


@lru_cache(maxsize=64)
def _empty_by_default(cls: type[Record]) -> frozenset[str]:
    """The fields that are empty unless somebody fills them: a new record's change doesn't mention them.

    So two people who start one record apart meet only in what both have filled in.
    """
    infos = cls.model_fields.items()
    return frozenset(
        n for n, i in infos if not i.is_required() and not i.get_default(call_default_factory=True)
    )
