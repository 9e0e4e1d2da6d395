"""Putting a theme on, at the start and at run time."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.theme.colors import set_current
from ui.theme.fonts import font
from ui.theme.palette import palette
from ui.theme.sheet import style_sheet
from ui.theme.tokens import Theme


def apply(app: QApplication, theme: Theme) -> None:
    """Paints the whole application in a theme; widgets are told by Qt (`StyleChange`) and draw anew."""
    set_current(theme)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font("body"))
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())


def system_theme(app: QApplication) -> Theme:
    """What the system asks for until the person chooses; daylight is always the person's choice."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def chosen_theme(app: QApplication, choice: Literal["", "light", "dark", "daylight"]) -> Theme:
    """The theme that the settings mean; an empty choice follows the system."""
    return choice or system_theme(app)
