"""Undo and redo of a visit's edits: each takes back the last one by a change of its own, and says which in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from uuid import UUID

from greenaudit.domain.assessments import Answer, Revision, revision_id
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.journal import Change
from greenaudit.domain.records import RECORDS
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import Record
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.rules import merging, undoing
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.views import Saved, Undone
from greenaudit.store.reader import Reader
from greenaudit.store.unit import Unit

_WORDS: dict[tuple[str, str], Message] = {
    ("answer", "response"): msg("Answer to {question}"),
    ("answer", "proof"): msg("What the answer to {question} is based on"),
    ("answer", "note"): msg("Note on {question}"),
    ("answer", "flagged"): msg("Mark on {question}"),
    ("photo", ""): msg("Photo of {question}"),
    ("photo", "caption"): msg("Caption of a photo of {question}"),
    ("photo", "deleted_at"): msg("Photo of {question}"),
    ("finding", ""): msg("Finding on {question}"),
    ("finding", "kind"): msg("Finding on {question}"),
    ("finding", "what"): msg("Finding on {question}"),
    ("finding", "told"): msg("Finding on {question}"),
    ("finding", "resolved"): msg("Danger seen to be gone, {question}"),
    ("finding", "deleted_at"): msg("Finding on {question}"),
    ("register_row", ""): msg("Row of {question}"),
    ("register_row", "cells"): msg("Row of {question}"),
    ("register_row", "order"): msg("Row of {question}"),
    ("register_row", "deleted_at"): msg("Row of {question}"),
}


class Undoing:
    """Takes back what this person did on this device in a visit, and does it again."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

    def undo(self, assessment_id: UUID) -> Undone | None:
        """Takes back the last edit that stands; None when there is none."""
        return self._take_back(assessment_id, redo=False)

    def redo(self, assessment_id: UUID) -> Undone | None:
        """Does again what was taken back last; None when there is nothing, or a new edit came since."""
        return self._take_back(assessment_id, redo=True)

    def _take_back(self, assessment_id: UUID, *, redo: bool) -> Undone | None:
        with self._context.store.unit(self._context.author_id) as unit:
            edit = self._next(unit, assessment_id, redo=redo)
            if not edit:
                return None
            what = words(unit, edit[-1])
            restored = [record for change in edit if (record := _restored(unit, change, what)) is not None]
        if not restored:
            return None
        question_id = str(getattr(restored[-1], "question_id", ""))
        return Undone.model_construct(
            what=what,
            question_id=question_id,
            field=_field(edit[-1]),
            redone=redo,
            saved=self._shown(assessment_id, question_id, restored),
        )

    def _next(self, reader: Reader, assessment_id: UUID, *, redo: bool) -> undoing.Edit:
        """The newest that changed a value: settling a conflict in favour of what was shown changed none."""

        def known(change_id: UUID) -> Change | None:
            return next(iter(reader.changes(ids=[change_id])), None)

        edits = self._edits(reader, assessment_id)
        now = self._context.clock.now()
        for edit in undoing.undone(edits, known) if redo else undoing.done(edits, known):
            histories = [(change, reader.history(change.record_type, change.record_id)) for change in edit]
            if any(undoing.restoring(change, history, now) for change, history in histories):
                return edit
        return ()

    def _edits(self, reader: Reader, assessment_id: UUID) -> Iterator[Change]:
        """A person's edits since the visit's revision was opened: what is signed is not taken back."""
        edits = reader.edits_of_assessment(assessment_id, self._context.author_id)
        number = self._desk.opened(assessment_id).revision.number
        before = reader.get(Revision, revision_id(assessment_id, number - 1)) if number > 1 else None
        if before is None or before.closing is None:
            return edits
        heads = before.closing.heads
        return takewhile(lambda change: not merging.is_within(change, heads), edits)

    def _shown(self, assessment_id: UUID, question_id: str, restored: Sequence[Record]) -> Saved:
        first = restored[0] if len(restored) == 1 else None
        if isinstance(first, Answer):
            return self._desk.answered(assessment_id, first)
        if isinstance(first, RegisterRow):
            return self._desk.listed(assessment_id, question_id, [first])
        return self._desk.reload(assessment_id)


def _restored(unit: Unit, change: Change, what: Message) -> Record | None:
    """The record after a change of it was taken back, saved; None where the change had changed no value."""
    history = unit.history(change.record_type, change.record_id)
    fields = undoing.restoring(change, history, unit.now())
    other = undoing.overtaken_by(change, fields, history)
    if other is not None:
        raise _overtaken(unit, other, what)
    cls = RECORDS[change.record_type]
    current = unit.get(cls, change.record_id)
    if current is None:
        return None
    after = cls.model_validate(current.model_dump(mode="json") | fields)
    return after if unit.save(after, undoes=change.id) else None


def words(reader: Reader, change: Change) -> Message:
    """What a change was about: the question and the part of its answer."""
    record = reader.get(RECORDS[change.record_type], change.record_id)
    said = _WORDS.get((change.record_type, _field(change)), msg("Edit of {question}"))
    return msg(said.text, question=str(getattr(record, "question_id", "")))


def _field(change: Change) -> str:
    """The field that says what a change was; empty where it began a record."""
    if undoing.is_creation(change):
        return ""
    return next((name for name in change.fields if (change.record_type, name) in _WORDS), "")


def _overtaken(reader: Reader, other: Change, what: Message) -> KnownError:
    person = reader.get(Person, other.author_id)
    return KnownError(
        "undo_overtaken",
        msg(
            "{what}: {person} changed it as well, so it is not undone. Look at it, and change it where it stands.",
            what=what,
            person=person.name if person else "?",
        ),
    )
