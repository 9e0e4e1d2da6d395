"""A visit beside the one before it, and a later checklist for a visit that has not begun."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import PackRef, Response
from greenaudit.errors import KnownError
from greenaudit.services import sample_records as records
from greenaudit.services.offering import newer_of, offer_of
from greenaudit.services.opening import App
from greenaudit.services.packs import card
from tests.helpers.apps import NOW, copy_of, level, seen, sign_both

ONE, TWO, SAME = "CHEM-STO-02", "CHEM-STO-01", "CHEM-STO-03"


def answered(app: App, visit: UUID, levels: dict[str, int]) -> None:
    for question_id, value in levels.items():
        app.walk.answer(assessment_id=visit, question_id=question_id, response=level(value))
        app.walk.prove(assessment_id=visit, question_id=question_id, proof=seen(months=12))


@pytest.fixture
def following(app: App, visit: UUID, tmp_path: Path) -> App:
    """A signed visit, and the app a month later."""
    answered(app, visit, {ONE: 1, TWO: 3, SAME: 2})
    choice = app.packs.shipped().by_id["FOUN-PRO-03"].answer.options[0].id  # type: ignore[union-attr]
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-03", response=Response(options=(choice,)))
    sign_both(app, visit)
    return copy_of(app.context.home.root, tmp_path / "later", NOW + timedelta(days=30))


def start(app: App) -> UUID:
    return app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)


def test_what_became_better_and_worse_is_named(following: App, visit: UUID) -> None:
    later = start(following)
    answered(following, later, {ONE: 3, TWO: 2, SAME: 2})
    found = following.visits.compared(later)
    assert found.questions == 3
    assert [line.question.id for line in found.better] == [ONE]
    assert [line.question.id for line in found.worse] == [TWO]
    chemicals = found.modules["CHEM"]
    assert chemicals.before is not None
    assert chemicals.after is not None
    assert chemicals.change == chemicals.after - chemicals.before
    assert not found.finished
    card = next(c for c in following.visits.list() if c.assessment_id == later)
    assert card.previous_id == visit
    following.close()


def test_without_a_question_in_common_it_says_why(following: App) -> None:
    found = following.visits.compared(start(following))
    assert found.reason is not None
    assert (found.questions, found.modules, found.better) == (0, {}, ())
    following.close()


def test_a_first_visit_has_nothing_to_be_compared_with(app: App, visit: UUID) -> None:
    with pytest.raises(KnownError, match="visit_first"):
        app.visits.compared(visit)


def test_a_later_version_is_offered_with_what_it_changes(app: App) -> None:
    shipped = app.packs.shipped()
    old = shipped.by_id[ONE]
    question = old.model_copy(update={"weight": 1})
    questions = tuple(question if each is old else each for each in shipped.questions)
    later = shipped.model_copy(update={"version": "1.9", "questions": questions})
    own, new = card(shipped), card(later, "signed").model_copy(update={"sha256": "b" * 64})
    pack = PackRef(id=shipped.id, version=shipped.version, sha256=shipped.sha256)
    unsigned = new.model_copy(update={"standing": "unsigned", "version": "2.0"})
    assert newer_of(pack, (own, new, unsigned)) == new
    assert newer_of(pack, (own, unsigned)) is None
    offer = offer_of(new, shipped, later)
    assert offer.version == shipped.version
    assert [change.params.get("where") for change in offer.changes] == [ONE]


def test_where_nothing_newer_is_nothing_is_offered(app: App, visit: UUID) -> None:
    assert app.visits.offer(visit) is None
    (line,) = app.visits.list()
    assert (line.newer, line.conflict_question, line.previous_id) == (None, None, None)
