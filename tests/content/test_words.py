"""One word for one thing in each language, the respectful form of address, and never a verdict of law."""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml

from greenaudit.paths import resource
from tests.content.core import Placed, texts

VERDICTS = {
    "en": r"\b(?:non-?)?compliant|\bin compliance|\bcompl(?:y|ies) with|\b(?:il|un)lawful|\billegal|\bviolat|\binfring",
    "es": r"\bcumple con la ley|\bcumple la ley|\bincumpl|\bilegal|\bviola(?:ción|ciones|r)?\b|\binfracc|\ben regla\b|conforme a la ley",
    "fr": r"conforme à la loi|conforme aux? (?:lois?|règlement)|non[- ]conforme|en conformité|\billég|\binfraction|\ben règle\b|\bviole",
}
"""What a lawyer or an authority says, and an assessment never does."""

FAMILIAR = {
    "es": r"\b(?:tú|tu|tus|ti|te|contigo|vosotros|vuestr[oa]s?|os|eres|estás|puedes|tienes|debes|haces|haz|ordenador|almacenaje de residuos peligrosos)\b",
    "fr": r"\b(?:tu|toi|tes|peux|veux)\b",
}
"""Words of a person whom one addresses as a friend, or of another country's Spanish."""

ELSEWHERE = {
    "es": r"\b(?:carretilla elevadora|palet|bidón|bidones|ordenador|aparcamiento|neumático|grifo|gafas)\b",
    "fr": r"\b(?:shift|feuille de route|poubelle jaune|chariot à fourche|week-end|parking|planning|caristes? élévateur)\b",
}
"""What a plant in Mexico or Québec calls otherwise."""

JUSTIFIED = {
    ("recovery", "ENER-"): "heat is recovered as récupération, recuperación; valorisation is of materials",
    ("supplier", "ENER-MGT-01.answer.columns.supplier"): "the Mexican electricity law calls it suministrador",
    ("boiler", "areas.A14.title"): "the room of the boilers has a name of its own in French",
    ("compliance", "references.ca.on-eca"): "the name of an approval in Ontario",
    ("electroplating", "references.ca.sor-2009-162"): "the title of the regulation",
}
"""Glossary term and the beginning of a place → why another word is right there."""


@cache
def glossary() -> tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """The forms of every term: English, Spanish, French."""
    terms = yaml.safe_load(resource("checklists", "glossary.yaml").read_text(encoding="utf-8"))
    return tuple((tuple(term["en"]), tuple(term["es"]), tuple(term["fr"])) for term in terms)


def _english(form: str) -> str:
    return rf"(?<![\w-]){re.escape(form)}(?:s|es)?(?![\w-])"


def _stems(form: str) -> str:
    """The form with its endings open, and up to two words between its words."""
    words = [
        re.escape(word[: max(4, len(word) - 2)] if len(word) > 4 else word) + r"\w*" for word in form.split()
    ]
    return r"(?<!\w)" + r"\W+(?:\w+\W+){0,2}?".join(words)


def _says(forms: tuple[str, ...], text: str) -> bool:
    return any(re.search(_stems(form), text, re.IGNORECASE) for form in forms)


def _strays(column: int) -> list[tuple[str, str, str, str]]:
    """Terms whose text uses none of the glossary's forms: term, place, English, text."""
    longest_first = sorted(glossary(), key=lambda forms: -max(map(len, forms[0])))
    patterns = [
        (re.compile("|".join(map(_english, forms[0])), re.IGNORECASE), forms) for forms in longest_first
    ]
    wrong = []
    for place, text in texts():
        left, said = text.en, (text.es, text.fr)[column - 1]
        for english, forms in patterns:
            if english.search(left):
                if not _says(forms[column], said) and not _excused(forms[0][0], place):
                    wrong.append((forms[0][0], place, text.en, said))
                left = english.sub("", left)  # a spill kit is no spill
    return wrong


def _excused(term: str, place: str) -> bool:
    return any(term == excused and place.startswith(start) for excused, start in JUSTIFIED)


@pytest.mark.parametrize(("language", "column"), [("es", 1), ("fr", 2)])
def test_glossary_terms_are_used_as_the_glossary_has_them(language: str, column: int) -> None:
    assert _strays(column) == []


def test_no_excuse_outlives_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    excuses = dict(JUSTIFIED)
    monkeypatch.setattr("tests.content.test_words.JUSTIFIED", {})
    strays = [(term, place) for column in (1, 2) for term, place, _, _ in _strays(column)]
    assert [
        key
        for key in excuses
        if not any(term == key[0] and place.startswith(key[1]) for term, place in strays)
    ] == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_nothing_claims_a_legal_verdict(language: str) -> None:
    assert _with(VERDICTS[language], language) == []


@pytest.mark.parametrize("language", ["es", "fr"])
def test_people_are_addressed_with_respect_in_the_words_of_their_country(language: str) -> None:
    assert _with(FAMILIAR[language], language) == []
    assert _with(ELSEWHERE[language], language) == []


def _with(pattern: str, language: str) -> list[Placed]:
    wrong = re.compile(pattern, re.IGNORECASE)
    return [placed for placed in texts() if wrong.search(getattr(placed.text, language))]
