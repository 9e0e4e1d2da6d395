"""Reading: one moment of the store, values out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.engine import Connection

from greenaudit.domain.assessments import ChainHead, ClosingAct
from greenaudit.domain.journal import ChainSignature, Change, Conflict
from greenaudit.domain.records import RECORDS
from greenaudit.domain.values import Record
from greenaudit.rules import merging
from greenaudit.store import journal
from greenaudit.store.journal_tables import CHAIN_SIGNATURE, CHANGE, HEAD, META
from greenaudit.store.projection import row_of
from greenaudit.store.tables import record_table
from greenaudit.store.upcasting import readable

R = TypeVar("R", bound=Record)

OF_ASSESSMENT = tuple(name for name, cls in RECORDS.items() if "assessment_id" in cls.model_fields)
"""The record types that belong to an assessment."""


@dataclass(frozen=True)
class Unconfirmed:
    """What was made here and the endpoint has not confirmed: changes, and records by type."""

    changes: int
    records: dict[str, int]


class Reader:
    """Reads within one transaction: all it gives belongs to one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, cls: type[R], record_id: UUID) -> R | None:
        """The record of that id, a deleted one too (see `deleted_at`); None when there is none."""
        table = record_table(cls.record_type)
        row = self._connection.execute(select(table).where(table.c.id == str(record_id))).mappings().first()
        return None if row is None else cls.model_validate(dict(row))

    def where(self, cls: type[R], *, deleted: bool = False, **equals: Any) -> tuple[R, ...]:
        """The records whose columns equal these values (a list: any of them), by id; deleted ones only on request."""
        table = record_table(cls.record_type)
        statement = select(table).order_by(table.c.id)
        if not deleted:
            statement = statement.where(table.c.deleted_at.is_(None))
        for name, value in equals.items():
            statement = statement.where(_equals(table.c[name], value))
        return tuple(cls.model_validate(dict(row)) for row in self._connection.execute(statement).mappings())

    def conflicts(
        self, *, assessment_id: UUID | None = None, record_ids: Iterable[UUID] | None = None
    ) -> tuple[Conflict, ...]:
        """The fields that people changed apart: of one assessment, of some records, or of all."""
        if record_ids is not None:
            parts: Iterable[ColumnElement[bool]] = (
                HEAD.c.record_id.in_(part) for part in journal.chunks(map(str, record_ids))
            )
        elif assessment_id is not None:
            parts = (_of_assessment(HEAD.c.record_type, HEAD.c.record_id, assessment_id),)
        else:
            parts = (true(),)
        ids: dict[merging.FieldKey, list[UUID]] = defaultdict(list)
        for part in parts:
            for head in self._connection.execute(select(HEAD).where(part)):
                ids[head.record_type, UUID(head.record_id), head.field].append(UUID(head.change_id))
        changes = journal.changes_by_id(self._connection, (i for of_field in ids.values() for i in of_field))
        read = {i: readable(change) for i, change in changes.items()}
        found = (
            merging.conflict_of(key, merging.shown_first(c for i in of_field if (c := read[i]) is not None))
            for key, of_field in sorted(ids.items())
        )
        return tuple(conflict for conflict in found if conflict is not None)

    def history(self, record_type: str, record_id: UUID) -> tuple[Change, ...]:
        """Every change of a record, in the order people made them as far as clocks tell."""
        found = journal.changes_where(
            self._connection, CHANGE.c.record_type == record_type, CHANGE.c.record_id == str(record_id)
        )
        return tuple(sorted(found, key=merging.rank))

    def changes(self, scope: str | None = None, *, ids: Iterable[UUID] | None = None) -> tuple[Change, ...]:
        """The applied changes (of a scope; of these ids), in the order in which they were applied here."""
        if ids is not None:
            return tuple(journal.changes_by_id(self._connection, ids).values())
        return journal.changes_where(self._connection, *([] if scope is None else [CHANGE.c.scope == scope]))

    def changes_of_assessment(self, assessment_id: UUID) -> tuple[Change, ...]:
        """Every change of an assessment and of all that belongs to it."""
        return journal.changes_where(
            self._connection, _of_assessment(CHANGE.c.record_type, CHANGE.c.record_id, assessment_id)
        )

    def changes_of(self, cls: type[Record]) -> tuple[Change, ...]:
        """Every change of the records of a class."""
        return journal.changes_where(self._connection, CHANGE.c.record_type == cls.record_type)

    def edits_of_assessment(self, assessment_id: UUID, author_id: UUID) -> Iterator[Change]:
        """What a person changed in an assessment on this device, the newest first, read as far as one asks."""
        statement = (
            select(*journal.CHANGE_COLUMNS)
            .where(
                _of_assessment(CHANGE.c.record_type, CHANGE.c.record_id, assessment_id),
                CHANGE.c.own.is_(True),
                CHANGE.c.author_id == str(author_id),
                CHANGE.c.device_id == (self.meta("device_id") or ""),
            )
            .order_by(CHANGE.c.position.desc())
        )
        with self._connection.execute(statement) as found:
            for row in found.mappings():
                yield journal.to_change(row)

    def elsewhere(self, scope: str, records: Iterable[merging.RecordKey]) -> frozenset[merging.RecordKey]:
        """Those of these records that changes of another scope are about."""
        return frozenset(journal.known_records(self._connection, records, CHANGE.c.scope != scope))

    def chain_heads(self, scopes: Iterable[str] | None = None) -> dict[str, dict[str, ChainHead]]:
        """The head of every chain of these scopes (of all): what a closing names."""
        return journal.chain_heads(self._connection, scopes)

    def signatures_between(
        self, scope: str, device_id: UUID, first: int, last: int
    ) -> tuple[ChainSignature, ...]:
        """The signatures of a device over its changes of a scope from one number to another."""
        signed = CHAIN_SIGNATURE.c
        rows = self._connection.execute(
            select(CHAIN_SIGNATURE)
            .where(signed.scope == scope, signed.device_id == str(device_id), signed.seq.between(first, last))
            .order_by(signed.seq)
        ).mappings()
        return tuple(ChainSignature.model_validate(dict(row)) for row in rows)

    def within(
        self, cls: type[R], named: merging.ChainHeads, *, assessment_id: UUID | None = None
    ) -> tuple[R, ...]:
        """The records of a class as the changes within these heads left them: what was signed. Deleted ones are out."""
        of_class = CHANGE.c.record_type == cls.record_type
        if assessment_id is not None:
            of_class = and_(of_class, _of_assessment(CHANGE.c.record_type, CHANGE.c.record_id, assessment_id))
        changes = journal.changes_where(self._connection, of_class, CHANGE.c.scope.in_(list(named)))
        return _records_of(cls, merging.within(changes, named))

    def said_by(self, cls: type[R], devices: Iterable[UUID]) -> tuple[R, ...]:
        """The records of a class as the changes made on these devices alone leave them. Deleted ones are out."""
        changes = journal.changes_where(
            self._connection,
            CHANGE.c.record_type == cls.record_type,
            CHANGE.c.device_id.in_([str(device) for device in devices]),
        )
        return _records_of(cls, changes)

    def closing(self, assessment_id: UUID) -> ClosingAct | None:
        """What closed the assessment's current revision; None while it is open."""
        revision = record_table("revision")
        statement = (
            select(revision.c.closing)
            .where(revision.c.assessment_id == str(assessment_id), revision.c.deleted_at.is_(None))
            .order_by(revision.c.number.desc())
            .limit(1)
        )
        closing = self._connection.execute(statement).scalar()
        return None if closing is None else ClosingAct.model_validate(closing)

    def late_changes(self, assessment_id: UUID) -> tuple[Change, ...]:
        """The changes of a signed assessment that its closing did not name; its revisions' own apart."""
        closing = self.closing(assessment_id)
        if closing is None:
            return ()
        changes = self.changes_of_assessment(assessment_id)
        return merging.late((c for c in changes if c.record_type != "revision"), closing.heads)

    def unconfirmed(self) -> Unconfirmed:
        """What exists on this device and, as far as it knows, nowhere else."""
        of_record = (
            select(CHANGE.c.record_type, func.count().label("changes"))
            .where(CHANGE.c.own.is_(True), CHANGE.c.confirmed.is_(False))
            .group_by(CHANGE.c.record_type, CHANGE.c.record_id)
            .subquery()
        )
        statement = select(of_record.c.record_type, func.count(), func.sum(of_record.c.changes)).group_by(
            of_record.c.record_type
        )
        rows = self._connection.execute(statement).all()
        return Unconfirmed(
            changes=sum(int(changes) for _, _, changes in rows), records={kind: n for kind, n, _ in rows}
        )

    def confirmed(self) -> int:
        """How many of the changes that were made here the endpoint has."""
        made_here = select(func.count()).where(CHANGE.c.own.is_(True), CHANGE.c.confirmed.is_(True))
        return int(self._connection.execute(made_here).scalar_one())

    def meta(self, key: str) -> str | None:
        """A fact about this store."""
        value = self._connection.execute(select(META.c.value).where(META.c.key == key)).scalar()
        return None if value is None else str(value)


def _records_of(cls: type[R], changes: Iterable[Change]) -> tuple[R, ...]:
    """The records that these changes of a class add up to. Deleted ones are out."""
    read = (readable(change) for change in changes)
    state = merging.state(change for change in read if change is not None)
    rows = (row_of(kind, record_id, fields) for (kind, record_id), fields in sorted(state.items()))
    records = (cls.model_validate(row) for row in rows if row is not None)
    return tuple(record for record in records if record.deleted_at is None)


def _equals(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if isinstance(value, list | tuple | set | frozenset):
        return column.in_([_plain(item) for item in value])
    return column.is_(None) if value is None else column == _plain(value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _of_assessment(
    record_type: ColumnElement[str], record_id: ColumnElement[str], assessment_id: UUID
) -> ColumnElement[bool]:
    """Whether a record is the assessment or belongs to it."""
    parts: list[ColumnElement[bool]] = [and_(record_type == "assessment", record_id == str(assessment_id))]
    for name in OF_ASSESSMENT:
        table = record_table(name)
        of_it = select(table.c.id).where(table.c.assessment_id == str(assessment_id))
        parts.append(and_(record_type == name, record_id.in_(of_it)))
    return or_(*parts)
