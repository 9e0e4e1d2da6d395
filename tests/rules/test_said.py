"""Conditions may ask for another question's answer: that it is there, an option, a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from greenaudit.domain.assessments import Quantity, Response
from greenaudit.domain.checklists import (
    Checklist,
    DateAnswer,
    NumberAnswer,
    Option,
    OptionsAnswer,
    PhotoAnswer,
    Question,
    Remark,
    TextAnswer,
)
from greenaudit.rules.branching import CycleError, Facts, Plan, facts, parse
from greenaudit.rules.conditions import ConditionError
from greenaudit.rules.evaluation import evaluate
from tests.helpers.checklists import answer, checklist, plant, question, text

YES_NO = OptionsAnswer(
    choose="one", options=(Option(id="yes", label=text("Yes")), Option(id="no", label=text("No")))
)
NUMBER = NumberAnswer(unit="kg")


def asked(number: int, **changes: object) -> Question:
    """An unscored question."""
    return question(
        f"FOUN-ASK-{number:02}", **{"weight": 0, "levels": None, "answer": TextAnswer(), **changes}
    )


def quantity(value: str) -> Quantity:
    return Quantity(value=Decimal(value), unit="kg", entered=value)


PACK = checklist(
    asked(1, answer=YES_NO),
    asked(2, answer=NUMBER),
    asked(3, when='chosen("FOUN-ASK-01", "yes")'),
    asked(4, when='number("FOUN-ASK-02") >= 2.5'),
    asked(5, when='number("FOUN-ASK-02") != 3 and not answered("FOUN-ASK-03")'),
    asked(6, when='answered("FOUN-ASK-03")'),
)


def shown(pack: Checklist, **responses: Response) -> set[str]:
    """The last digit of every question that applies; responses by `q1`, `q2` …"""
    answers = {f"FOUN-ASK-{int(name[1:]):02}": response for name, response in responses.items()}
    found = facts(pack, answers, plant())
    plan = Plan.of(pack)
    return {name[-1] for name, condition in plan.conditions.items() if condition.holds(found)}


def test_nothing_is_chosen_and_no_number_is_different_from_any() -> None:
    assert shown(PACK) == {"1", "2", "5"}


def test_an_option_switches_a_question_on() -> None:
    assert "3" in shown(PACK, q1=Response(options=("yes",)))
    assert "3" not in shown(PACK, q1=Response(options=("no",)))
    assert "3" not in shown(PACK, q1=Response(options=("yes",), state="not_seen"))


def test_a_number_is_compared() -> None:
    assert shown(PACK, q2=Response(quantity=quantity("2.5"))) == {"1", "2", "4", "5"}
    assert shown(PACK, q2=Response(quantity=quantity("3"))) == {"1", "2", "4"}


def test_what_a_hidden_question_said_switches_nothing_on() -> None:
    said = Response(text="words")
    assert "6" not in shown(PACK, q3=said)
    assert "6" in shown(PACK, q1=Response(options=("yes",)), q3=said)
    assert "6" not in shown(PACK, q1=Response(options=("yes",)), q3=Response(text=""))


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        (DateAnswer(), Response(day=date(2026, 11, 23))),
        (PhotoAnswer(), Response()),
        (NUMBER, Response(quantity=quantity("0"))),
    ],
)
def test_every_kind_of_answer_counts_as_answered(kind: object, response: Response) -> None:
    pack = checklist(asked(1, answer=kind), asked(2, when='answered("FOUN-ASK-01")'))
    assert shown(pack, q1=response) == {"1", "2"}


def test_a_level_is_a_number_too() -> None:
    pack = checklist(question("FOUN-ASK-01"), asked(2, when='number("FOUN-ASK-01") < 2'))
    assert shown(pack, q1=Response(level=1)) == {"1", "2"}
    assert shown(pack, q1=Response(level=2)) == {"1"}


@pytest.mark.parametrize(
    ("when", "position", "part"),
    [
        ("chosen(a, b)", 8, "an id in quotes"),
        ('chosen("x", "yes")', 8, "no question 'x'"),
        ('chosen("FOUN-ASK-01", "maybe")', 23, "no option 'maybe'"),
        ('chosen("FOUN-ASK-01")', 21, "Expected ','"),
        ('chosen("FOUN-ASK-01", yes)', 23, "an id in quotes"),
        ('number("FOUN-ASK-01") > 1', 21, "isn't a number"),
        ('number("FOUN-ASK-02")', 22, "must be compared"),
        ('answered("FOUN-ASK-01"', 23, "Expected ')'"),
        ("answered > 1", 10, "Expected '('"),
    ],
)
def test_a_mistake_is_named_with_its_place(when: str, position: int, part: str) -> None:
    known = {q.id: names for q in PACK.questions if (names := _names(q))}
    with pytest.raises(ConditionError) as caught:
        parse(when, {}, known)
    assert (caught.value.position, part in str(caught.value.message)) == (position, True)


def _names(one: Question) -> frozenset[str]:
    from_plan = {"FOUN-ASK-01": ('chosen("FOUN-ASK-01", "yes")', 'chosen("FOUN-ASK-01", "no")')}
    numbers = {"FOUN-ASK-02": ('number("FOUN-ASK-02")',)}
    return frozenset((f'answered("{one.id}")', *from_plan.get(one.id, ()), *numbers.get(one.id, ())))


def test_without_known_questions_any_id_is_taken() -> None:
    held = parse('chosen("a", "b") and number("c") == 1')
    assert held.holds(Facts(flags=frozenset({'chosen("a", "b")'}), totals={'number("c")': 1}))


def test_questions_that_wait_for_each_other_are_a_circle() -> None:
    pack = checklist(
        asked(1, when='answered("FOUN-ASK-02")'),
        asked(2, when='answered("FOUN-ASK-01")'),
    )
    with pytest.raises(CycleError):
        Plan.of(pack)


def test_a_visit_follows_an_answer_at_once() -> None:
    visit = evaluate(PACK, plant(), [])
    assert not visit.standings["FOUN-ASK-03"].applies
    after = visit.with_answer(answer("FOUN-ASK-01", options=("yes",), grade=None))
    assert after.standings["FOUN-ASK-03"].applies
    assert after.facts == evaluate(PACK, plant(), after.answers.values()).facts
    zero = visit.with_answer(answer("FOUN-ASK-02", value="0", grade=None))
    assert zero.facts.changed_from(visit.facts) == {'number("FOUN-ASK-02")'}


def test_a_remark_stands_where_its_condition_holds() -> None:
    remark = Remark(id="n", text=text("Mind the step"), when='chosen("FOUN-ASK-01", "no")')
    pack = checklist(asked(1, answer=YES_NO), asked(2, remarks=(remark,)))
    plan = Plan.of(pack)
    off = facts(pack, {}, plant())
    on = facts(pack, {"FOUN-ASK-01": Response(options=("no",))}, plant())
    assert plan.remarks(pack.questions[1], off) == ()
    assert plan.remarks(pack.questions[1], on) == (remark,)
