"""Cases that can't be read are refused with a sentence."""

from __future__ import annotations

import pytest

from greenaudit.errors import KnownError
from greenaudit.rules.score_json import case_from_json

GOOD = '{"modules_in_scope": ["CHEM"], "module_weights": {"CHEM": 0.1}, "items": []}'


def test_numbers_are_read_as_they_are_written() -> None:
    assert str(case_from_json(GOOD).module_weights["CHEM"]) == "0.1"


@pytest.mark.parametrize("text", ["", "[", "nothing", "\ufeff{}", "[" * 100_000, b"\xff\xfe\x00"])
def test_what_isnt_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(KnownError) as caught:
        case_from_json(text)
    assert caught.value.code == "case_unreadable"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{}", "modules_in_scope"),
        ("[]", "case"),
        (GOOD.replace("[]", '[{"id": "A"}]'), "items.0.module"),
        (GOOD.replace("0.1", '"much"'), "module_weights.CHEM"),
        (
            GOOD.replace("[]", '[{"id": "A", "module": "CHEM", "section": "S", "weight": 1, "level": 9}]'),
            "level",
        ),
        (
            GOOD.replace("[]", '[{"id": "A", "module": "CHEM", "section": "S", "weight": 1, "level": -1}]'),
            "level",
        ),
        (
            GOOD.replace("[]", '[{"id": "A", "module": "CHEM", "section": "S", "weight": 1, "grade": 7}]'),
            "grade",
        ),
        (GOOD.replace("[]", '[{"id": "A", "module": "CHEM", "section": "S", "weight": 4}]'), "weight"),
    ],
)
def test_what_isnt_a_case_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(KnownError) as caught:
        case_from_json(text)
    assert caught.value.code == "case_wrong"
    assert place in str(caught.value.message)
