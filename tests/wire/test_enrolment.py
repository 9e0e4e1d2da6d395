"""Codes are typed by people, from paper or over the telephone."""

from __future__ import annotations

import pytest

from greenaudit.wire.enrolment import enrolment_audience, tidy_code


@pytest.mark.parametrize("typed", ["7KQ0-1M2P-9XYZ", "7kqo im2p 9xyz", "7KQOLM2P9XYZ", " 7kq0-1m2p-9xyz\n"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert tidy_code(typed) == "7KQ01M2P9XYZ"
    assert enrolment_audience(typed) == "greenaudit-enrolment:7KQ01M2P9XYZ"
