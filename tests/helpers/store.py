"""Stores for tests: real ones, encrypted, in a folder of their own, copied from a template that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from greenaudit.clock import Clock, FixedClock
from greenaudit.domain.assessments import (
    Answer,
    Assessment,
    ChainHead,
    ClosingAct,
    PackRef,
    Response,
    Revision,
    answer_id,
    revision_id,
)
from greenaudit.domain.evidence import Photo
from greenaudit.domain.programmes import Programme
from greenaudit.domain.text import Note
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.store.reader import Reader
from greenaudit.store.store import Store

KEY = bytes(range(32))
START = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
AUTHOR = UUID("00000000-0000-7000-8000-0000000000a1")
PROGRAMME = UUID("00000000-0000-7000-8000-0000000000b1")
ASSESSMENT = UUID("00000000-0000-7000-8000-0000000000c1")
SCOPE = f"programme:{PROGRAMME}"


def stepping_clock(start: datetime = START) -> FixedClock:
    """A clock that moves a second at each look."""
    return FixedClock(start, timedelta(seconds=1))


def make_store(folder: Path, clock: Clock | None = None, *, numbers_feed: bool = False) -> Store:
    """A fresh store with a device id of its own."""
    home = Home(folder).create()
    shutil.copy(_template(), home.database)
    store = Store.open(home, KEY, clock or stepping_clock(), numbers_feed=numbers_feed)
    store.become_new_device()
    return store


@lru_cache(maxsize=1)
def _template_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="greenaudit-template-")


@lru_cache(maxsize=1)
def _template() -> Path:
    home = Home(Path(_template_folder().name))
    Store.create(home, KEY).close()
    return home.database


def programme(**fields: object) -> Programme:
    """A programme; its own id is its programme id."""
    return Programme.model_validate(
        {"id": PROGRAMME, "programme_id": PROGRAMME, "name": "Greening 2026", **fields}
    )


def assessment(**fields: object) -> Assessment:
    """A visit of a paint shop."""
    pack = PackRef(id="founding", version="1.0", sha256="a" * 64)
    values = {
        "id": ASSESSMENT,
        "programme_id": PROGRAMME,
        "plant_id": new_id(),
        "pack": pack,
        "lead_id": AUTHOR,
        "started_at": START,
    }
    return Assessment.model_validate({**values, **fields})


def answer(question: str = "CHEM-STO-02", level: int | None = 2, **fields: object) -> Answer:
    """An answer with a level."""
    of = fields.get("assessment_id", ASSESSMENT)
    assert isinstance(of, UUID)
    values = {
        "id": answer_id(of, question),
        "programme_id": PROGRAMME,
        "assessment_id": of,
        "question_id": question,
        "response": Response(level=level),
    }
    return Answer.model_validate({**values, **fields})


def levelled(value: Answer, level: int) -> Answer:
    """The same answer with another level."""
    return value.model_copy(update={"response": Response(level=level)})


def noted(value: Answer, text: str) -> Answer:
    """The same answer with another note."""
    return value.model_copy(update={"note": Note(text=text, language="es")})


def photo(question: str = "CHEM-STO-02", **fields: object) -> Photo:
    """A photo of an answer."""
    values = {
        "id": new_id(),
        "programme_id": PROGRAMME,
        "assessment_id": ASSESSMENT,
        "question_id": question,
        "sha256": "b" * 64,
        "media_type": "image/jpeg",
        "size": 1200,
        "taken_at": START,
    }
    return Photo.model_validate({**values, **fields})


def revision(number: int = 1, **fields: object) -> Revision:
    """An open revision."""
    values = {
        "id": revision_id(ASSESSMENT, number),
        "programme_id": PROGRAMME,
        "assessment_id": ASSESSMENT,
        "number": number,
        "opened_at": START,
    }
    return Revision.model_validate({**values, **fields})


def closing(heads: dict[str, dict[str, ChainHead]], number: str = "GA-MX-TEST1-0001") -> ClosingAct:
    """A closing that names these heads."""
    return ClosingAct(
        heads=heads, number=number, fingerprint="c" * 64, closed_at=START, closed_by=AUTHOR, signers=()
    )


def close_visit(store: Store, number: int = 1) -> Revision:
    """Closes a revision with the heads of the same moment."""
    with store.unit(AUTHOR) as unit:
        value = unit.get(Revision, revision_id(ASSESSMENT, number)) or revision(number)
        closed = value.model_copy(update={"closing": closing(unit.chain_heads([SCOPE]))})
        unit.save(closed)
    return closed


def everything(store: Store, scopes: Iterable[str] = (SCOPE,)) -> set[UUID]:
    """The ids of all applied changes."""
    with store.read() as reader:
        return {change.id for scope in scopes for change in reader.changes(scope)}


def answers_of(reader: Reader) -> dict[str, Answer]:
    """The answers by question."""
    return {value.question_id: value for value in reader.where(Answer, assessment_id=ASSESSMENT)}
