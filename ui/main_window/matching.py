"""Finding a destination by what was typed: case and accents don't matter, words may come in any order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ui.i18n import tr
from ui.ports import Destination

LIMIT = 60
"""How many lines are offered; more typing finds the rest."""


def folded(text: str) -> str:
    """The text without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Findable:
    """A destination with what it is found by, folded once."""

    destination: Destination
    title: str
    all: str


def findable(destinations: Iterable[Destination]) -> list[Findable]:
    """Prepares destinations in the language that is on."""
    result = []
    for place in destinations:
        title = folded(tr(place.title))
        rest = folded(f"{tr(place.sub)} {place.words} {place.mark}")
        result.append(Findable(place, title, f"{title} {rest}"))
    return result


def found(typed: str, among: list[Findable]) -> list[Destination]:
    """Those that have every typed word; whose title begins with it first, then in their own order."""
    words = folded(typed).split()
    if not words:
        return [place.destination for place in among[:LIMIT]]
    hits = [place for place in among if all(word in place.all for word in words)]
    hits.sort(key=lambda place: (not place.title.startswith(words[0]), words[0] not in place.title))
    return [place.destination for place in hits[:LIMIT]]
