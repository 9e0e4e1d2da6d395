"""IBM Plex from the product's own files; loaded before the first widget."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from greenaudit.errors import BugError
from greenaudit.paths import resource
from ui.theme.tokens import FAMILY, MONO, TYPE, Role


def load_fonts() -> None:
    """Makes the product's fonts known to Qt; a font that ships but can't be loaded is our mistake."""
    for file in sorted(resource("fonts").glob("*.ttf")):
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
