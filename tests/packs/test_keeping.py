"""A checklist kept as bytes comes back the same, with the same identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenaudit.canonical import sha256_hex
from greenaudit.domain.checklists import Reference
from greenaudit.errors import KnownError
from greenaudit.packs import (
    PackError,
    checklist_from_bytes,
    checklist_to_bytes,
    load_checklist,
    load_references,
)
from greenaudit.paths import resource
from tests.helpers.checklists import many_questions


@pytest.mark.parametrize("pack", [load_checklist(resource("checklists", "core")), many_questions(30)])
def test_bytes_and_back_keep_value_and_identity(pack: object) -> None:
    kept = checklist_to_bytes(pack)  # type: ignore[arg-type]
    again = checklist_from_bytes(kept)
    assert again == pack
    assert again.sha256 == sha256_hex(kept)
    assert checklist_from_bytes(kept, sha256=again.sha256) == pack


def test_changed_bytes_are_refused() -> None:
    kept = checklist_to_bytes(many_questions(3))
    with pytest.raises(KnownError) as caught:
        checklist_from_bytes(kept.replace(b"anchor 1", b"anchor 9"), sha256=sha256_hex(kept))
    assert caught.value.code == "pack_changed"


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"id": "core", "newer": 1}'])
def test_unreadable_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        checklist_from_bytes(data)
    assert caught.value.code == "pack_unreadable"


def test_the_three_country_packs_load_and_say_what_is_unconfirmed() -> None:
    references = load_references(resource("countries"))
    assert {name.split(".")[0] for name in references} == {"us", "ca", "mx"}
    assert {reference.status for reference in references.values()} == {"confirmed", "unconfirmed"}


GOOD = """- {{id: {country}.a, title: {{en: A, es: B, fr: C}}, status: confirmed, source: Law}}
"""


def countries(folder: Path, us: str) -> Path:
    for country in ("ca", "mx"):
        (folder / f"{country}.yaml").write_text(GOOD.format(country=country))
    (folder / "us.yaml").write_text(us)
    return folder


def test_a_reference_is_read_with_open_dates(tmp_path: Path) -> None:
    found = load_references(countries(tmp_path, GOOD.format(country="us")))
    assert isinstance(found["us.a"], Reference)
    assert found["us.a"].valid_to == ""


@pytest.mark.parametrize(
    ("us", "part"),
    [
        (GOOD.format(country="mx"), "begins with 'us.'"),
        (GOOD.format(country="us") * 2, "stands here twice"),
        (GOOD.format(country="us").replace("source", "valid_from: soon, source"), "a date such as"),
        (GOOD.format(country="us").replace("source", "valid_from: '20261123', source"), "a date such as"),
        (GOOD.format(country="us").replace("confirmed", "maybe"), "'maybe' isn't one of"),
        (GOOD.format(country="us b"), "can't be an id"),
        ("a: 1\n", "Expected a list."),
        ("- word\n", "Expected fields with names."),
        ("[", "This isn't YAML"),
    ],
)
def test_a_broken_country_pack_is_named(tmp_path: Path, us: str, part: str) -> None:
    with pytest.raises(PackError) as caught:
        load_references(countries(tmp_path, us))
    assert caught.value.problems[0].file == "us.yaml"
    assert any(part in str(problem.message) for problem in caught.value.problems)


def test_a_missing_country_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="missing"):
        load_references(tmp_path)
