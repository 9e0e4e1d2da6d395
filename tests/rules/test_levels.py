"""From an answer to its level, and what the evidence lets stand of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from greenaudit.domain.assessments import Quantity, Response
from greenaudit.domain.checklists import Gate, Question
from greenaudit.rules.exact import as_decimal, exact, half_up
from greenaudit.rules.levels import effective, level_of
from tests.helpers.checklists import question, text


def number(value: str) -> Quantity:
    return Quantity(value=Decimal(value), unit="%", entered=value)


def cuts(better: str, *values: str, **changes: object) -> Question:
    answer = {"kind": "cuts", "better": better, "cuts": values, "unit": "%", **changes}
    return question(answer=answer, levels=None)


@pytest.mark.parametrize(
    ("value", "level"),
    [("59.9", 0), ("60", 1), ("79.999", 1), ("80", 2), ("90", 3), ("96.9", 3), ("97", 4), ("100", 4)],
)
def test_higher_is_better_a_cut_is_reached_when_it_is_met(value: str, level: int) -> None:
    assert level_of(cuts("high", "60", "80", "90", "97"), Response(quantity=number(value))) == level


@pytest.mark.parametrize(
    ("value", "level"), [("30.1", 0), ("30", 1), ("20", 2), ("15", 3), ("8", 4), ("0", 4)]
)
def test_lower_is_better_a_value_stays_within(value: str, level: int) -> None:
    assert level_of(cuts("low", "30", "20", "15", "8"), Response(quantity=number(value))) == level


def test_two_equal_cuts_leave_a_level_out() -> None:
    paint = cuts("low", "420", "420", "250", "120")
    assert [level_of(paint, Response(quantity=number(v))) for v in ("421", "420", "250", "120")] == [
        0,
        2,
        3,
        4,
    ]


def test_without_the_yes_the_top_level_is_3() -> None:
    asked = cuts("high", "60", "80", "90", "97", confirm_4=text("The list is updated at receipt"))
    assert level_of(asked, Response(quantity=number("99"))) == 3
    assert level_of(asked, Response(quantity=number("99"), confirmed=True)) == 4
    assert level_of(asked, Response(quantity=number("85"), confirmed=True)) == 2


def test_where_there_is_no_number_something_else_can_be_said() -> None:
    asked = cuts(
        "high", "50", "60", "70", "85", instead=[{"id": "none", "label": text("Not measured"), "level": 0}]
    )
    assert level_of(asked, Response(options=("none",))) == 0
    assert level_of(asked, Response()) is None


def test_of_several_options_the_worst_counts() -> None:
    options = [{"id": str(level), "label": text(), "level": level} for level in (0, 2, 4)]
    several = question(answer={"kind": "options", "choose": "several", "options": options}, levels=None)
    assert level_of(several, Response(options=("4", "2"))) == 2
    assert level_of(several, Response(options=("4",))) == 4
    assert level_of(several, Response(options=())) is None


def test_points_are_joined_by_lines_flat_outside_and_never_rounded() -> None:
    points = [["0", "0"], ["3", "1"], ["5", "4"]]
    line = question(answer={"kind": "points", "points": points, "unit": "m"}, levels=None)
    levels = [level_of(line, Response(quantity=number(v))) for v in ("-1", "0", "1", "3", "4", "5", "9")]
    assert levels == [0, 0, Fraction(1, 3), 1, Fraction(5, 2), 4, 4]
    assert level_of(line, Response()) is None


def test_what_isnt_answered_has_no_level() -> None:
    assert level_of(question(), None) is None
    assert level_of(question(), Response(state="not_seen", level=3)) is None
    assert level_of(question(), Response(level=3)) == 3
    recorded = question(weight=0, answer={"kind": "text"}, levels=None)
    assert level_of(recorded, Response(text="words")) is None


LIMITS = [
    *[
        ("record", 0, 99, 1),
        ("record", 1, 99, 2),
        ("record", 2, 2, 2),
        ("record", 2, 3, 3),
        ("record", 2, 99, 3),
    ],
    *[("record", 3, None, 2), ("record", 3, 3, 3), ("record", 3, 11, 3), ("record", 3, 12, 4)],
    *[("sample", 0, None, 1), ("sample", 1, None, 2), ("sample", 2, None, 3), ("sample", 3, None, 4)],
    *[("seen", 0, None, 1), ("seen", 1, None, 2), ("seen", 2, None, 4), ("seen", 3, None, 4)],
]


@pytest.mark.parametrize(("gate", "grade", "months", "held"), LIMITS)
def test_the_evidence_holds_a_level_back(gate: Gate, grade: int, months: int | None, held: int) -> None:
    limited = effective(4, gate, grade, months)
    assert limited.level == held
    assert (limited.needs is None) is (held == 4)
    assert effective(held, gate, grade, months).needs is None


@pytest.mark.parametrize(
    ("level", "gate", "grade", "months", "needs"),
    [
        (2, "record", 0, None, "Level 2 also needs a document, or that you see it."),
        (3, "record", 1, 12, "Level 3 also needs that you see it."),
        (3, "record", 1, 0, "Level 3 also needs that you see it, and 3 months of records."),
        (3, "record", 2, None, "Level 3 also needs 3 months of records."),
        (4, "record", 3, 6, "Level 4 also needs 12 months of records."),
        (4, "record", 2, 12, "Level 4 also needs a measurement or a sample."),
        (4, "record", 2, 3, "Level 4 also needs a measurement or a sample, and 12 months of records."),
        (4, "sample", 2, None, "Level 4 also needs a measurement or a sample."),
        (4, "seen", 1, None, "Level 4 also needs that you see it."),
        (Fraction(5, 2), "record", 3, None, "Level 3 also needs 3 months of records."),
    ],
)
def test_it_says_what_is_missing(
    level: int | Fraction, gate: Gate, grade: int, months: int | None, needs: str
) -> None:
    assert str(effective(level, gate, grade, months).needs) == needs


def test_exact_numbers_are_rounded_half_up_once() -> None:
    assert half_up(Fraction(6995, 100), 1) == Decimal("70.0")
    assert half_up(Fraction(6994, 100), 1) == Decimal("69.9")
    assert half_up(2, 1) == Decimal("2.0")
    assert exact(Decimal("2.50")) == Fraction(5, 2)
    assert isinstance(exact(Decimal("2.00")), int)
    assert exact(Fraction(7)) == exact(7) == 7
    assert half_up(2, 3, 3) == Decimal("0.667")
    assert as_decimal(Fraction(1, 3)) == Decimal("0.3333333333333333333333333333")
