"""IBM Plex from the product's own files; loaded before the first widget."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from greenaudit.errors import BugError
from greenaudit.paths import resource
from ui.theme.tokens import FAMILY, MONO, TYPE, Role

FIRST = "IBMPlexSans_600SemiBold.ttf"
"""The face of the first frame."""


def load_first_font() -> None:
    """Makes the face of the first frame known to Qt; the others cost time that it doesn't have."""
    _load(resource("fonts", FIRST))


def load_fonts(*, but_first: bool = False) -> None:
    """Makes the product's fonts known to Qt; with `but_first`, those that the first frame didn't need."""
    for file in sorted(resource("fonts").glob("*.ttf")):
        if not (but_first and file.name == FIRST):
            _load(file)


def _load(file: Path) -> None:
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        raise BugError(f"the font {file.name} can't be loaded")


def font(role: Role = "body", *, mono: bool = False) -> QFont:
    """The font of a step of the type scale."""
    size, weight = TYPE[role]
    result = QFont(MONO if mono else FAMILY)
    result.setPixelSize(size)
    result.setWeight(QFont.Weight(weight))
    return result


def metrics(role: Role = "body", *, mono: bool = False) -> QFontMetrics:
    """The measures of a step: for painted widgets that must know how tall their text is."""
    return QFontMetrics(font(role, mono=mono))
