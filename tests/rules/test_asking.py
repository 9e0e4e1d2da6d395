"""What a visit asks and for how long: what is left out and why, and the minutes of areas."""

from __future__ import annotations

import pytest

from greenaudit.domain.checklists import MODULES
from greenaudit.rules.asking import left_out, planned_minutes, walk_and_meetings, why_not_asked
from greenaudit.rules.evaluation import Evaluation, evaluate
from greenaudit.rules.progress import NO_PROGRESS, Progress
from tests.content.core import core
from tests.helpers.checklists import plant


def visit(kind: str = "full", without: str = "") -> Evaluation:
    """A visit of the core checklist with nothing answered yet."""
    modules = tuple(module for module in MODULES if module != without)
    return evaluate(core(), plant(), modules=modules, kind=kind)


def test_every_question_is_asked_or_left_out_for_one_reason() -> None:
    rapid = visit("rapid", without="ENER")
    asked = sum(rapid.asks(question.id) for question in core().questions)
    parts = [left_out(rapid, "plant"), left_out(rapid, "module"), left_out(rapid, "rapid")]
    assert all(parts)
    assert asked + sum(parts) == len(core().questions)


def test_a_full_visit_leaves_out_only_what_does_not_concern_the_plant() -> None:
    full = visit()
    reasons = {why_not_asked(full, question.id) for question in core().questions}
    assert reasons == {None, "plant"}


def test_a_full_visit_takes_what_the_checklist_plans() -> None:
    planned = planned_minutes(visit())
    assert planned == {area.id: area.minutes for area in core().areas if area.id in planned}


@pytest.mark.parametrize("without", ["", "ENER"])
def test_a_rapid_visit_takes_the_time_of_its_questions(without: str) -> None:
    rapid = visit("rapid", without)
    planned = planned_minutes(rapid)
    asked = [question for question in core().questions if rapid.asks(question.id)]
    needed = sum(question.test.minutes for question in asked) / 2
    assert planned.keys() == {area for question in asked for area in question.areas}
    assert all(0 < planned[area.id] <= area.minutes for area in core().areas if area.id in planned)
    assert sum(planned.values()) <= needed + len(planned)


def test_a_rapid_visit_is_planned_for_four_to_five_hours() -> None:
    assert 3.5 * 60 <= walk_and_meetings(planned_minutes(visit("rapid")).values()) <= 5.5 * 60


def test_an_area_is_complete_when_all_that_is_asked_there_is_settled() -> None:
    assert Progress(done=2, total=2, open_critical=0).complete
    assert not Progress(done=1, total=2, open_critical=0).complete
    assert not NO_PROGRESS.complete
