"""Marks as each language sets them: Québec's narrow spaces and guillemets, Mexico's decimal point and ¿ ¡."""

from __future__ import annotations

import re

import pytest

from tests.content.core import texts

NARROW = "\u202f"
EVERYWHERE = {
    "two spaces": r"  ",
    "a space at an end": r"^\s|\s$",
    "a mark that repeats": r"(?<!\.)\.\.(?!\.)|,,|;;|::|\?\?|[,;:]\.$|\.;|,;",
    "a mark that hangs": r"[,;:–—-]$",
    "a word that repeats": r"\b([a-záéíóúñàâçèêëîïôùûü]{2,}) \1\b",
    "a space before a comma": r" [,.](?!\d)",
    "no space after a mark": r"[a-zà-ÿ][,;][A-Za-zÀ-ÿ]",
    "a straight apostrophe": r"'",
    "a straight quotation mark": r'"',
}
BY_LANGUAGE = {
    "en": {
        "a no-break space": r"[\u00a0\u202f]",
        "a space before a mark": r"\s[;:?!]",
        "per cent without its space": r"\d%",
    },
    "es": {
        "a decimal comma": r"\d,\d{1,2}(?!\d)",
        "a no-break space": r"[\u00a0\u202f]",
        "a space before a mark": r"\s[;:?!]",
        "per cent without its space": r"\d%",
    },
    "fr": {
        "a mark without its narrow space": r"[^\u202f\s](?<![?!])[;?!%»]|(?<!\d)(?<=[^\u202f\s])(?<!https):(?!\d)",
        "a common space before a mark": r"[ \u00a0][;:?!%»]",
        "a guillemet without its narrow space": r"«[^\u202f]",
        "another quotation mark": r"[“”]",
        "a decimal point": r"\d\.\d",
        "a common space inside a number": r"\d[ \u00a0]\d{3}(?!\d)",
        "a comma inside a thousand": r"\d,\d{3}(?!\d)",
    },
}


def _marked(language: str) -> list[tuple[str, str]]:
    return [(place, getattr(text, language)) for place, text in texts()]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("fault", EVERYWHERE)
def test_marks_and_spaces_are_tidy(language: str, fault: str) -> None:
    wrong = re.compile(EVERYWHERE[fault])
    assert [(place, text) for place, text in _marked(language) if wrong.search(text)] == []


@pytest.mark.parametrize(
    ("language", "fault"), [(code, f) for code, faults in BY_LANGUAGE.items() for f in faults]
)
def test_a_language_keeps_its_own_rules(language: str, fault: str) -> None:
    wrong = re.compile(BY_LANGUAGE[language][fault])
    assert [(place, text) for place, text in _marked(language) if wrong.search(text)] == []


def test_a_spanish_question_opens_with_its_mark() -> None:
    for close, opening in (("?", "¿"), ("!", "¡")):
        wrong = [(place, es) for place, es in _marked("es") if es.count(close) != es.count(opening)]
        assert wrong == []


def test_a_question_that_asks_ends_with_its_mark_in_all_languages() -> None:
    wrong = [
        place
        for place, text in texts()
        if not (text.en.count("?") > 0) == (text.es.count("?") > 0) == (text.fr.count("?") > 0)
    ]
    assert wrong == []


def test_a_sentence_ends_alike_in_all_languages() -> None:
    """A full stop in one language and none in another is a text that lost its end."""
    wrong = [
        (place, text.en, text.es, text.fr)
        for place, text in texts()
        if len({said[-1] in ".?!" for said in (text.en, text.es, text.fr)}) > 1
    ]
    assert wrong == []
