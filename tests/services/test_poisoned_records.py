"""What another device of the programme can write that would stop everybody's work: it is kept, and stops nobody."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from greenaudit.domain.assessments import answer_id
from greenaudit.domain.checklists import TableAnswer
from greenaudit.domain.evidence import Photo
from greenaudit.domain.journal import GENESIS, Change
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.rules.branching import columns_of
from greenaudit.services.opening import App
from greenaudit.services.sample_photos import plant_photo
from greenaudit.store import hlc
from tests.helpers.apps import number
from tests.helpers.pdfs import plain, words_of

MEASURED = "CHEM-INV-02"


def came(app: App, visit: UUID, kind: str, record_id: UUID, **fields: Any) -> None:
    """A record arrives as another device wrote it, unjudged."""
    programme = app.visits.open(visit).assessment.programme_id
    change = Change(
        id=uuid4(),
        record_type=kind,
        record_id=record_id,
        fields={"programme_id": str(programme), "assessment_id": str(visit), **fields},
        bases={},
        hlc=hlc.at(app.context.clock.now()),
        device_id=uuid4(),
        author_id=uuid4(),
        scope=f"programme:{programme}",
        seq=1,
        prev_hash=GENESIS,
    )
    app.context.store.receive([change])
    app.desk.forget()


@pytest.mark.parametrize("value", ["1E+999999999", "1E-999999999", "9" * 20_000])
def test_a_figure_without_measure_freezes_no_visit(app: App, visit: UUID, value: str) -> None:
    quantity = {"value": value, "unit": "%", "entered": value, "si": value}
    came(
        app,
        visit,
        "answer",
        answer_id(visit, MEASURED),
        question_id=MEASURED,
        response={"state": "answered", "quantity": quantity},
    )
    assert app.visits.open(visit).states[MEASURED].answer.response is None
    assert app.visits.list()
    saved = app.walk.answer(assessment_id=visit, question_id=MEASURED, response=number("95"))
    assert saved.changed[MEASURED].level is not None


@pytest.mark.parametrize("cell", ["1E+999999999 kg", "1E+999999999", "NaN", "9" * 5_000])
def test_a_cell_without_measure_freezes_no_visit(app: App, visit: UUID, cell: str) -> None:
    tables = [
        question for question in app.packs.shipped().questions if isinstance(question.answer, TableAnswer)
    ]
    for question in tables:
        cells = {column.id: cell for column in columns_of(question)}
        came(app, visit, "register_row", uuid4(), question_id=question.id, cells=cells)
    assert app.visits.list()
    assert app.closing.preview(visit, "fr").pages


def test_a_name_without_end_is_not_taken(app: App, visit: UUID) -> None:
    plant = app.visits.open(visit).plant
    change = Change(
        id=uuid4(),
        record_type="plant",
        record_id=plant.id,
        fields={"name": "x" * 300_000},
        bases={},
        hlc=hlc.at(app.context.clock.now()),
        device_id=uuid4(),
        author_id=uuid4(),
        scope="registry",
        seq=1,
        prev_hash=GENESIS,
    )
    app.context.store.receive([change])
    app.desk.forget()
    assert app.visits.open(visit).plant.name == plant.name


def test_there_is_room_behind_a_photo_with_the_last_of_all_places(app: App, visit: UUID) -> None:
    photo = {"sha256": "ab" * 32, "media_type": "image/jpeg", "size": 1, "taken_at": "2026-11-24T10:00:00Z"}
    came(app, visit, "photo", uuid4(), question_id="CHEM-STO-02", order=2**63 - 1, **photo)
    saved = app.evidence.add(assessment_id=visit, question_id="CHEM-STO-02", data=plant_photo(9))
    assert len(saved.changed["CHEM-STO-02"].photos) == 2


def test_what_is_no_picture_leaves_the_report_readable(app: App, visit: UUID) -> None:
    sha256 = app.context.blobs.put(b"<html>no picture</html>")
    photo = Photo(
        id=new_id(),
        programme_id=app.visits.open(visit).assessment.programme_id,
        assessment_id=visit,
        question_id="CHEM-STO-02",
        sha256=sha256,
        media_type="image/jpeg",
        size=23,
        taken_at=app.context.clock.now(),
    )
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(photo)
    app.desk.forget()
    words = plain(words_of(app.closing.preview(visit, "en").pdf))
    assert "file is damaged and cannot be shown" in words


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_is_not_waited_for(app: App, visit: UUID, tmp_path: Path) -> None:
    pipe = tmp_path / "photo.jpg"
    os.mkfifo(pipe)
    with pytest.raises(KnownError, match="file_odd"):
        app.evidence.add_file(assessment_id=visit, question_id="CHEM-STO-02", path=pipe)
