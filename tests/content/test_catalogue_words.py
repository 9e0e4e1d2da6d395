"""The window's Spanish uses one word for one thing, and Mexico's quotation marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from greenaudit.paths import resource

OTHERWISE = {
    "equipo, for a device": r"\bdispositivos?\b(?! o una tubería)",
    "clave, for a key": r"\bllaves?\b",
    "inscribir, for enrolling": r"\b[Rr]egistr(?:e|a|ar|o) (?:el|este|ese|de nuevo)\b.{0,12}\bequipo\b|\b[Rr]egístrelo\b",
    "servidor central, for the endpoint": r"\bservidor del programa\b",
    "“ ” around what is quoted": r"[«»]",
    "usted": r"\b(?:tú|tu|(?<!protocolo )tus|puedes|tienes|debes|haz)\b",
}
"""The word to use → what stands for the same thing otherwise."""


def _spanish() -> list[tuple[str, str]]:
    """Every translation with its catalogue."""
    said = []
    for path in sorted(Path(resource("locale", "es", "LC_MESSAGES")).glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale="es"):
                forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
                said += [(path.stem, form) for form in forms if entry.id]
    return said


@pytest.mark.parametrize("word", OTHERWISE)
def test_the_spanish_catalogue_says_one_thing_one_way(word: str) -> None:
    wrong = re.compile(OTHERWISE[word])
    assert [(catalogue, text) for catalogue, text in _spanish() if wrong.search(text)] == []
