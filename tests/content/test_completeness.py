"""Every text stands in three languages, says the same figures, and was written for its question."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.content.core import core, guidance, texts

MOST_QUESTIONS = 3
LONGEST = {"text": 180, "levels": 170}
"""Characters that a card shows at arm's length."""

_NUMBER = re.compile(r"\d(?:[\d\u202f,.]*\d)?")
_PLACE = re.compile(r"\{[^}]*\}")

SAME_WORD = {"Canada"}
"""Names that two languages write alike; a text may consist of nothing else."""


def figures(text: str, language: str) -> list[str]:
    """The numbers of a text, whatever marks its language puts into them."""
    found = []
    for number in _NUMBER.findall(text):
        if language == "fr":
            number = number.replace("\u202f", "").replace(",", ".")
        elif re.search(r",\d{3}(?!\d)", number):
            number = number.replace(",", "")
        found.append(number)
    return sorted(found)


def test_no_text_of_the_pack_is_blank_in_any_language() -> None:
    assert core().missing == ()
    assert [
        place for place, text in texts() if not (text.en.strip() and text.es.strip() and text.fr.strip())
    ] == []


def test_the_three_languages_differ() -> None:
    alike = [
        (place, text.en)
        for place, text in texts()
        if len({text.en, text.es, text.fr}) < 3 and not {text.en, text.es, text.fr} & SAME_WORD
    ]
    assert alike == []


def test_no_word_is_excused_that_needs_no_excuse() -> None:
    alike = {
        word
        for _, text in texts()
        if len({text.en, text.es, text.fr}) < 3
        for word in (text.en, text.es, text.fr)
    }
    assert SAME_WORD - alike == set()


def test_the_three_languages_give_the_same_numbers() -> None:
    wrong = [
        (place, figures(text.en, "en"), figures(text.es, "es"), figures(text.fr, "fr"))
        for place, text in texts()
        if not figures(text.en, "en") == figures(text.es, "es") == figures(text.fr, "fr")
    ]
    assert wrong == []


def test_the_three_languages_keep_the_same_places_to_fill() -> None:
    wrong = [
        place
        for place, text in texts()
        if not set(_PLACE.findall(text.en)) == set(_PLACE.findall(text.es)) == set(_PLACE.findall(text.fr))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_guidance_is_written_for_its_question(language: str) -> None:
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, question, text in guidance():
        shared[kind, getattr(text, language).casefold()].add(question.id)
    assert {key: ids for key, ids in shared.items() if len(ids) > MOST_QUESTIONS} == {}


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_anchors_of_a_question_all_say_something_else(language: str) -> None:
    wrong = [
        question.id
        for question in core().questions
        if question.levels and len({getattr(level, language) for level in question.levels}) < 5
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_card_can_be_read_at_arms_length(language: str) -> None:
    long = []
    for question in core().questions:
        for name, parts in (("text", (question.text,)), ("levels", question.levels or ())):
            sizes = [len(getattr(part, language)) for part in parts]
            long += [f"{question.id}.{name}: {size}" for size in sizes if size > LONGEST[name]]
    assert long == []
