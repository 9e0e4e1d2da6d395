"""IBM Plex for the report: registered once, embedded as subsets, and asked which signs it has."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from greenaudit.paths import resource


class Face(NamedTuple):
    """A font file, and how a browser or Qt calls it."""

    file: str
    family: str
    weight: int


SANS = "Plex"
MEDIUM = "Plex-Medium"
SEMI = "Plex-Semi"
BOLD = "Plex-Bold"
MONO = "PlexMono"
MONO_MEDIUM = "PlexMono-Medium"

FACES: dict[str, Face] = {
    SANS: Face("IBMPlexSans_400Regular.ttf", "IBM Plex Sans", 400),
    MEDIUM: Face("IBMPlexSans_500Medium.ttf", "IBM Plex Sans", 500),
    SEMI: Face("IBMPlexSans_600SemiBold.ttf", "IBM Plex Sans", 600),
    BOLD: Face("IBMPlexSans_700Bold.ttf", "IBM Plex Sans", 700),
    MONO: Face("IBMPlexMono_400Regular.ttf", "IBM Plex Mono", 400),
    MONO_MEDIUM: Face("IBMPlexMono_500Medium.ttf", "IBM Plex Mono", 500),
}


@lru_cache(maxsize=1)
def register() -> None:
    """Makes the faces known to reportlab; `<b>` is semi-bold, and there is no italic to fall back on."""
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", face.file))))
    for regular, bold in ((SANS, SEMI), (SEMI, BOLD), (MEDIUM, BOLD), (MONO, MONO_MEDIUM)):
        for italic in (0, 1):
            addMapping(regular, 0, italic, regular)
            addMapping(regular, 1, italic, bold)


@lru_cache(maxsize=8)
def signs(face: str) -> frozenset[int]:
    """The code points that a face can draw."""
    register()
    font = pdfmetrics.getFont(face)
    assert isinstance(font, TTFont)
    return frozenset(font.face.charToGlyph)


def width(text: str, face: str, size: float) -> float:
    """The width of a line of text, in the unit of `size`."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))
