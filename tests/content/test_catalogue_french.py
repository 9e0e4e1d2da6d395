"""The window's French: one word for one thing, and marks that never begin a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from greenaudit.paths import resource

OTHERWISE = {
    "aire, for an area of the plant": r"\b[Ss]ecteurs?\b",
    "score, for what is out of 100": r"\b[Pp]ointages?\b|\bnote (?:actuelle|globale)\b",
    "serveur central, for the endpoint": r"\bserveur du programme\b",
    "piste d’amélioration, for an opportunity": r"\bopportunités?\b",
    "vous": r"\b(?:tu|toi|tes|ton|peux|veux)\b",
    "a narrow space before the mark": r"[ \u00a0][:;?!»]",
    "a narrow space after «": r"«(?!\u202f)",
    "a typographic apostrophe": r"[a-zà-ÿ]'[a-zà-ÿ]",
}
"""The word or mark to use → what stands for the same thing otherwise."""


def _french() -> list[tuple[str, str]]:
    """Every translation with its catalogue."""
    said = []
    for path in sorted(Path(resource("locale", "fr", "LC_MESSAGES")).glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale="fr"):
                forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
                said += [(path.stem, form) for form in forms if entry.id]
    return said


@pytest.mark.parametrize("word", OTHERWISE)
def test_the_french_catalogue_says_one_thing_one_way(word: str) -> None:
    wrong = re.compile(OTHERWISE[word])
    assert [(catalogue, text) for catalogue, text in _french() if wrong.search(text)] == []
