"""Codes are typed by people, from paper or over the telephone; refusals come from who knows whom."""

from __future__ import annotations

import json

import pytest

from greenaudit.wire.enrolment import Refusal, enrolment_audience, tidy_code
from greenaudit.wire.packing import WireError, pack


@pytest.mark.parametrize(
    "told",
    [
        {"text": "{a.b}", "params": {"a": "x"}},
        {"text": "{a:>99999999}", "params": {"a": "x"}},
        {"text": "{missing}"},
        {"text": "{n}"},
        {"text": "open {"},
        {"text": "fine", "plural": "{x[0]}", "count": 2},
        {"text": "x", "code": "Not A Code"},
    ],
)
def test_a_refusal_that_could_break_its_reader_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(WireError):
        Refusal.from_bytes(pack(json.dumps({"version": 1, "code": "x", **told}).encode()))


def test_a_refusal_that_counts_travels() -> None:
    told = Refusal(
        code="x", text="{n} minute of {all}", plural="{n} minutes of {all}", count=3, params={"all": 9}
    )
    assert Refusal.from_bytes(told.to_bytes()) == told


@pytest.mark.parametrize("typed", ["7KQ0-1M2P-9XYZ", "7kqo im2p 9xyz", "7KQOLM2P9XYZ", " 7kq0-1m2p-9xyz\n"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert tidy_code(typed) == "7KQ01M2P9XYZ"
    assert enrolment_audience(typed) == "greenaudit-enrolment:7KQ01M2P9XYZ"
