"""The menus of the frame: language, theme, and the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.ports import Preferences, ThemeChoice
from ui.routes import Checklists, Home, NewVisit, Route, Settings

QUIT = "Ctrl+Q"

LOCALE_NAMES: dict[str, str] = {
    "en_US": "English (United States)",
    "en_CA": "English (Canada)",
    "es_MX": "Español (México)",
    "fr_CA": "Français (Canada)",
}
"""Each language by its own name: who can't read the window must still find theirs."""

THEME_NAMES: dict[ThemeChoice, Message] = {
    "": msg("As the system"),
    "light": msg("Light"),
    "dark": msg("Dark"),
    "daylight": msg("Daylight"),
}
THEME_ICONS: dict[ThemeChoice, str] = {"": "laptop", "light": "sun", "dark": "lightning", "daylight": "sun"}


def language_menu(parent: QWidget, preferences: Preferences) -> QMenu:
    """The four locales; the one that is on is ticked."""
    menu = QMenu(tr(msg("Language")), parent)
    group = QActionGroup(menu)
    for name, shown in LOCALE_NAMES.items():
        _entry(menu, group, shown, name == preferences.locale, partial(preferences.choose_locale, name))
    return menu


def theme_menu(parent: QWidget, preferences: Preferences) -> QMenu:
    """The three themes, and to follow the system."""
    menu = QMenu(tr(msg("Theme")), parent)
    group = QActionGroup(menu)
    for choice, shown in THEME_NAMES.items():
        _entry(menu, group, tr(shown), choice == preferences.theme, partial(preferences.choose_theme, choice))
    return menu


def main_menu(
    parent: QWidget, preferences: Preferences, go: Callable[[Route], None], leave: Callable[[], None]
) -> QMenu:
    """Everything that has no place of its own in the bar."""
    menu = QMenu(parent)
    menu.addAction(tr(msg("Home")), lambda: go(Home()))
    menu.addAction(tr(msg("New visit")), lambda: go(NewVisit()))
    menu.addAction(tr(msg("Checklists")), lambda: go(Checklists()))
    menu.addSeparator()
    menu.addMenu(language_menu(menu, preferences))
    menu.addMenu(theme_menu(menu, preferences))
    menu.addSeparator()
    menu.addAction(tr(msg("Settings, backup, endpoint…")), lambda: go(Settings()))
    menu.addAction(f"{tr(msg('Quit'))}\t{QUIT}", leave)
    return menu


def _entry(menu: QMenu, group: QActionGroup, text: str, on: bool, act: Callable[[], None]) -> QAction:
    action = QAction(text, menu)
    action.setCheckable(True)
    action.setChecked(on)
    group.addAction(action)
    menu.addAction(action)
    action.triggered.connect(lambda _checked=False: act())
    return action
