"""`assessment.json`: one revision, one fingerprint."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.canonical import sha256_hex
from greenaudit.domain.assessments import ExpectedSigner
from greenaudit.domain.text import Note
from greenaudit.reports.data import (
    FORMAT,
    assessment_bytes,
    assessment_fingerprint,
    assessment_json,
    decimal_text,
)
from tests.helpers.reports import item, report_content, some_items
from tests.helpers.small_checklist import checklist


def test_it_declares_what_a_verifier_needs() -> None:
    content = report_content("es", revision=2, corrects="ab" * 32, revision_reason="Measured again")
    data = assessment_json(content)
    assert data["format"] == FORMAT
    assert (data["number"], data["revision"], data["corrects"]) == (content.number, 2, "ab" * 32)
    assert data["packs"] == [{"id": "core", "version": "2026.2", "sha256": content.checklist.sha256}]
    assert len(data["photos"]) == 6
    assert all(len(photo["sha256"]) == 64 for photo in data["photos"])
    assert [signer["role"] for signer in data["signers"]] == ["assessor", "representative"]
    assert data["heads"] == {
        scope: {device: head.model_dump() for device, head in devices.items()}
        for scope, devices in content.heads.items()
    }
    assert data["score"]["modules"]["CHEM"]["score"] == "37.5"


def test_the_fingerprint_is_that_of_the_attached_bytes() -> None:
    content = report_content("en")
    data = assessment_bytes(content)
    assert sha256_hex(data) == assessment_fingerprint(content)
    assert json.loads(data) == assessment_json(content)


def test_language_and_moment_of_printing_change_nothing() -> None:
    content = report_content("en")
    later = report_content("fr", prepared_at=content.prepared_at.replace(hour=23), verify_url="https://other")
    assert assessment_fingerprint(content) == assessment_fingerprint(later)


def test_the_order_of_the_answers_changes_nothing() -> None:
    items = some_items(checklist())
    shuffled = report_content("en", items=tuple(reversed(items)))
    assert assessment_fingerprint(report_content("en", items=items)) == assessment_fingerprint(shuffled)


CHANGES: list[dict[str, Any]] = [
    {"number": "GA-MX-7K2Q-0148"},
    {"revision": 2},
    {"corrects": "00" * 32},
    {"lead": "Somebody else"},
    {"findings": ()},
    {"heads": {}},
    {"private": frozenset()},
    {"signers": (ExpectedSigner(role="assessor", name="A", refused=True, reason="ill"),)},
    {"items": some_items(checklist())[1:]},
    {"items": (item(checklist().questions[0], 1, note=Note(text="changed")), *some_items(checklist())[1:])},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_any_change_of_substance_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert assessment_fingerprint(report_content("en", **change)) != assessment_fingerprint(
        report_content("en")
    )


def test_figures_are_decimal_strings() -> None:
    def walk(value: Any) -> None:
        assert not isinstance(value, float | Decimal)
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(part)

    walk(assessment_json(report_content("en")))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_a_decimal_has_one_text(value: Decimal) -> None:
    text = decimal_text(value)
    assert Decimal(text) == value
    assert text == decimal_text(value + Decimal("0.00000000"))
    assert "E" not in text
    assert not text.startswith("-0") or text.startswith("-0.")
