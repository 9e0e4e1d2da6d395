"""Full text as typed: beginnings of words, without accents or case; what is typed is never a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.store.text_index import Entry, TextIndex, around, matches, words_of

TEXTS = {
    "Q1": "¿Están cerradas las válvulas del dique? · CHEM-STO-02",
    "Q2": "Bombas y VÁLVULAS de vapor · ENER-STM-03",
    "Q3": "Éclairage des quais · ENER-LIG-01",
    "Q4": "Gramos de CO₂ por m³; main-d’œuvre",
}
INDEX = TextIndex(Entry(key, "question", 0, text) for key, text in TEXTS.items())


def keys(typed: str) -> set[str]:
    return {found.key for found in INDEX.find(typed)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("valv", {"Q1", "Q2"}),
        ("VÁLVULAS vapor", {"Q2"}),
        ("eclair", {"Q3"}),
        ("chem-sto-02", {"Q1"}),
        ("ener st", {"Q2"}),
        ("co2", {"Q4"}),
        ("CO₂ m3", {"Q4"}),
        ("oeuvre", {"Q4"}),
        ("Œuvre", {"Q4"}),
        ("e\u0301clair", {"Q3"}),
        ("a", set()),
        ("álvula", set()),
        ("", set()),
        ("   ", set()),
    ],
)
def test_every_typed_word_is_the_beginning_of_one_in_the_text(typed: str, found: set[str]) -> None:
    assert keys(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "valv*",
        'valv"',
        "key:Q1 valv",
        "NEAR(valv)",
        "valv AND",
        "(valv",
        "valv\x00",
        "-valv",
        "^valv",
        "'; --",
    ],
)
def test_hostile_text_is_just_text(typed: str) -> None:
    assert keys(typed) <= set(TEXTS)
    assert INDEX.find(typed) == INDEX.find(" ".join(words_of(typed)))


@given(st.text(max_size=300))
def test_whatever_is_typed_the_index_and_the_eye_agree(typed: str) -> None:
    words = words_of(typed)
    expected = {key for key, text in TEXTS.items() if words and matches(text, words)}
    assert keys(typed) == expected


def test_the_snippet_is_around_what_was_found() -> None:
    long = " ".join(f"palabra{n}" for n in range(200)) + " válvula final " + "otra " * 50
    (found,) = TextIndex([Entry("Q", "note", 0, long)]).find("valvula")
    assert "válvula" in found.snippet
    assert len(found.snippet) < 200
    assert "válvula" in around(long, ("valvula",))
    assert around("corto", ("x",)) == "corto"


def test_what_is_not_wanted_takes_no_place_in_the_list() -> None:
    index = TextIndex(Entry(f"Q{n}", "question", 0, "agua") for n in range(30))
    assert [found.key for found in index.find("agua", 2, {"Q7", "Q28", "Q29"})] == ["Q7", "Q28"]


def test_earlier_parts_come_first_and_the_number_is_bounded() -> None:
    entries = [Entry(f"Q{n}", "guidance", 2, "agua") for n in range(30)] + [
        Entry("Q99", "question", 0, "agua sucia")
    ]
    found = TextIndex(entries).find("agua", limit=5)
    assert len(found) == 5
    assert found[0].key == "Q99"
