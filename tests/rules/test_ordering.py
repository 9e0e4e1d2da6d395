"""The walk by area or by module, and what a filter leaves of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.assessments import Answer
from greenaudit.rules.evaluation import Evaluation, evaluate
from greenaudit.rules.ordering import By, Filter, Stop, filtered, in_order, stops
from tests.helpers.checklists import answer, checklist, many_questions, plant, question, set_aside, ticks

PACK = checklist(
    ticks("U_CA", "U_TANK", areas=("A02",)),
    question("CHEM-STO-01", areas=("A02", "A01"), critical=True),
    question("CHEM-STO-02", areas=("A01",)),
    question("ENER-CAS-01", areas=("A01",), when="U_CA"),
    question("WAST-BAS-01", areas=("A03",)),
)
ANSWERS = {
    a.question_id: a
    for a in (
        answer("CHEM-STO-01", 1),
        answer("CHEM-STO-02", 3, grade=None),
        set_aside("WAST-BAS-01").model_copy(update={"flagged": True}),
    )
}


def visit(**modules: tuple[str, ...]) -> Evaluation:
    return evaluate(PACK, plant(), ANSWERS.values(), **modules)  # type: ignore[arg-type]


def test_a_question_of_several_areas_is_seen_in_each_and_counted_once() -> None:
    walk = stops(visit())
    assert walk == (
        Stop(id="A01", questions=("CHEM-STO-01", "CHEM-STO-02")),
        Stop(id="A02", questions=("FOUN-PRO-02", "CHEM-STO-01")),
        Stop(id="A03", questions=("WAST-BAS-01",)),
    )
    assert in_order(walk) == ("CHEM-STO-01", "CHEM-STO-02", "FOUN-PRO-02", "WAST-BAS-01")


def test_by_module_each_module_is_a_stop_in_the_checklist_s_order() -> None:
    assert [(stop.id, stop.questions) for stop in stops(visit(), "module")] == [
        ("CHEM", ("CHEM-STO-01", "CHEM-STO-02")),
        ("WAST", ("WAST-BAS-01",)),
        ("FOUN", ("FOUN-PRO-02",)),
    ]


def test_the_profile_is_walked_whatever_the_modules() -> None:
    assert [stop.id for stop in stops(visit(modules=("CHEM",)), "module")] == ["CHEM", "FOUN"]


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("unanswered", ("FOUN-PRO-02",)),
        ("critical", ("CHEM-STO-01",)),
        ("low", ("CHEM-STO-01", "CHEM-STO-02")),
        ("without_evidence", ("CHEM-STO-02",)),
        ("flagged", ("WAST-BAS-01",)),
    ],
)
def test_a_filter_leaves_its_questions_in_walking_order(kind: Filter, left: tuple[str, ...]) -> None:
    assert filtered(visit(), kind, ANSWERS, {}) == left


def test_a_photo_is_evidence() -> None:
    assert filtered(visit(), "without_evidence", ANSWERS, {"CHEM-STO-02": 1}) == ()


@given(st.sets(st.integers(0, 59), max_size=12), st.sampled_from(["area", "module"]))
def test_every_walk_covers_exactly_what_is_asked(answered: set[int], by: By) -> None:
    pack = many_questions(60)
    given_: list[Answer] = [answer(pack.questions[n].id, n % 5) for n in answered if pack.questions[n].scored]
    whole = evaluate(pack, plant(), given_)
    walked = in_order(stops(whole, by))
    assert set(walked) == {q.id for q in pack.questions if whole.asks(q.id)}
    assert len(walked) == len(set(walked))
    order = [q.id for q in pack.questions]
    for stop in stops(whole, by):
        assert list(stop.questions) == sorted(stop.questions, key=order.index)
