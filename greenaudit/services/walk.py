"""Walking a plant: every call saves one edit durably and says what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from greenaudit.domain.assessments import Proof, Response
from greenaudit.domain.checklists import CutsAnswer, NumberAnswer, PointsAnswer
from greenaudit.domain.findings import FindingKind
from greenaudit.domain.records import RECORDS
from greenaudit.domain.text import Note
from greenaudit.errors import BugError, KnownError
from greenaudit.i18n import Language
from greenaudit.messages import msg
from greenaudit.rules import numbers
from greenaudit.rules.evaluation import Effect
from greenaudit.rules.registers import is_register
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.editing import save_edit
from greenaudit.services.findings import Findings
from greenaudit.services.history import History
from greenaudit.services.registers import Registers
from greenaudit.services.undoing import Undoing
from greenaudit.services.views import Past, Saved, Undone


class Walk:
    """The edits of a visit. None keeps anything back: when a call returns, its edit is on the disk."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk
        self._registers = Registers(context, desk)
        self._history = History(context, desk)
        self._undoing = Undoing(context, desk)
        self._findings = Findings(context, desk)

    def answer(self, *, assessment_id: UUID, question_id: str, response: Response) -> Saved:
        """Gives or changes the answer to a question. A critical question is set aside only with a photo."""
        state = self._desk.state(assessment_id, question_id)
        question, photos = state.question, state.photos
        if response.state == "not_applicable" and question.critical and not photos:
            raise KnownError(
                "critical_needs_photo",
                msg(
                    "{question} is critical: add a photo that shows why it does not apply, then set it aside.",
                    question=question_id,
                ),
                question=question_id,
            )
        if response.state != "answered" and not response.reason:
            raise KnownError("reason_missing", msg("Say why: choose a reason from the list."))
        if is_register(question):
            return self._registers.replace(assessment_id, question_id, response)
        return self._save(assessment_id, question_id, response=response)

    def effect_of(self, *, assessment_id: UUID, question_id: str, response: Response) -> Effect:
        """What an answer would do to other questions, without giving it: said before it happens."""
        opened = self._desk.opened(assessment_id)
        after = opened.answer(question_id).model_copy(update={"response": response})
        return opened.evaluation.with_answer(after).effect(opened.evaluation)

    def clear(self, *, assessment_id: UUID, question_id: str) -> Saved:
        """Takes the answer back, a register's rows too; the journal keeps them."""
        if is_register(self._desk.state(assessment_id, question_id).question):
            return self._registers.replace(assessment_id, question_id, None)
        return self._save(assessment_id, question_id, response=None)

    def add_row(
        self,
        *,
        assessment_id: UUID,
        question_id: str,
        cells: Mapping[str, str],
        locale: str,
        unfinished: bool = False,
    ) -> Saved:
        """Adds a row to a register: cells by column as typed in a locale; `unfinished` lets required ones be empty.

        The new row is the last of `saved.changed[question_id].rows`.
        """
        return self._registers.add(assessment_id, question_id, cells, locale, unfinished=unfinished)

    def change_row(
        self,
        *,
        assessment_id: UUID,
        row_id: UUID,
        cells: Mapping[str, str],
        locale: str,
        unfinished: bool = False,
    ) -> Saved:
        """Changes cells of a row; those that are not given stay, an empty text empties one."""
        return self._registers.change(assessment_id, row_id, cells, locale, unfinished=unfinished)

    def remove_row(self, *, assessment_id: UUID, row_id: UUID) -> Saved:
        """Takes a row off its register; the journal keeps it."""
        return self._registers.remove(assessment_id, row_id)

    def prove(self, *, assessment_id: UUID, question_id: str, proof: Proof | None) -> Saved:
        """Says what the answer is based on: evidence grade, and months of record."""
        return self._save(assessment_id, question_id, proof=proof)

    def note(self, *, assessment_id: UUID, question_id: str, text: str, language: Language) -> Saved:
        """Writes the note of a question; an empty text removes it."""
        note = Note(text=text, language=language) if text.strip() else None
        return self._save(assessment_id, question_id, note=note)

    def flag(self, *, assessment_id: UUID, question_id: str, flagged: bool) -> Saved:
        """Marks a question to come back to."""
        return self._save(assessment_id, question_id, flagged=flagged)

    def resolve(self, *, assessment_id: UUID, question_id: str, field: str, change_id: UUID) -> Saved:
        """Settles a conflict of an answer or of a row: `change_id`'s value stands, over every head that it names."""
        conflicts = self._desk.state(assessment_id, question_id).conflicts
        conflict = next(
            (c for c in conflicts if c.field == field and change_id in {head.id for head in c.heads}), None
        )
        if conflict is None:
            raise KnownError(
                "conflict_settled",
                msg("Somebody has settled this meanwhile. Look at the answer as it stands now."),
            )
        chosen = next(change for change in conflict.heads if change.id == change_id)
        cls = RECORDS[conflict.record_type]
        with self._context.store.unit(self._context.author_id) as unit:
            current = unit.get(cls, conflict.record_id)
            if current is None:
                raise BugError(f"the record {conflict.record_id} is gone")
            raw = current.model_dump(mode="json") | {field: chosen.fields[field]}
            bases = {field: tuple(change.id for change in conflict.heads)}
            unit.save(cls.model_validate(raw), bases=bases)
        return self._desk.reload(assessment_id)

    def undo(self, *, assessment_id: UUID) -> Undone | None:
        """Takes back the last edit of this person on this device; KnownError where somebody changed it since."""
        return self._undoing.undo(assessment_id)

    def redo(self, *, assessment_id: UUID) -> Undone | None:
        """Does again what was taken back last, unless a new edit came since."""
        return self._undoing.redo(assessment_id)

    def history(self, *, assessment_id: UUID, question_id: str, locale: str) -> tuple[Past, ...]:
        """What happened to a question, its rows, photos and findings, in words, the newest first."""
        return self._history.of(assessment_id, question_id, locale)

    def tell(
        self, *, assessment_id: UUID, question_id: str, what: str, told_to: str, language: Language
    ) -> Saved:
        """Records a stop-and-tell: the danger, and that somebody of the plant has been told of it now."""
        return self._findings.write(assessment_id, question_id, "stop_and_tell", what, language, told_to)

    def find(
        self, *, assessment_id: UUID, question_id: str, kind: FindingKind, what: str, language: Language
    ) -> Saved:
        """Writes a finding of another class than stop-and-tell."""
        return self._findings.write(assessment_id, question_id, kind, what, language)

    def correct_finding(
        self,
        *,
        assessment_id: UUID,
        finding_id: UUID,
        kind: FindingKind,
        what: str,
        told_to: str,
        language: Language,
    ) -> Saved:
        """Corrects a finding while the visit is open; when the plant was told of a danger stays as it was recorded."""
        return self._findings.correct(assessment_id, finding_id, kind, what, language, told_to)

    def withdraw_finding(self, *, assessment_id: UUID, finding_id: UUID) -> Saved:
        """Takes a finding off the visit while it is open; the journal keeps it."""
        return self._findings.withdraw(assessment_id, finding_id)

    def resolve_danger(self, *, assessment_id: UUID, finding_id: UUID, what: str) -> Saved:
        """Records that a danger was seen to be gone, and what was done."""
        return self._findings.resolve(assessment_id, finding_id, what)

    def read_number(
        self, *, assessment_id: UUID, question_id: str, text: str, locale: str
    ) -> numbers.Reading:
        """What a typed number means in a locale: a value, a question back (two meanings), or not a number."""
        answer = self._desk.opened(assessment_id).checklist.by_id[question_id].answer
        if not isinstance(answer, CutsAnswer | PointsAnswer | NumberAnswer):
            raise BugError(f"{question_id} asks for no number")
        return numbers.read_number(text, locale)

    def _save(self, assessment_id: UUID, question_id: str, **edit: object) -> Saved:
        seen = self._desk.seen(assessment_id).stored(question_id)
        after, alone = save_edit(self._context, seen, edit)
        return self._desk.answered(assessment_id, after) if alone else self._desk.reload(assessment_id)
