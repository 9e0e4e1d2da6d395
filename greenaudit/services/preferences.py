"""What a person has chosen on this device."""

from __future__ import annotations

from greenaudit.paths import Home
from greenaudit.settings import Settings, load_settings, save_settings


class Preferences:
    """Reads and writes the settings of a home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def load(self) -> Settings:
        """The settings; defaults when there are none."""
        return load_settings(self._home.settings)

    def save(self, settings: Settings) -> None:
        """Keeps the settings, whole or not at all."""
        save_settings(self._home.settings, settings)
