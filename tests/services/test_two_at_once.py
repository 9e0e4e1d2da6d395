"""Two at one home (a window and a command, or a window and its synchronising): nothing is lost that one of them wrote."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Answer, answer_id
from greenaudit.services.opening import App, open_home
from tests.helpers.apps import clock, level, seen

CONTAINMENT = "CHEM-STO-02"


@pytest.fixture
def other(app: App) -> Iterator[App]:
    """The same home, opened a second time."""
    second = open_home(app.context.home, clock=clock())
    yield second
    second.close()


def stored(app: App, visit: UUID) -> Answer:
    with app.context.store.read() as reader:
        answer = reader.get(Answer, answer_id(visit, CONTAINMENT))
    assert answer is not None
    return answer


def test_an_edit_leaves_alone_what_another_wrote_beside_it(app: App, other: App, visit: UUID) -> None:
    app.walk.flag(assessment_id=visit, question_id=CONTAINMENT, flagged=True)
    other.walk.note(assessment_id=visit, question_id=CONTAINMENT, text="Dique íntegro", language="es")
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    answer = stored(app, visit)
    assert answer.note is not None
    assert answer.note.text == "Dique íntegro"
    assert answer.response == level(2)
    assert saved.changed[CONTAINMENT].answer == answer, "and the editor is shown what stands"


def test_who_changes_a_field_without_having_seen_its_value_makes_a_conflict(
    app: App, other: App, visit: UUID
) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(1))
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    (conflict,) = saved.changed[CONTAINMENT].conflicts
    levels = {change.fields["response"]["level"] for change in conflict.heads}
    assert (conflict.field, levels) == ("response", {2, 3})


def test_a_first_answer_given_twice_apart_is_a_conflict_too(app: App, other: App, visit: UUID) -> None:
    assert app.desk.visit(visit).states[CONTAINMENT].answer.response is None
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    other.walk.prove(assessment_id=visit, question_id=CONTAINMENT, proof=seen())
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    assert [conflict.field for conflict in saved.changed[CONTAINMENT].conflicts] == ["response"]
    assert stored(app, visit).proof == seen()


def test_who_saves_the_value_that_another_wrote_has_no_conflict(app: App, other: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(1))
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    assert saved.changed[CONTAINMENT].conflicts == ()
    assert stored(app, visit).response == level(3)
