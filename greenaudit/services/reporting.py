"""The report's content, gathered from a visit: values in, a PDF out; every figure comes from `rules`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from greenaudit.domain.assessments import Assessment, ChainHead, ExpectedSigner
from greenaudit.domain.checklists import Module
from greenaudit.domain.programmes import Link, Programme
from greenaudit.domain.suppliers import Organisation, Person
from greenaudit.errors import KnownError
from greenaudit.formats import Formats
from greenaudit.i18n import LOCALE_OF, Language, language_of, translator
from greenaudit.messages import msg
from greenaudit.reports.content import Item, ReportContent
from greenaudit.reports.figures import Figures
from greenaudit.reports.palette import Theme, palette
from greenaudit.reports.pdf import Rendered, render
from greenaudit.reports.svg import to_svg
from greenaudit.rules.asking import NotAsked, why_not_asked
from greenaudit.rules.disclosure import private_questions, strengths
from greenaudit.services.context import ENDPOINT, Context
from greenaudit.services.desk import Desk
from greenaudit.services.evidence import Evidence
from greenaudit.services.views import QuestionState, Visit
from greenaudit.store.reader import Reader

PRINT_PIXELS = 1200
"""The longest side of a photo in the report: 300 dots per inch at a third of the page's width."""

UNREADABLE = frozenset(
    {"photo_empty", "photo_odd", "photo_torn", "photo_too_large", "photo_unknown", "evidence_damaged"}
)
"""What is said of a photo that can't be opened, in whatever way."""

CHART_WIDTH = 540
"""The width for which a chart on the screen is drawn when nobody says how wide it is shown."""


class Reporting:
    """Makes reports of visits."""

    def __init__(self, context: Context, desk: Desk, evidence: Evidence) -> None:
        self._context = context
        self._desk = desk
        self._evidence = evidence

    def content(
        self,
        visit: Visit,
        language: Language,
        number: str,
        signers: tuple[ExpectedSigner, ...],
        heads: dict[str, dict[str, ChainHead]],
        moment: datetime,
    ) -> ReportContent:
        """All that the report of a visit says; `moment` is when it is made, where the visit isn't closed."""
        with self._context.store.read() as reader:
            programme = reader.get(Programme, visit.assessment.programme_id)
            oem = _oem(reader, visit)
            lead = reader.get(Person, visit.assessment.lead_id)
            house = _organisation(reader, lead)
        locale = LOCALE_OF[language]
        if language == "en" and visit.plant.country == "CA":
            locale = "en_CA"
        closing = visit.revision.closing
        opened = self._desk.opened(visit.assessment.id)
        return ReportContent(
            number=number,
            revision=visit.revision.number,
            corrects=visit.revision.corrects,
            revision_reason=visit.revision.reason,
            language=language,
            locale=locale,
            prepared_at=closing.closed_at if closing else moment,
            plant=visit.plant,
            supplier=visit.supplier,
            oem=oem,
            programme=programme.name if programme else "",
            lead=visit.lead_name,
            lead_organisation=house,
            assessment=visit.assessment,
            checklist=visit.checklist,
            items=tuple(
                _item(visit.states[question.id], why_not_asked(opened.evaluation, question.id))
                for question in visit.checklist.questions
            ),
            findings=visit.findings,
            score=visit.score,
            stairs=self._desk.stairs(visit.assessment.id),
            last_scores=self._last_scores(visit.assessment),
            strengths=strengths(opened.evaluation),
            private=private_questions(visit.checklist, opened.answers),
            signers=signers,
            sample=visit.sample,
            heads=heads,
            verify_url=self._verify_url(number),
        )

    def chart(self, visit: Visit, locale: str, theme: Theme, width: float = CHART_WIDTH) -> str:
        """The modules' scores as SVG for the screen, drawn for the width at which they are shown."""
        say = translator(language_of(locale))
        figures = Figures(visit.score, say, Formats(locale), palette(theme))
        drawing = figures.modules(self._last_scores(visit.assessment), width)
        return to_svg(drawing, say(msg("Score by module")))

    def render(self, content: ReportContent) -> Rendered:
        """The report as a PDF, with the places of its signature fields."""
        return render(content, self._print_photo)

    def _print_photo(self, sha256: str) -> bytes | None:
        """A photo as it is printed; nothing of one that can't be opened: the report says so in its place.

        Another device may have added what is no picture at all: that must keep nobody from signing.
        """
        try:
            return self._evidence.scaled(sha256, PRINT_PIXELS)
        except KnownError as error:
            if error.code in UNREADABLE:
                return b""
            raise

    def _verify_url(self, number: str) -> str:
        """The page of the endpoint that knows the report; empty before this device is enrolled."""
        endpoint = self._context.store.meta(ENDPOINT)
        return f"{endpoint.rstrip('/')}/verify/{number}" if endpoint else ""

    def _last_scores(self, assessment: Assessment) -> dict[Module, Decimal]:
        return self._desk.last_scores(assessment)


def _item(state: QuestionState, not_asked: NotAsked | None) -> Item:
    return Item(
        question=state.question,
        answer=state.answer,
        applies=state.applies,
        not_asked=not_asked,
        level=state.level,
        effective=state.effective,
        needs=state.needs,
        photos=state.photos,
        rows=state.rows,
    )


def _oem(reader: Reader, visit: Visit) -> str:
    links = reader.where(Link, programme_id=visit.assessment.programme_id, plant_id=visit.plant.id)
    names = [reader.get(Organisation, link.oem_id) for link in links]
    return ", ".join(sorted(oem.name for oem in names if oem is not None))


def _organisation(reader: Reader, person: Person | None) -> str:
    if person is None or person.organisation_id is None:
        return ""
    organisation = reader.get(Organisation, person.organisation_id)
    return organisation.name if organisation else ""
