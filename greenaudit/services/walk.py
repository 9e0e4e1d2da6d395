"""Walking a plant: every call saves one edit durably and says what it changed."""

from __future__ import annotations

from uuid import UUID

from greenaudit.domain.assessments import Answer, Proof, Response
from greenaudit.domain.checklists import CutsAnswer, NumberAnswer, PointsAnswer
from greenaudit.domain.findings import Finding, FindingKind, Resolved, Told
from greenaudit.domain.text import Note
from greenaudit.errors import BugError, KnownError
from greenaudit.i18n import Language
from greenaudit.ids import new_id
from greenaudit.messages import msg
from greenaudit.rules import numbers
from greenaudit.rules.evaluation import Effect
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.views import Saved


class Walk:
    """The edits of a visit. None keeps anything back: when a call returns, its edit is on the disk."""

    def __init__(self, context: Context, desk: Desk) -> None:
        self._context = context
        self._desk = desk

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
        return self._save(assessment_id, question_id, response=response)

    def effect_of(self, *, assessment_id: UUID, question_id: str, response: Response) -> Effect:
        """What an answer would do to other questions, without giving it: said before it happens."""
        opened = self._desk.opened(assessment_id)
        before = opened.state(opened.checklist.by_id[question_id]).answer
        after = before.model_copy(update={"response": response})
        return opened.evaluation.with_answer(after).effect(opened.evaluation)

    def clear(self, *, assessment_id: UUID, question_id: str) -> Saved:
        """Takes the answer back; the journal keeps it."""
        return self._save(assessment_id, question_id, response=None)

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
        """Settles a conflict: the value of `change_id` stands, and names every head that it supersedes."""
        conflicts = self._desk.state(assessment_id, question_id).conflicts
        conflict = next((c for c in conflicts if c.field == field), None)
        if conflict is None:
            raise BugError(f"no conflict in {field} of {question_id}")
        chosen = next(change for change in conflict.heads if change.id == change_id)
        with self._context.store.unit(self._context.author_id) as unit:
            current = unit.get(Answer, conflict.record_id)
            if current is None:
                raise BugError(f"the answer {conflict.record_id} is gone")
            raw = current.model_dump(mode="json") | {field: chosen.fields[field]}
            bases = {field: tuple(change.id for change in conflict.heads)}
            unit.save(Answer.model_validate(raw), bases=bases)
        return self._desk.reload(assessment_id)

    def tell(
        self, *, assessment_id: UUID, question_id: str, what: str, told_to: str, language: Language
    ) -> Saved:
        """Records a stop-and-tell: the danger, and that somebody of the plant has been told of it now."""
        if not what.strip() or not told_to.strip():
            raise KnownError("tell_incomplete", msg("Say what the danger is and who was told."))
        told = Told(at=self._context.clock.now(), to=told_to.strip())
        return self._finding(assessment_id, question_id, "stop_and_tell", what, language, told)

    def find(
        self, *, assessment_id: UUID, question_id: str, kind: FindingKind, what: str, language: Language
    ) -> Saved:
        """Writes a finding of another class than stop-and-tell."""
        if not what.strip():
            raise KnownError("finding_empty", msg("Write what was found."))
        return self._finding(assessment_id, question_id, kind, what, language, None)

    def resolve_danger(self, *, assessment_id: UUID, finding_id: UUID, what: str) -> Saved:
        """Records that a danger was seen to be gone, and what was done."""
        with self._context.store.unit(self._context.author_id) as unit:
            finding = unit.get(Finding, finding_id)
            if finding is None:
                raise BugError(f"no finding {finding_id}")
            resolved = Resolved(at=self._context.clock.now(), what=what.strip())
            unit.save(finding.model_copy(update={"resolved": resolved}))
        return self._desk.reload(assessment_id)

    def read_number(
        self, *, assessment_id: UUID, question_id: str, text: str, locale: str
    ) -> numbers.Reading:
        """What a typed number means in a locale: a value, a question back (two meanings), or not a number."""
        answer = self._desk.opened(assessment_id).checklist.by_id[question_id].answer
        if not isinstance(answer, CutsAnswer | PointsAnswer | NumberAnswer):
            raise BugError(f"{question_id} asks for no number")
        return numbers.read_number(text, locale)

    def _finding(
        self,
        assessment_id: UUID,
        question_id: str,
        kind: FindingKind,
        what: str,
        language: Language,
        told: Told | None,
    ) -> Saved:
        visit = self._desk.opened(assessment_id)
        question = visit.checklist.by_id[question_id]
        finding = Finding(
            id=new_id(),
            programme_id=visit.assessment.programme_id,
            assessment_id=assessment_id,
            question_id=question_id,
            module=question.module,
            area=question.areas[0],
            kind=kind,
            what=Note(text=what.strip(), language=language),
            told=told,
        )
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(finding)
        return self._desk.reload(assessment_id)

    def _save(self, assessment_id: UUID, question_id: str, **edit: object) -> Saved:
        before = self._desk.state(assessment_id, question_id).answer
        after = before.model_copy(update=edit)
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(after)
        return self._desk.answered(assessment_id, after)
