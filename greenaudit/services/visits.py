"""Visits: which there are, what one can be started at and with, and a whole one."""

from __future__ import annotations

from uuid import UUID

from greenaudit.domain.assessments import Answer, Assessment, Revision, revision_id
from greenaudit.domain.checklists import MODULES, Module
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.programmes import Link
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.domain.values import Record
from greenaudit.errors import KnownError
from greenaudit.i18n import Language
from greenaudit.ids import new_id
from greenaudit.messages import Message, msg
from greenaudit.rules import ordering
from greenaudit.rules.asking import planned_minutes, walk_and_meetings
from greenaudit.rules.comparison import Comparison, like_for_like
from greenaudit.rules.evaluation import evaluate
from greenaudit.rules.ordering import By, Filter, Stop
from greenaudit.services.comparing import compared
from greenaudit.services.context import Context
from greenaudit.services.desk import Desk
from greenaudit.services.offering import newer_of, offer_of
from greenaudit.services.opened import Opened
from greenaudit.services.packs import Packs
from greenaudit.services.searching import Searching
from greenaudit.services.views import (
    ChecklistCard,
    ComparedVisits,
    Hit,
    Outlook,
    PackOffer,
    PlantCard,
    Visit,
    VisitCard,
    VisitKind,
)
from greenaudit.store.reader import Reader

_BEGINNINGS: tuple[type[Record], ...] = (Answer, RegisterRow, Photo, Finding)
"""A visit has begun when there is any of these; one that was taken back as well, since it can be done again."""


class Visits:
    """The visits on this device."""

    def __init__(self, context: Context, desk: Desk, packs: Packs) -> None:
        self._context = context
        self._desk = desk
        self._packs = packs
        self._searching = Searching(desk)

    def list(self) -> tuple[VisitCard, ...]:
        """Every visit, the open ones first, then the newest."""
        with self._context.store.read() as reader:
            assessments = reader.where(Assessment)
        cards = [card for assessment in assessments if (card := self._card(assessment)) is not None]
        return tuple(sorted(cards, key=lambda c: (c.state == "signed", -c.started_at.timestamp())))

    def _card(self, assessment: Assessment) -> VisitCard | None:
        """A visit's line. One that can't be opened stands in the list all the same, once its plant has come."""
        try:
            return self._whole(assessment, self._desk.card(assessment.id))
        except KnownError as error:
            with self._context.store.read() as reader:
                return _troubled(reader, assessment, error.message)

    def _whole(self, assessment: Assessment, card: VisitCard) -> VisitCard:
        """The line with where its conflicts are, what it is compared with, and a later checklist where it may have one."""
        opened = self._desk.opened(assessment.id)
        known = (question.id for question in opened.checklist.questions if opened.conflicts.get(question.id))
        prepared = card.state == "prepared" and not self._begun(assessment.id)
        return card.model_copy(
            update={
                "conflict_question": next(known, None),
                "previous_id": assessment.previous_id,
                "newer": newer_of(assessment.pack, self._packs.cards()) if prepared else None,
            }
        )

    def _begun(self, assessment_id: UUID) -> bool:
        with self._context.store.read() as reader:
            return any(reader.where(cls, deleted=True, assessment_id=assessment_id) for cls in _BEGINNINGS)

    def plants(self) -> tuple[PlantCard, ...]:
        """The plants of every programme on this device, by supplier and name."""
        with self._context.store.read() as reader:
            cards = [_plant_card(reader, link) for link in reader.where(Link)]
        known = [card for card in cards if card is not None]
        return tuple(sorted(known, key=lambda card: (card.supplier, card.plant.name)))

    def checklists(self) -> tuple[ChecklistCard, ...]:
        """The checklists that a visit can be started with."""
        return self._packs.cards()

    def outlook(
        self, *, plant_id: UUID, checklist_sha: str, modules: tuple[Module, ...], kind: VisitKind
    ) -> Outlook:
        """What such a visit would ask to begin with: answers about the plant add questions or take them away."""
        with self._context.store.read() as reader:
            plant = reader.get(Plant, plant_id)
        if plant is None:
            raise KnownError("plant_gone", msg("This plant is no longer on this device. Choose another."))
        checklist = self._packs.read(checklist_sha)
        visit = evaluate(checklist, plant, modules=modules, kind=kind)
        return Outlook(
            questions=sum(visit.asks(question.id) for question in checklist.questions),
            minutes=walk_and_meetings(planned_minutes(visit).values()),
        )

    def start(
        self,
        *,
        plant_id: UUID,
        checklist_sha: str,
        modules: tuple[Module, ...] = MODULES,
        kind: str = "full",
        accept: bool = False,
    ) -> UUID:
        """Starts a visit: it keeps the whole checklist it starts with. Gives its id.

        A checklist that the programme hasn't signed is refused unless the person accepts it, which is recorded.
        """
        if not modules:
            raise KnownError("no_module", msg("Choose at least one module for the visit."))
        with self._context.store.read() as reader:
            link = next(iter(reader.where(Link, plant_id=plant_id)), None)
            if link is None:
                raise KnownError(
                    "plant_unknown", msg("This plant takes part in no programme on this device.")
                )
            previous = _last_closed(reader, plant_id)
        pack = self._packs.chosen(checklist_sha, accept=accept)
        now = self._context.clock.now()
        assessment = Assessment(
            id=new_id(),
            programme_id=link.programme_id,
            plant_id=plant_id,
            pack=pack,
            modules=modules,
            kind="rapid" if kind == "rapid" else "full",
            lead_id=self._context.author_id,
            started_at=now,
            previous_id=previous,
        )
        revision = Revision(
            id=revision_id(assessment.id, 1),
            programme_id=link.programme_id,
            assessment_id=assessment.id,
            number=1,
            opened_at=now,
        )
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(assessment)
            unit.save(revision)
        return assessment.id

    def update_pack(self, *, assessment_id: UUID, checklist_sha: str, accept: bool = False) -> Visit:
        """Gives a visit that has not begun another checklist: later it stays with the one it was started with."""
        opened = self._desk.opened(assessment_id)
        pack = self._packs.chosen(checklist_sha, accept=accept)
        with self._context.store.unit(self._context.author_id) as unit:
            if any(unit.where(cls, deleted=True, assessment_id=assessment_id) for cls in _BEGINNINGS):
                raise KnownError(
                    "visit_begun",
                    msg(
                        "This visit has begun, so it keeps its checklist. Start another visit with the new one."
                    ),
                )
            unit.save(opened.assessment.model_copy(update={"pack": pack}))
        return self._desk.reloaded(assessment_id)

    def offer(self, assessment_id: UUID) -> PackOffer | None:
        """A later version of the checklist of a visit that has not begun, and what it changes; None where there is none."""
        opened = self._desk.opened(assessment_id)
        card = newer_of(opened.assessment.pack, self._packs.cards())
        if card is None or self._begun(assessment_id):
            return None
        return offer_of(card, opened.checklist, self._packs.read(card.sha256))

    def search(self, assessment_id: UUID, text: str, language: Language) -> tuple[Hit, ...]:
        """What has every typed word as a beginning, accents and case aside: questions first, then notes, then guidance."""
        return self._searching.search(assessment_id, text, language)

    def filter(self, assessment_id: UUID, kind: Filter, by: By = "area") -> tuple[str, ...]:
        """The questions that a filter leaves, each once, in walking order by area or by module."""
        opened = self._desk.opened(assessment_id)
        photos = {question_id: len(held) for question_id, held in opened.photos.items()}
        return ordering.filtered(opened.evaluation, kind, opened.answers, photos, by)

    def walk(self, assessment_id: UUID, by: By = "area") -> tuple[Stop, ...]:
        """What this visit asks, stop by stop; a question of several areas is one answer, seen in each."""
        return ordering.stops(self._desk.opened(assessment_id).evaluation, by)

    def compare(self, assessment_id: UUID) -> Comparison | Message | None:
        """Like for like with the visit before: the comparison, or why there is none; None at a first visit."""
        before = self._desk.before(assessment_id)
        if not isinstance(before, Opened):
            return before
        return like_for_like(before.evaluation, self._desk.opened(assessment_id).evaluation)

    def compared(self, assessment_id: UUID) -> ComparedVisits:
        """The same for front ends: scores before and now, and what stands better or worse."""
        return compared(self._desk, assessment_id)

    def open(self, assessment_id: UUID) -> Visit:
        """A whole visit as it stands on the disk."""
        return self._desk.reloaded(assessment_id)


def _troubled(reader: Reader, assessment: Assessment, trouble: Message) -> VisitCard | None:
    plant = reader.get(Plant, assessment.plant_id)
    if plant is None:
        return None
    supplier = reader.get(Organisation, plant.organisation_id)
    closing = reader.closing(assessment.id)
    return VisitCard(
        assessment_id=assessment.id,
        plant=plant,
        supplier=supplier.name if supplier else "",
        state="signed" if closing else "in_progress",
        started_at=assessment.started_at,
        closed_at=closing.closed_at if closing else None,
        done=0,
        total=0,
        modules=(),
        resume_area=None,
        resume_question=None,
        resume_place=None,
        report_number=closing.number if closing else "",
        conflicts=0,
        trouble=trouble,
    )


def _plant_card(reader: Reader, link: Link) -> PlantCard | None:
    plant = reader.get(Plant, link.plant_id)
    if plant is None:
        return None
    supplier = reader.get(Organisation, plant.organisation_id)
    oem = reader.get(Organisation, link.oem_id)
    starts = [a.started_at for a in reader.where(Assessment, plant_id=plant.id)]
    return PlantCard(
        plant=plant,
        supplier=supplier.name if supplier else "",
        oem=oem.name if oem else "",
        programme_id=link.programme_id,
        last_visit=max(starts, default=None),
    )


def _last_closed(reader: Reader, plant_id: UUID) -> UUID | None:
    """The newest signed visit of a plant: the one that this visit is compared with."""
    signed = [a for a in reader.where(Assessment, plant_id=plant_id) if reader.closing(a.id) is not None]
    return max(signed, key=lambda a: a.started_at).id if signed else None
