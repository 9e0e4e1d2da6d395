"""Builders for reports: a visit to one plant, its answers and findings, and photos made here."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from greenaudit.domain.assessments import (
    Answer,
    Assessment,
    ChainHead,
    ExpectedSigner,
    PackRef,
    Proof,
    Quantity,
    Response,
)
from greenaudit.domain.checklists import MODULES, Checklist, Module, Question
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding, Resolved, Told
from greenaudit.domain.programmes import DEFAULT_WEIGHTS
from greenaudit.domain.scores import Score, ScoreCase, ScoreItem
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.text import Note
from greenaudit.i18n import LOCALE_OF, Language
from greenaudit.ids import natural_id
from greenaudit.messages import msg
from greenaudit.reports.content import Item, ReportContent, Shares
from greenaudit.rules.scoring import score
from tests.helpers.small_checklist import checklist

PROGRAMME = UUID("00000000-0000-7000-8000-000000000001")
VISIT = UUID("00000000-0000-7000-8000-000000000002")
LEAD = UUID("00000000-0000-7000-8000-000000000003")
STARTED = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


def item(asked: Question, level: int | None = 2, **changes: Any) -> Item:
    """An answered question; `response`, `proof`, `note`, `state` and `photos` may be given."""
    response = changes.pop("response", Response(level=level) if level is not None else None)
    answer = Answer(
        id=natural_id("answer", VISIT, asked.id, 0),
        programme_id=PROGRAMME,
        assessment_id=VISIT,
        question_id=asked.id,
        response=response,
        proof=changes.pop("proof", Proof(grade=2, months=4) if response else None),
        note=changes.pop("note", None),
    )
    stands = None if level is None else Decimal(level)
    values: dict[str, Any] = {"question": asked, "answer": answer, "level": stands, "effective": stands}
    return Item(**{**values, **changes})


def photo(asked: Question, number: int, caption: str = "", language: Language = "en") -> Photo:
    """A photo's link; its bytes come from `jpeg(number)`."""
    return Photo(
        id=natural_id("photo", asked.id, number),
        programme_id=PROGRAMME,
        assessment_id=VISIT,
        question_id=asked.id,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        media_type="image/jpeg",
        size=123_456,
        taken_at=STARTED + timedelta(minutes=number),
        order=number,
        caption=Note(text=caption, language=language) if caption else None,
        area="A03",
    )


def jpeg(number: int = 0, size: tuple[int, int] = (800, 600)) -> bytes:
    """A drawing of a shelf with drums, as a JPEG."""
    image = Image.new("RGB", size, (205, 210, 208))
    pen = ImageDraw.Draw(image)
    for shelf in range(3):
        y = size[1] * (shelf + 1) // 3 - 10
        pen.rectangle((0, y, size[0], y + 8), fill=(90, 95, 93))
        for drum in range(5):
            x = size[0] * drum // 5 + 16
            tone = (40 + (number * 37 + drum * 50) % 180, 90 + shelf * 40, 120)
            pen.rectangle((x, y - size[1] // 5, x + size[0] // 7, y), fill=tone)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def photo_source(
    content: ReportContent, make: Callable[[int], bytes] = jpeg
) -> Callable[[str], bytes | None]:
    """The bytes of all photos of a content, made once."""
    photos = [photo for item in content.items for photo in item.photos]
    made = {one.sha256: make(number) for number, one in enumerate(photos)}
    return made.get


def score_of(items: tuple[Item, ...], open_dangers: tuple[str, ...] = ()) -> Score:
    """The score that the rules give these items."""
    entries = tuple(_score_item(one) for one in items)
    return score(
        ScoreCase(
            modules_in_scope=MODULES,
            module_weights={str(module): weight for module, weight in DEFAULT_WEIGHTS.items()},
            open_stop_and_tell=open_dangers,
            items=entries,
        )
    )


def _score_item(one: Item) -> ScoreItem:
    response, proof = one.answer.response, one.answer.proof
    return ScoreItem(
        id=one.question.id,
        module=one.question.module,
        section=one.question.section,
        weight=one.question.weight,
        critical=one.question.critical,
        condition=one.applies,
        state=response.state if response else "unanswered",
        level=one.level,
        grade=proof.grade if proof else None,
        gate=one.question.gate,
        months=proof.months if proof else None,
    )


def plant(**changes: Any) -> Plant:
    """Planta Saltillo Norte, in Coahuila."""
    values: dict[str, Any] = {
        "id": natural_id("plant", "saltillo"),
        "organisation_id": natural_id("organisation", "supplier"),
        "name": "Planta Saltillo Norte",
        "country": "MX",
        "region": "Coahuila",
        "city": "Saltillo",
        "timezone": "America/Monterrey",
        "language": "es",
        "currency": "MXN",
    }
    return Plant(**{**values, **changes})


def finding(kind: str, what: str, language: Language = "en", **changes: Any) -> Finding:
    """A finding in the chemical store."""
    values: dict[str, Any] = {
        "id": natural_id("finding", kind, what[:40]),
        "programme_id": PROGRAMME,
        "assessment_id": VISIT,
        "module": "CHEM",
        "area": "A03",
        "kind": kind,
        "what": Note(text=what, language=language),
    }
    return Finding(**{**values, **changes})


def findings() -> tuple[Finding, ...]:
    """One open danger, one resolved, and one of each other kind."""
    told = Told(at=STARTED + timedelta(minutes=42), to="Ing. Lucía Garza")
    return (
        finding("stop_and_tell", "Thinner drums stand open beside a running grinder.", told=told),
        finding(
            "stop_and_tell",
            "Dos cilindros de oxígeno sin cadena en el pasillo.",
            "es",
            told=told,
            resolved=Resolved(at=STARTED + timedelta(minutes=71), what="Chained to the wall by maintenance."),
        ),
        finding(
            "good_practice", "Every mixing cup has a lid and a scale beside it.", question_id="CHEM-STO-01"
        ),
        finding("major", "The spill tray of the mixing room drains into the rain water."),
        finding("opportunity", "Thinner could come in totes instead of drums."),
    )


def some_items(book: Checklist, note_language: Language = "es") -> tuple[Item, ...]:
    """Answers of every kind: by level, number and options, with notes and photos, not seen and not applicable."""
    asked = book.questions
    note = Note(
        text="El rociador del pasillo norte está tapado.\nSe avisó al jefe de turno.", language=note_language
    )
    items = [item(one, (number * 3 + 1) % 5) for number, one in enumerate(asked)]
    items[0] = item(
        asked[0], 1, note=note, photos=tuple(photo(asked[0], n, "Shelf B, north aisle") for n in range(3))
    )
    quantity = Quantity(value=Decimal("0.45"), unit="kg/m²", entered="0,45", si=Decimal("0.45"))
    items[1] = item(asked[1], 2, response=Response(quantity=quantity), proof=Proof(grade=3))
    items[2] = item(
        asked[2], 2, response=Response(options=("some",)), photos=(photo(asked[2], 7, "Mezcla", "es"),)
    )
    items[4] = item(
        asked[4],
        4,
        effective=Decimal(2),
        proof=Proof(grade=2, months=1),
        needs=msg("Level 3 also needs 3 months of records"),
        photos=(photo(asked[4], 9, "Register"), photo(asked[4], 10)),
    )
    items[8] = item(asked[8], None, response=Response(state="not_seen", reason="not_running"), proof=None)
    items[11] = item(
        asked[11],
        None,
        response=Response(
            state="not_applicable", reason="other", text="The effluent goes to the park’s plant."
        ),
        proof=None,
    )
    items[17] = item(asked[17], None)
    return tuple(items)


STAIRS: dict[Module, Shares] = {
    "CHEM": (Decimal("0.97"), Decimal("0.86"), Decimal("0.52"), Decimal("0.18")),
    "WAST": (Decimal("0.9"), Decimal("0.7"), Decimal("0.4"), Decimal("0.1")),
    "ENER": (Decimal("0.85"), Decimal("0.81"), Decimal("0.8"), Decimal("0.3")),
    "FOUN": (Decimal("1"), Decimal("0.6"), Decimal("0.2"), Decimal("0")),
}


def report_content(language: Language = "en", **changes: Any) -> ReportContent:
    """A whole visit's content; its score comes from the rules unless it is given."""
    book = changes.pop("checklist", None) or checklist()
    items = changes.pop("items") if "items" in changes else some_items(book)
    values: dict[str, Any] = {
        "number": "GA-MX-7K2Q-0147",
        "revision": 1,
        "language": language,
        "locale": LOCALE_OF[language],
        "prepared_at": STARTED + timedelta(hours=7, minutes=37),
        "plant": plant(),
        "supplier": "Autopartes del Desierto, S.A. de C.V.",
        "oem": "Norte Motors",
        "programme": "Greening automotive supply chains 2026",
        "lead": "María de los Ángeles Treviño",
        "lead_organisation": "Centro Ambiental del Norte",
        "assessment": Assessment(
            id=VISIT,
            programme_id=PROGRAMME,
            plant_id=natural_id("plant", "saltillo"),
            pack=PackRef(id=book.id, version=book.version, sha256=book.sha256),
            lead_id=LEAD,
            started_at=STARTED,
        ),
        "checklist": book,
        "items": items,
        "findings": findings(),
        "score": score_of(items, ("CHEM",)),
        "stairs": STAIRS,
        "last_scores": {"CHEM": Decimal("41.3"), "ENER": Decimal("50.0")},
        "strengths": ("ENER-STO-01", "WAST-PRC-01"),
        "private": frozenset({"CHEM-STO-02"}),
        "signers": (
            ExpectedSigner(role="assessor", name="María de los Ángeles Treviño", position="Lead assessor"),
            ExpectedSigner(role="representative", name="Lucía Garza", position="Gerente de planta"),
        ),
        "heads": {
            f"programme:{PROGRAMME}": {
                str(UUID(int=7)): ChainHead(seq=214, hash=hashlib.sha256(b"head").hexdigest())
            }
        },
        "verify_url": "https://greenaudit.example/verify/GA-MX-7K2Q-0147",
    }
    return ReportContent(**{**values, **changes})
