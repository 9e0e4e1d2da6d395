"""The open visits in memory: read once, kept in step with every edit, thrown away when something came from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from greenaudit.domain.assessments import Answer, Assessment, ClosingAct, Revision
from greenaudit.domain.checklists import Checklist, Module
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.journal import Conflict
from greenaudit.domain.programmes import Programme
from greenaudit.domain.suppliers import Organisation, Person, Plant
from greenaudit.domain.values import Record
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import Message, msg
from greenaudit.rules.evaluation import Evaluation, evaluate
from greenaudit.rules.lifecycle import current_revision, state_of
from greenaudit.rules.registers import composed
from greenaudit.rules.stairs import Shares, stair_shares
from greenaudit.services.bookmarks import bookmark_of
from greenaudit.services.context import Context
from greenaudit.services.counting import count_edits_only_here, count_only_here
from greenaudit.services.opened import Opened, blank_answer, photos_by_question, rows_by_question
from greenaudit.services.packs import Packs
from greenaudit.services.sample_records import is_sample
from greenaudit.services.views import OnlyHere, PreviousAnswer, QuestionState, Saved, Visit, VisitCard
from greenaudit.store.reader import Reader

_log = logger("visits")

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass
class _Kept:
    """What is kept since the last time that everything was thrown away."""

    visits: dict[UUID, Opened] = field(default_factory=dict)
    earlier: dict[UUID, Opened] = field(default_factory=dict)
    only_here: OnlyHere | None = None


class Desk:
    """Keeps the visits that were opened. What it holds can always be read again from the store.

    A synchronisation in another thread may have everything thrown away in the middle of any call here: who reads or
    writes takes `_kept` once, so that what was read before goes with it.
    """

    def __init__(self, context: Context, packs: Packs) -> None:
        self._context = context
        self._packs = packs
        self._kept = _Kept()
        self._seen: dict[UUID, Opened] = {}

    def visit(self, assessment_id: UUID) -> Visit:
        """The visit as it stands, from memory when it is there."""
        return self._get(assessment_id).visit()

    def reloaded(self, assessment_id: UUID) -> Visit:
        """The visit as it stands on the disk."""
        self.forget(assessment_id)
        return self._show(self._get(assessment_id)).visit()

    def seen(self, assessment_id: UUID) -> Opened:
        """The visit as whoever edits it was shown it last: what came from elsewhere since then they haven't seen.

        So an edit over a value that nobody saw here becomes a conflict, instead of replacing it.
        """
        now = self._get(assessment_id)  # read before it is edited: what an edit changes is told by comparing
        return self._seen.get(assessment_id, now)

    def _show(self, opened: Opened) -> Opened:
        self._seen[opened.assessment.id] = opened
        return opened

    def opened(self, assessment_id: UUID) -> Opened:
        """The visit with its evaluation."""
        return self._get(assessment_id)

    def state(self, assessment_id: UUID, question_id: str) -> QuestionState:
        """One question of a visit, without building the rest."""
        opened = self._get(assessment_id)
        return opened.state(opened.checklist.by_id[question_id])

    def forget(self, assessment_id: UUID | None = None) -> None:
        """Throws a visit away (all of them): it is read again when it is asked for.

        When all go, since something came from elsewhere, what was shown of them is still what their editors saw.
        """
        self._kept.only_here = None
        if assessment_id is None:
            self._kept = _Kept()
        else:
            self._kept.visits.pop(assessment_id, None)
            self._kept.earlier.pop(assessment_id, None)
            self._seen.pop(assessment_id, None)

    def answered(self, assessment_id: UUID, answer: Answer) -> Saved:
        """What an answer that was just saved has changed."""
        before = self._get(assessment_id)
        return self._edited(before, before.with_answer(answer), answer.question_id)

    def listed(
        self, assessment_id: UUID, question_id: str, rows: Iterable[RegisterRow], answer: Answer | None = None
    ) -> Saved:
        """What rows of a register that were just saved (and its answer) have changed."""
        before = self._get(assessment_id)
        after = before if answer is None else before.with_answer(answer)
        return self._edited(before, after.with_rows(question_id, rows), question_id)

    def photographed(self, assessment_id: UUID, photo: Photo) -> Saved:
        """What a photo that was just saved has changed."""
        before = self._get(assessment_id)
        after = before.with_photo(photo)
        self._replace(before, after)
        self._kept.only_here = None
        return self._saved(after, self._untold(before) | {photo.question_id})

    def reload(self, assessment_id: UUID) -> Saved:
        """Everything again, after an edit that may touch anything."""
        self.forget(assessment_id)
        after = self._get(assessment_id)
        return self._saved(after, after.checklist.by_id)

    def card(self, assessment_id: UUID) -> VisitCard:
        """The visit as a line of a list."""
        opened = self._get(assessment_id)
        modules = opened.modules()
        done, total = sum(m.done for m in modules), sum(m.total for m in modules)
        closing = opened.revision.closing
        resume, area_id = opened.resume(bookmark_of(self._context, assessment_id))
        place: tuple[int, int] | None = None
        area = None
        if resume is not None:
            area = next(a for a in opened.checklist.areas if a.id == area_id)
            here = [q.id for q in opened.asked() if area.id in q.areas]
            place = (here.index(resume.id) + 1, len(here))
        return VisitCard(
            assessment_id=assessment_id,
            plant=opened.plant,
            supplier=opened.supplier,
            state=state_of(opened.revision, begun=done > 0),
            started_at=opened.assessment.started_at,
            closed_at=closing.closed_at if closing else None,
            done=done,
            total=total,
            modules=modules,
            resume_area=area.title if area else None,
            resume_question=resume.id if resume else None,
            resume_place=place,
            report_number=closing.number if closing else "",
            conflicts=sum(len(found) for found in opened.conflicts.values()),
            sample=is_sample(opened.assessment.programme_id),
            kind=opened.assessment.kind,
        )

    def stairs(self, assessment_id: UUID) -> dict[Module, Shares]:
        """How much of what was assessed stands on each step, by module."""
        return stair_shares(self._get(assessment_id).evaluation)

    def last_scores(self, assessment: Assessment) -> dict[Module, Decimal]:
        """The modules' scores of the visit before; empty when there is none on this device."""
        before = self._before(assessment)
        if before is None:
            return {}
        scores = before.evaluation.score.modules
        return {m: s.score for m in before.evaluation.layout.scope if (s := scores[m]).score is not None}

    def before(self, assessment_id: UUID) -> Opened | Message | None:
        """The visit that this one is compared with, or why it can't be read here; None at a first visit."""
        earlier = self._get(assessment_id).assessment.previous_id
        if earlier is None:
            return None
        try:
            return self._earlier(earlier)
        except KnownError as error:
            return error.message

    def _before(self, assessment: Assessment) -> Opened | None:
        """The visit before; what can't be read of it must not keep anybody from this one."""
        if assessment.previous_id is None:
            return None
        try:
            return self._earlier(assessment.previous_id)
        except KnownError as error:
            _log.warning("the visit before %s can't be read: %s", assessment.id, error.code)
            return None

    def _earlier(self, assessment_id: UUID) -> Opened:
        """A visit that another one names as the one before, read without the one before it in its turn."""
        kept = self._kept
        found = kept.visits.get(assessment_id) or kept.earlier.get(assessment_id)
        if found is None:
            found = kept.earlier[assessment_id] = self._read(assessment_id, alone=True)
        return found

    def _edited(self, before: Opened, after: Opened, question_id: str) -> Saved:
        self._replace(before, after)
        changed = {question_id, *after.evaluation.differences(before.evaluation)}
        changed |= after.remarks_differ(before) | self._untold(before)
        photos, kept = self.only_here().photos, self._kept
        kept.only_here = count_edits_only_here(self._context, photos)
        return self._saved(after, changed)

    def _untold(self, before: Opened) -> frozenset[str]:
        """The questions of which the editor knows less than what an edit was made of: all, once others wrote."""
        told = self._seen.get(before.assessment.id, before)
        return frozenset() if told is before else frozenset(before.checklist.by_id)

    def _saved(self, opened: Opened, changed: Iterable[str]) -> Saved:
        self._show(opened)
        return Saved.model_construct(
            at=self._context.clock.now(),
            changed={q: opened.state(opened.checklist.by_id[q]) for q in changed},
            areas=opened.areas(),
            modules=opened.modules(),
            meters=opened.meters(),
            score=opened.evaluation.score,
            findings=opened.findings,
            only_here=self.only_here(),
        )

    def only_here(self) -> OnlyHere:
        """What exists on this device and nowhere else."""
        kept = self._kept
        if kept.only_here is None:
            kept.only_here = count_only_here(self._context)
        return kept.only_here

    def _replace(self, before: Opened, after: Opened) -> None:
        """Keeps an edited visit in the place of the one it was made of, unless that was thrown away meanwhile."""
        visits = self._kept.visits
        self._kept.earlier.pop(before.assessment.id, None)
        if visits.get(before.assessment.id) is before:
            visits[before.assessment.id] = after

    def _get(self, assessment_id: UUID) -> Opened:
        kept = self._kept
        found = kept.visits.get(assessment_id)
        if found is None:
            found = kept.visits[assessment_id] = self._read(assessment_id)
        return found

    def _read(self, assessment_id: UUID, *, alone: bool = False) -> Opened:
        with self._context.store.read() as reader:
            assessment = reader.get(Assessment, assessment_id)
            if assessment is None:
                raise KnownError(
                    "visit_absent", msg("This visit is not on this device. Sync, then open it again.")
                )
            plant = _needed(reader.get(Plant, assessment.plant_id))
            supplier = reader.get(Organisation, plant.organisation_id)
            lead = reader.get(Person, assessment.lead_id)
            programme = reader.get(Programme, assessment.programme_id)
            revision = current_revision(reader.where(Revision, assessment_id=assessment_id))
            revision = _needed(revision)
            answers = _records(reader, Answer, assessment_id, revision.closing)
            photos = _records(reader, Photo, assessment_id, revision.closing)
            findings = _records(reader, Finding, assessment_id, revision.closing)
            listed = _records(reader, RegisterRow, assessment_id, revision.closing)
            conflicts = reader.conflicts(assessment_id=assessment_id)
            late = len(reader.late_changes(assessment_id))
            number = sum(
                other.started_at <= assessment.started_at
                for other in reader.where(Assessment, plant_id=assessment.plant_id)
            )
        checklist = self._packs.of(assessment.pack)
        known = {answer.question_id: answer for answer in answers if answer.question_id in checklist.by_id}
        rows = rows_by_question(row for row in listed if row.question_id in checklist.by_id)
        read = _composed(checklist, assessment, known, rows)
        before = None if alone else self._before(assessment)
        return Opened(
            assessment=assessment,
            plant=plant,
            supplier=supplier.name if supplier else "",
            lead_name=lead.name if lead else "",
            checklist=checklist,
            revision=revision,
            answers=known,
            photos=photos_by_question(photos),
            findings=tuple(sorted(findings, key=lambda f: str(f.id))),
            conflicts=_by_question(conflicts, known, listed),
            previous=_previous(before),
            visit_number=number,
            late_changes=late,
            evaluation=_evaluated(checklist, plant, read.values(), findings, assessment, programme),
            rows=rows,
        )


def _records(reader: Reader, cls: type[R], assessment_id: UUID, closing: ClosingAct | None) -> tuple[R, ...]:
    """The records as they stand; of a signed visit as they were signed."""
    if closing is not None:
        return reader.within(cls, closing.heads, assessment_id=assessment_id)
    return reader.where(cls, assessment_id=assessment_id)


def _composed(
    checklist: Checklist,
    assessment: Assessment,
    answers: dict[str, Answer],
    rows: dict[str, tuple[RegisterRow, ...]],
) -> dict[str, Answer]:
    """The answers as they are read, with the rows of their registers."""
    listed = {
        question_id: composed(
            checklist.by_id[question_id],
            answers.get(question_id) or blank_answer(assessment, question_id),
            part,
        )
        for question_id, part in rows.items()
    }
    return {**answers, **listed}


def _evaluated(
    checklist: Checklist,
    plant: Plant,
    answers: Iterable[Answer],
    findings: Iterable[Finding],
    assessment: Assessment,
    programme: Programme | None,
) -> Evaluation:
    return evaluate(
        checklist,
        plant,
        answers,
        findings,
        modules=assessment.modules,
        kind=assessment.kind,
        weights=programme.module_weights if programme else None,
    )


def _previous(before: Opened | None) -> dict[str, PreviousAnswer]:
    if before is None:
        return {}
    return {
        question_id: PreviousAnswer(level=standing.level, at=before.assessment.started_at)
        for question_id, standing in before.evaluation.standings.items()
        if standing.level is not None
    }


def _by_question(
    conflicts: Iterable[Conflict], answers: dict[str, Answer], rows: Iterable[RegisterRow]
) -> dict[str, tuple[Conflict, ...]]:
    """Conflicts under the question that they belong to: those of its answer and of its register's rows."""
    named = {answer.id: question for question, answer in answers.items()}
    named |= {row.id: row.question_id for row in rows}
    groups: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        if conflict.record_id in named:
            groups[named[conflict.record_id]].append(conflict)
    return {question: tuple(group) for question, group in groups.items()}


def _needed(value: T | None) -> T:
    if value is None:
        raise KnownError(
            "visit_incomplete", msg("This visit has not arrived whole yet. Sync again, then open it.")
        )
    return value
