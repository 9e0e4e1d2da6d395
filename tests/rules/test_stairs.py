"""The staircase as shares of the assessed weight."""

from __future__ import annotations

from decimal import Decimal

from greenaudit.rules.evaluation import evaluate
from greenaudit.rules.stairs import stair_shares
from tests.helpers.checklists import answer, checklist, plant, question


def test_each_step_says_how_much_stands_on_it() -> None:
    pack = checklist(question("CHEM-STO-01", weight=2), question("CHEM-STO-02"), question("WAST-BAS-01"))
    visit = evaluate(pack, plant(), [answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 1)])
    shares = stair_shares(visit)
    assert shares == {"CHEM": (Decimal("1.000"), Decimal("0.667"), Decimal("0.667"), Decimal("0.000"))}
