"""How each kind of answer reads on paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from greenaudit.domain.assessments import Quantity, Response
from greenaudit.domain.checklists import (
    Column,
    DateAnswer,
    LevelAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
    TextAnswer,
)
from greenaudit.reports.desk import Desk, desk_for
from greenaudit.reports.parts.answers import by_area, is_answer
from greenaudit.reports.parts.responses import detail_lines, level_line
from greenaudit.reports.pdf import render
from tests.helpers.pdfs import words_of
from tests.helpers.reports import item, report_content
from tests.helpers.small_checklist import CUTS, checklist, question, text

COLUMNS = (
    Column(id="gas", label=text("Refrigerant")),
    Column(id="kg", label=text("Charge"), kind="number", unit="kg"),
)


def desk(language: str = "en") -> Desk:
    return desk_for(report_content("fr" if language == "fr" else "en"), lambda _: None, "ab" * 32)


def asked(answer: object) -> Question:
    return question("ENER", "PRC", 1, answer=answer, levels=None)


def quantity(value: str, unit: str) -> Quantity:
    return Quantity(value=Decimal(value), unit=unit, entered=value)


def test_a_number_says_its_unit_and_its_place_on_the_stair() -> None:
    one = item(asked(CUTS), 4, response=Response(quantity=quantity("0.15", "kg/m²"), confirmed=True))
    assert detail_lines(desk(), one) == [
        "Value: 0.15\u00a0kg/m²",
        "Levels 1 to 4 within 0.8 · 0.6 · 0.4 · 0.2 kg/m²",
        "Confirmed: Measured at full load?",
    ]
    high = CUTS.model_copy(update={"better": "high"})
    lines = detail_lines(desk(), item(asked(high), 0, response=Response(quantity=quantity("0.15", "kg/m²"))))
    assert lines[1] == "Levels 1 to 4 from 0.8 · 0.6 · 0.4 · 0.2 kg/m² upwards"


def test_a_number_is_written_as_the_language_writes_it() -> None:
    one = item(asked(CUTS), 4, response=Response(quantity=quantity("1234.5", "kWh")))
    assert detail_lines(desk("fr"), one)[0] == "Valeur\u202f: 1\u202f234,5\u00a0kWh"


def test_a_level_between_anchors_keeps_its_decimals() -> None:
    points = PointsAnswer(points=((Decimal(0), Decimal(0)), (Decimal(10), Decimal(4))), unit="bar")
    one = item(asked(points), 2, response=Response(quantity=quantity("6", "bar")))
    one = one.model_copy(update={"level": Decimal("2.4"), "effective": Decimal(2)})
    assert level_line(desk(), one) == ("Level 2.40 · counts as level 2", "")
    assert detail_lines(desk(), one)[1] == "Level by value: 0\u00a0bar → 0; 10\u00a0bar → 4"


def test_a_register_is_printed_row_by_row_with_its_columns() -> None:
    rows = ({"gas": "R-410A", "kg": "12"}, {"gas": "R-22", "kg": ""})
    one = item(asked(TableAnswer(columns=COLUMNS)), None, response=Response(rows=rows))
    assert detail_lines(desk(), one) == ["Refrigerant: R-410A · Charge: 12\u00a0kg", "Refrigerant: R-22"]


@pytest.mark.parametrize(
    ("answer", "response", "shown"),
    [
        (TextAnswer(), Response(text="Nobody, at night"), "Nobody, at night"),
        (DateAnswer(), Response(day=date(2026, 3, 9)), "Mar 9, 2026"),
        (LevelAnswer(also=COLUMNS), Response(also={"kg": "7", "other": "x"}), "Charge: 7\u00a0kg"),
    ],
    ids=["text", "date", "beside the level"],
)
def test_what_stands_beside_a_level_is_printed(answer: object, response: Response, shown: str) -> None:
    assert shown in detail_lines(desk(), item(asked(answer), None, response=response))


def test_only_answers_stand_among_the_answers() -> None:
    one = question("ENER", "STO", 0)
    assert is_answer(item(one, 2))
    assert not is_answer(item(one, None))
    assert not is_answer(item(one, None, response=Response(state="not_seen", reason="no_time")))


def test_answers_follow_the_walk() -> None:
    places = list(by_area(desk()))
    assert [area.id for area, _ in places if area] == ["A03", "A08", "A13"]
    order = list(checklist().by_id)
    for _, items in places:
        ids = [one.question.id for one in items]
        assert ids == sorted(ids, key=order.index)


def test_an_answer_outside_the_known_areas_and_one_that_no_longer_applies_are_still_printed() -> None:
    elsewhere = item(question("ENER", "PRC", 1, areas=("Z99",)), 3)
    turned_off = item(question("FOUN", "STO", 0), 3, applies=False)
    content = report_content("en", items=(elsewhere, turned_off))
    printed = words_of(render(content, lambda _: None).pdf)
    assert "Other answers · 1 answer" in printed
    assert "Kept, but not scored" in printed
