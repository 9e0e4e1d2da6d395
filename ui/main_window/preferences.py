"""Language and theme of the running window: put on at once, kept by whoever keeps settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from ui.i18n import locale
from ui.i18n.qt import speak, system_locale
from ui.ports import ThemeChoice
from ui.theme import current
from ui.theme.switching import apply, chosen_theme

Keep = Callable[[str, ThemeChoice], None]


def _forget(locale: str, theme: ThemeChoice) -> None:
    """Before the services are there, a choice holds for this run."""


class WindowPreferences:
    """`ui.ports.Preferences` for one application; an empty locale or theme means the system's."""

    def __init__(self, app: QApplication, locale: str = "", theme: ThemeChoice = "") -> None:
        self._app = app
        self._theme: ThemeChoice = theme
        self._keep: Keep = _forget
        self._words: QTranslator = speak(app, locale or system_locale())
        apply(app, chosen_theme(app, theme))
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def locale(self) -> str:
        """The locale that is on."""
        return locale()

    @property
    def theme(self) -> ThemeChoice:
        """The choice (empty: as the system), not the theme that follows from it."""
        return self._theme

    def kept_by(self, keep: Keep) -> None:
        """Names what keeps a choice for the next start."""
        self._keep = keep

    def choose_locale(self, name: str) -> None:
        """Speaks another language from now on."""
        if name != locale():
            self._words = speak(self._app, name, self._words)
        self._keep(name, self._theme)

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Puts another theme on from now on."""
        self._theme = choice
        self._put_on()
        self._keep(locale(), choice)

    def _follow_system(self) -> None:
        if not self._theme:
            self._put_on()

    def _put_on(self) -> None:
        theme = chosen_theme(self._app, self._theme)
        if theme != current():
            apply(self._app, theme)
