"""The worked cases: input and expected output, to the digit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenaudit.rules.score_json import case_from_json, score_to_json
from greenaudit.rules.scoring import score

CASES = json.loads((Path(__file__).parent / "data" / "scoring_cases.json").read_text(encoding="utf-8"))[
    "cases"
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_worked_case_comes_out_to_the_digit(case: dict[str, Any]) -> None:
    assert score_to_json(score(case_from_json(json.dumps(case["case"])))) == case["expected"]
