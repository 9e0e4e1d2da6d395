"""What counts as said, for every kind of question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from greenaudit.domain.assessments import Quantity, Response
from greenaudit.rules.standings import standing_of, state_of
from tests.helpers.checklists import answer, question, set_aside, text

NUMBER = Quantity(value=Decimal(3), unit="kg", entered="3")
OPTIONS = [{"id": "a", "label": text()}, {"id": "b", "label": text()}]


@pytest.mark.parametrize(
    ("kind", "filled"),
    [
        ({"kind": "level"}, {"level": 0}),
        ({"kind": "number", "unit": "kg"}, {"quantity": NUMBER}),
        ({"kind": "options", "choose": "one", "options": OPTIONS}, {"options": ("a",)}),
        ({"kind": "table", "columns": [{"id": "c", "label": text()}]}, {"rows": ({"c": "x"},)}),
        ({"kind": "text"}, {"text": "words"}),
        ({"kind": "date"}, {"day": date(2026, 11, 23)}),
    ],
)
def test_an_answer_without_its_main_part_is_none(kind: dict[str, Any], filled: dict[str, Any]) -> None:
    asked = question(weight=0, answer=kind, levels=None)
    assert state_of(asked, Response()) == "unanswered"
    assert state_of(asked, Response(text="  ")) == "unanswered"
    assert state_of(asked, Response(**filled)) == "answered"


def test_a_photo_question_is_answered_when_it_is_said_so() -> None:
    assert state_of(question(weight=0, answer={"kind": "photo"}, levels=None), Response()) == "answered"


def test_level_and_evidence_stand_side_by_side() -> None:
    standing = standing_of(question(), answer("CHEM-STO-01", 4, grade=2, months=3), applies=True)
    assert (standing.level, standing.effective) == (4, 3)
    assert standing.needs is not None


def test_without_evidence_an_answer_counts_as_told() -> None:
    standing = standing_of(question(), answer("CHEM-STO-01", 4, grade=None), applies=True)
    assert standing.effective == 1


def test_what_isnt_scored_has_no_entry() -> None:
    recorded = question(weight=0)
    standing = standing_of(recorded, answer("CHEM-STO-01", 4, grade=0), applies=True)
    assert standing.entry is None
    assert (standing.level, standing.effective, standing.needs) == (4, 4, None)


def test_set_aside_and_unseen_are_settled_but_not_answered() -> None:
    aside = standing_of(question(critical=True), set_aside("CHEM-STO-01"), applies=True)
    unseen = standing_of(question(critical=True), set_aside("CHEM-STO-01", "not_seen"), applies=True)
    assert aside.settled
    assert unseen.settled
    assert (aside.counted, aside.open_critical) == (False, False)
    assert (unseen.counted, unseen.open_critical) == (True, True)
