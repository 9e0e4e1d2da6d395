"""What services hand to front ends: frozen values, complete, with nothing live behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from greenaudit.domain.assessments import Answer, Assessment, ExpectedSigner, Revision
from greenaudit.domain.checklists import Area, Checklist, Module, Question, Remark
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.journal import Conflict
from greenaudit.domain.scores import Score
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.text import Text
from greenaudit.domain.values import Moment, Value
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg


class View(Value):
    """A frozen value for front ends; may carry messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class ModuleProgress(View):
    """Answered and applicable questions of a module."""

    module: Module
    done: int
    total: int


class AreaProgress(View):
    """Answered and applicable questions of an area, and its critical questions still open.

    `planned` are the minutes that this visit plans for it; `complete`: everything it asks has an answer or a reason.
    """

    area: Area
    done: int
    total: int
    open_critical: int
    planned: int
    complete: bool


VisitKind = Literal["full", "rapid"]
"""How much a visit asks."""


class Outlook(View):
    """What a visit would ask before anything is answered, and how many minutes two assessors plan, meetings included."""

    questions: int
    minutes: int


class VisitCard(View):
    """A visit in a list. `resume` is the question where the walk goes on (None: nothing open).

    `trouble` says why a visit can't be opened now, its checklist not having come yet, say: then its figures are nought.
    `sample`: it is the sample programme's, and invented. `kind`: whether everything or the rapid set is asked.
    `conflict_question` is the first that was answered differently by two people; `previous_id` the visit that this one
    is compared with; `newer` a later version of the checklist, where the visit has not begun.
    """

    assessment_id: UUID
    plant: Plant
    supplier: str
    state: Literal["prepared", "in_progress", "signed"]
    started_at: Moment
    closed_at: Moment | None
    done: int
    total: int
    modules: tuple[ModuleProgress, ...]
    resume_area: Text | None
    resume_question: str | None
    resume_place: tuple[int, int] | None
    report_number: str
    conflicts: int
    trouble: Message | None = None
    sample: bool = False
    kind: VisitKind = "full"
    conflict_question: str | None = None
    previous_id: UUID | None = None
    newer: ChecklistCard | None = None


class PlantCard(View):
    """A plant that a visit can be started at."""

    plant: Plant
    supplier: str
    oem: str
    programme_id: UUID
    last_visit: Moment | None


PackStanding = Literal["shipped", "signed", "unsigned"]
"""Whose word a checklist is: the product's, the programme's (its signature holds), or nobody's."""


class ChecklistCard(View):
    """A checklist that a visit can be started with; an unsigned one only by whoever accepts it."""

    id: str
    version: str
    sha256: str
    title: Text
    questions: int
    standing: PackStanding = "shipped"
    published_at: Moment | None = None

    @property
    def trusted(self) -> bool:
        """Whether a visit may start with it without being asked."""
        return self.standing != "unsigned"


class PackOffer(View):
    """A later version of a visit's checklist, and what it changes for an assessor, what counts most first."""

    card: ChecklistCard
    version: str
    verdict: Message
    changes: tuple[Message, ...]


class ComparedScore(View):
    """A score (0–100) at the visit before and now, over the same questions; None where it can't be given."""

    before: Decimal | None
    after: Decimal | None
    change: Decimal | None


class ComparedQuestion(View):
    """A question whose level is another one than at the visit before."""

    question: Question
    before: Decimal
    after: Decimal


class ComparedVisits(View):
    """A visit and the one before it, like for like: scored over the `questions` that both assessed.

    `reason` says why there is no comparison; then there are no scores.
    """

    plant: Plant
    assessment_id: UUID
    before_at: Moment
    after_at: Moment
    finished: bool
    questions: int
    overall: ComparedScore
    modules: dict[Module, ComparedScore]
    better: tuple[ComparedQuestion, ...]
    worse: tuple[ComparedQuestion, ...]
    reason: Message | None = None


class PreviousAnswer(View):
    """What was answered at the visit before; shown only after the new answer is given."""

    level: Decimal | None
    at: Moment


class QuestionState(View):
    """A question of a visit with all that the card shows.

    `level` is what the answer gives, `effective` what the evidence lets stand; `needs` says what is missing. `rows`
    are a register's; the answer's `response.rows` has the same cells in the same order, numbers without their units.
    `remarks` are the notes around the question that are to be read now.
    """

    question: Question
    applies: bool
    answer: Answer
    photos: tuple[Photo, ...]
    level: Decimal | None
    effective: Decimal | None
    needs: Message | None
    previous: PreviousAnswer | None
    conflicts: tuple[Conflict, ...]
    rows: tuple[RegisterRow, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Meters(View):
    """The strip under the walk: shares of one, the score so far (one decimal), and counts."""

    coverage: Decimal | None
    critical_done: int
    critical_total: int
    score: Decimal | None
    confidence: Decimal | None


class Visit(View):
    """A whole visit as it stands; `sample`: it is the sample programme's, and invented."""

    assessment: Assessment
    plant: Plant
    supplier: str
    checklist: Checklist
    revision: Revision
    closed: bool
    states: dict[str, QuestionState]
    areas: tuple[AreaProgress, ...]
    modules: tuple[ModuleProgress, ...]
    meters: Meters
    score: Score
    findings: tuple[Finding, ...]
    visit_number: int
    late_changes: int
    lead_name: str
    sample: bool = False

    @property
    def title(self) -> Message:
        """Which of the plant's visits it is, and that it is a rapid one where it is."""
        if self.assessment.kind == "rapid":
            return msg("Visit {number} · rapid", number=self.visit_number)
        return msg("Visit {number}", number=self.visit_number)


class Saved(View):
    """A durable write: when, and the parts of the visit that it changed."""

    at: Moment
    changed: dict[str, QuestionState]
    areas: tuple[AreaProgress, ...]
    modules: tuple[ModuleProgress, ...]
    meters: Meters
    score: Score
    findings: tuple[Finding, ...]
    only_here: OnlyHere


class Past(View):
    """One change of a question's history: when, who, what and from what to what, in words; `undoes`: an undo or redo."""

    at: Moment
    who: str
    what: Message
    field: str
    before: str
    after: str
    undoes: bool


HitPlace = Literal["question", "guidance", "evidence", "note", "answer", "photo", "row", "finding"]


class Hit(View):
    """Something found in a visit: under which question, in which area, in what kind of text, and the words around it."""

    question_id: str
    area: str
    where: HitPlace
    snippet: str


class Undone(View):
    """An edit that was taken back (or done again: `redone`): what it was in words, and what that changed."""

    what: Message
    question_id: str
    field: str
    redone: bool
    saved: Saved


class Bookmark(View):
    """Where a walk was left: the question as it was seen there, how far it was scrolled, and which questions were walked to.

    `spent` has the seconds that each area was walked. What a later version adds is passed over.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    question_id: str = ""
    area_id: str = ""
    scroll: int = 0
    only: str = "all"
    by_module: bool = False
    spent: dict[str, int] = Field(default_factory=dict)


class OnlyHere(View):
    """What exists on this device and nowhere else."""

    answers: int
    photos: int
    changes: int


class Fact(View):
    """A line of 'ready without a network' or of what a closing lacks; `must` blocks, otherwise it only warns."""

    ok: bool
    text: Message
    must: bool = False
    question_id: str = ""


class ReportPreview(View):
    """The report as it will be, before signatures."""

    number: str
    revision: int
    fingerprint: str
    pages: int
    pdf: bytes


class Representative(View):
    """The plant's representative as the signature page took them down; `identity_checked` says how one knew."""

    name: str
    position: str
    identity_checked: str


class Consents(View):
    """The language in which each signer reads the sentence that they agree to: what was read is what is signed."""

    assessor: Language
    representative: Language


class ClosingState(View):
    """Where a visit's signing stands."""

    facts: tuple[Fact, ...]
    number: str
    revision: int
    lead: str
    fingerprint: str
    signers: tuple[ExpectedSigner, ...]
    closed: bool
    closed_at: Moment | None


VisitCard.model_rebuild()
Saved.model_rebuild()
