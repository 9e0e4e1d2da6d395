"""A visit as it was read from the store, with its figures; the value that `Desk` keeps and replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from greenaudit.domain.assessments import Answer, Assessment, Revision, answer_id
from greenaudit.domain.checklists import PROFILE, Checklist, Question, Remark
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.journal import Conflict
from greenaudit.domain.suppliers import Plant
from greenaudit.rules.asking import planned_minutes
from greenaudit.rules.completeness import next_open
from greenaudit.rules.evaluation import Evaluation
from greenaudit.rules.lifecycle import is_closed
from greenaudit.rules.registers import composed, in_order
from greenaudit.services.sample_records import is_sample
from greenaudit.services.views import (
    AreaProgress,
    Bookmark,
    Meters,
    ModuleProgress,
    PreviousAnswer,
    QuestionState,
    Visit,
)


@dataclass(frozen=True)
class Opened:
    """A visit in memory. Everything in it can be read again from the store.

    `answers` are as they are stored; what is shown and evaluated has the rows of its register in it (`answer`).
    """

    assessment: Assessment
    plant: Plant
    supplier: str
    lead_name: str
    checklist: Checklist
    revision: Revision
    answers: dict[str, Answer]
    photos: dict[str, tuple[Photo, ...]]
    findings: tuple[Finding, ...]
    conflicts: dict[str, tuple[Conflict, ...]]
    previous: dict[str, PreviousAnswer]
    visit_number: int
    late_changes: int
    evaluation: Evaluation
    rows: dict[str, tuple[RegisterRow, ...]] = field(default_factory=dict)

    def with_answer(self, answer: Answer) -> Opened:
        """The visit after one answer was saved."""
        return self._reckoned(
            replace(self, answers={**self.answers, answer.question_id: answer}), answer.question_id
        )

    def with_rows(self, question_id: str, changed: Iterable[RegisterRow]) -> Opened:
        """The visit after rows of a register were saved: added, changed or removed (`deleted_at`)."""
        known = {row.id: row for row in self.rows.get(question_id, ())} | {row.id: row for row in changed}
        rows = {**self.rows, question_id: in_order(known.values())}
        return self._reckoned(replace(self, rows=rows), question_id)

    def stored(self, question_id: str) -> Answer:
        """The answer as its record is, or a blank one."""
        return self.answers.get(question_id) or blank_answer(self.assessment, question_id)

    def answer(self, question_id: str) -> Answer:
        """The answer as it is read: with the rows of its register."""
        question = self.checklist.by_id[question_id]
        return composed(question, self.stored(question_id), self.rows.get(question_id, ()))

    def _reckoned(self, after: Opened, question_id: str) -> Opened:
        return replace(after, evaluation=self.evaluation.with_answer(after.answer(question_id)))

    def with_photo(self, photo: Photo) -> Opened:
        """The visit after one photo was added."""
        held = (*self.photos.get(photo.question_id, ()), photo)
        return replace(self, photos={**self.photos, photo.question_id: held})

    def state(self, question: Question) -> QuestionState:
        """All that the card of a question shows."""
        standing = self.evaluation.standings[question.id]
        return QuestionState.model_construct(
            question=question,
            applies=self.evaluation.asks(question.id),
            answer=self.answer(question.id),
            rows=self.rows.get(question.id, ()),
            photos=self.photos.get(question.id, ()),
            level=standing.level,
            effective=standing.effective,
            needs=standing.needs,
            previous=self.previous.get(question.id),
            conflicts=self.conflicts.get(question.id, ()),
            remarks=self.remarks(question),
        )

    def remarks(self, question: Question) -> tuple[Remark, ...]:
        """The notes around a question that are to be read as the plant is."""
        if not question.remarks:
            return ()
        return self.evaluation.layout.plan.remarks(question, self.evaluation.facts)

    def remarks_differ(self, before: Opened) -> set[str]:
        """The questions around which other notes are to be read than before."""
        if self.evaluation.facts is before.evaluation.facts:
            return set()
        noted = (question for question in self.checklist.questions if question.remarks)
        return {question.id for question in noted if self.remarks(question) != before.remarks(question)}

    def areas(self) -> tuple[AreaProgress, ...]:
        """The areas that have anything to ask, in walking order."""
        progress, planned = self.evaluation.progress_by_area, planned_minutes(self.evaluation)
        return tuple(
            AreaProgress(
                area=area,
                done=progress[area.id].done,
                total=progress[area.id].total,
                open_critical=progress[area.id].open_critical,
                planned=planned[area.id],
                complete=progress[area.id].complete,
            )
            for area in self.checklist.areas
            if area.id in planned
        )

    def modules(self) -> tuple[ModuleProgress, ...]:
        """Progress of each module in scope."""
        progress = self.evaluation.progress_by_module
        return tuple(
            ModuleProgress(module=module, done=progress[module].done, total=progress[module].total)
            for module in self.evaluation.layout.scope
        )

    def meters(self) -> Meters:
        """The figures of the strip."""
        return Meters(**self.evaluation.meters.model_dump())

    def visit(self) -> Visit:
        """The whole visit as a value."""
        return Visit.model_construct(
            assessment=self.assessment,
            plant=self.plant,
            supplier=self.supplier,
            checklist=self.checklist,
            revision=self.revision,
            closed=is_closed(self.revision),
            states={question.id: self.state(question) for question in self.checklist.questions},
            areas=self.areas(),
            modules=self.modules(),
            meters=self.meters(),
            score=self.evaluation.score,
            findings=self.findings,
            visit_number=self.visit_number,
            late_changes=self.late_changes,
            lead_name=self.lead_name,
            sample=is_sample(self.assessment.programme_id),
        )

    def asked(self) -> tuple[Question, ...]:
        """The questions that this visit asks, in the checklist's order."""
        return tuple(q for q in self.checklist.questions if self.evaluation.asks(q.id))

    def resume(self, left: Bookmark) -> tuple[Question | None, str]:
        """Where the walk goes on, and in which area: where it was left, else at the next open question.

        None when nothing is open any more.
        """
        in_order = sorted(self.asked(), key=lambda question: question.section != PROFILE)  # as it is walked
        found = next_open(in_order, self.evaluation.standings)
        if found is None:
            return None, ""
        kept = left.question_id in self.checklist.by_id and self.evaluation.asks(left.question_id)
        question = self.checklist.by_id[left.question_id if kept else found]
        return question, left.area_id if left.area_id in question.areas else question.areas[0]


def blank_answer(assessment: Assessment, question_id: str) -> Answer:
    """The answer to a question that nobody has touched."""
    return Answer(
        id=answer_id(assessment.id, question_id),
        programme_id=assessment.programme_id,
        assessment_id=assessment.id,
        question_id=question_id,
    )


def rows_by_question(rows: Iterable[RegisterRow]) -> dict[str, tuple[RegisterRow, ...]]:
    """Rows in their order under each register."""
    groups: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in in_order(rows):
        groups[row.question_id].append(row)
    return {question: tuple(group) for question, group in groups.items()}


def photos_by_question(photos: Iterable[Photo]) -> dict[str, tuple[Photo, ...]]:
    """Photos in their order under each question."""
    groups: dict[str, list[Photo]] = defaultdict(list)
    for photo in sorted(photos, key=lambda p: (p.order, str(p.id))):
        groups[photo.question_id].append(photo)
    return {question: tuple(group) for question, group in groups.items()}
