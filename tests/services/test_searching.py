"""Finding a place in a visit: by words, by filter, and against the visit before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import MODULES
from greenaudit.messages import Message
from greenaudit.rules.comparison import Comparison
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from greenaudit.services.sample_photos import plant_photo
from tests.helpers.apps import copy_of, level, seen, sign_both

ONE, CHOICE = "CHEM-STO-02", "FOUN-PRO-03"


def places(app: App, visit: UUID, text: str) -> list[tuple[str, str]]:
    return [(hit.question_id, hit.where) for hit in app.visits.search(visit, text, "es")]


def test_questions_are_found_by_their_words_and_their_ids(app: App, visit: UUID) -> None:
    assert places(app, visit, "chem sto 02")[0] == (ONE, "question")
    word = app.packs.shipped().by_id[ONE].text.es.split()[1]
    hits = app.visits.search(visit, word, "es")
    assert ONE in {hit.question_id for hit in hits}
    assert all(hit.area for hit in hits)


def test_notes_are_found_as_soon_as_they_are_written(app: App, visit: UUID) -> None:
    assert places(app, visit, "zafarrancho") == []
    app.walk.note(assessment_id=visit, question_id=ONE, text="Hubo un Zafarráncho aquí", language="es")
    (hit,) = app.visits.search(visit, "zafarran", "fr")
    assert (hit.question_id, hit.where, hit.snippet) == (ONE, "note", "Hubo un Zafarráncho aquí")
    app.walk.undo(assessment_id=visit)
    assert places(app, visit, "zafarrancho") == []


def test_captions_findings_and_rows_are_found_too(app: App, visit: UUID) -> None:
    app.evidence.add(assessment_id=visit, question_id=ONE, data=plant_photo(1))
    photo = app.desk.state(visit, ONE).photos[0]
    app.evidence.caption(assessment_id=visit, photo_id=photo.id, text="xilófono", language="es")
    app.walk.find(assessment_id=visit, question_id=ONE, kind="minor", what="xilófono", language="es")
    app.walk.add_row(
        assessment_id=visit,
        question_id="WAST-BAS-01",
        cells={"stream": "xilófono"},
        locale="es_MX",
        unfinished=True,
    )
    assert {where for _, where in places(app, visit, "xilo")} == {"photo", "finding", "row"}


@pytest.mark.parametrize("typed", ["", "\x00", '"', "OR AND NOT", "a" * 5000, "* ( ) : ^ -", "%_"])
def test_anything_may_be_typed(app: App, visit: UUID, typed: str) -> None:
    assert isinstance(app.visits.search(visit, typed, "es"), tuple)


def test_what_this_visit_does_not_ask_is_not_found(app: App) -> None:
    visit = app.visits.start(
        plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256, modules=("CHEM",)
    )
    hits = app.visits.search(visit, "e", "es")
    assert {hit.question_id[:4] for hit in hits} <= {"CHEM", "FOUN"}


def test_filters_follow_the_visit(app: App, visit: UUID) -> None:
    assert ONE in app.visits.filter(visit, "unanswered")
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    app.walk.flag(assessment_id=visit, question_id=ONE, flagged=True)
    assert ONE not in app.visits.filter(visit, "unanswered")
    assert app.visits.filter(visit, "flagged") == (ONE,)
    assert app.visits.filter(visit, "low") == (ONE,), "nobody said yet what it is based on"
    assert app.visits.filter(visit, "without_evidence") == (ONE,)
    app.walk.prove(assessment_id=visit, question_id=ONE, proof=seen(months=12))
    assert app.visits.filter(visit, "low") == ()
    assert app.visits.filter(visit, "without_evidence") == ()
    areas = [stop.id for stop in app.visits.walk(visit)]
    assert areas == [area.area.id for area in app.visits.open(visit).areas]


def test_a_rapid_visit_walks_the_rapid_set(app: App) -> None:
    shipped = app.packs.shipped()
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=shipped.sha256, kind="rapid")
    walked = {question for stop in app.visits.walk(visit, "module") for question in stop.questions}
    foreseen = app.visits.outlook(
        plant_id=records.SALTILLO.id, checklist_sha=shipped.sha256, modules=MODULES, kind="rapid"
    )
    opened = app.visits.open(visit)
    assert foreseen.questions == len(walked)
    assert foreseen.minutes == 90 + sum(area.planned for area in opened.areas) <= 5 * 60
    assert str(opened.title) == "Visit 1 · rapid"
    assert next(card.kind for card in app.visits.list() if card.assessment_id == visit) == "rapid"
    assert any("This visit is rapid" in str(fact.text) for fact in app.closing.state(visit).facts)
    assert all(shipped.by_id[q].rapid or shipped.by_id[q].section == "FOUN-PRO" for q in walked)


def test_a_visit_is_compared_like_for_like_with_the_one_before(app: App, visit: UUID, tmp_path: Path) -> None:
    assert app.visits.compare(visit) is None
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    app.walk.prove(assessment_id=visit, question_id=ONE, proof=seen(months=12))
    choice = app.packs.shipped().by_id[CHOICE].answer.options[0].id  # type: ignore[union-attr]
    app.walk.answer(assessment_id=visit, question_id=CHOICE, response=Response(options=(choice,)))
    sign_both(app, visit)
    home = app.context.home.root
    later = copy_of(home, tmp_path / "later", datetime.now(UTC) + timedelta(days=1))
    following = later.visits.start(plant_id=records.SALTILLO.id, checklist_sha=later.packs.shipped().sha256)
    assert isinstance(later.visits.compare(following), Message)
    later.walk.answer(assessment_id=following, question_id=ONE, response=level(3))
    later.walk.prove(assessment_id=following, question_id=ONE, proof=seen(months=12))
    found = later.visits.compare(following)
    assert isinstance(found, Comparison)
    assert found.ids == (ONE,)
    assert found.change["CHEM"] == 25
    later.close()
