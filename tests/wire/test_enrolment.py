"""Codes are typed by people, from paper or over the telephone; refusals come from who knows whom."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from greenaudit.domain.suppliers import Person
from greenaudit.ids import new_id
from greenaudit.wire.enrolment import (
    Certificates,
    EnrolAnswer,
    EnrolRequest,
    Refusal,
    enrolment_audience,
    tidy_code,
)
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


def asked(**more: Any) -> EnrolRequest:
    parts = dict.fromkeys(("code", "device_key", "assessor_csr", "sub_ca_csr", "proof"), "x")
    return EnrolRequest.model_validate({**parts, "device_id": new_id(), "device_code": "A1B", **more})


def answered(**more: Any) -> EnrolAnswer:
    certificates = Certificates(assessor="a", sub_ca="b", issuing="c", root="d")
    person = Person(id=new_id(), name="Ana")
    parts = {"person": person, "device_code": "A1B", "country": "MX", "programme_id": new_id()}
    names = {"programme_name": "P", "scopes": ("registry",), "audience": "x", "certificates": certificates}
    return EnrolAnswer.model_validate({**parts, **names, **more})


def sent(message: EnrolRequest | EnrolAnswer) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(zlib.decompress(message.to_bytes(), 31))
    return body


def test_parts_that_came_later_travel_only_when_they_are_there() -> None:
    """An older program refuses parts that it doesn't know."""
    assert "known_as" not in sent(asked())
    assert "recovery_key" not in sent(answered())
    for message in (asked(), asked(known_as=new_id())):
        assert EnrolRequest.from_bytes(message.to_bytes()) == message
    for answer in (answered(), answered(recovery_key="PEM")):
        assert EnrolAnswer.from_bytes(answer.to_bytes()) == answer


def test_the_proof_is_made_out_to_the_code_however_it_was_typed() -> None:
    assert enrolment_audience("7kq0-1m2p") == enrolment_audience("7KQOLM2P") != enrolment_audience("7KQ0")
