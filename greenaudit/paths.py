"""Where things are: the app's own folder, and the data that ships with it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

import resources

HOME_VARIABLE = "GREENAUDIT_HOME"


@dataclass(frozen=True)
class Home:
    """The folder that holds everything the app keeps; `GREENAUDIT_HOME` names another."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "greenaudit.db"

    @property
    def keys(self) -> Path:
        """The wrapped database key (never the bare one, unless the person chose a key file)."""
        return self.root / "keys.json"

    @property
    def identity(self) -> Path:
        """The device's signing keys, encrypted; not part of a backup."""
        return self.root / "identity"

    @property
    def blobs(self) -> Path:
        return self.root / "evidence"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """The log, for whoever looks into a trouble; older ones lie beside it."""
        return self.logs / "greenaudit.log"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    def create(self) -> Home:
        """Makes the folder, readable by its owner alone; gives itself back."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self


def default_home() -> Home:
    """`GREENAUDIT_HOME`, or the operating system's place for application data."""
    named = os.environ.get(HOME_VARIABLE)
    return Home(Path(named) if named else Path(platformdirs.user_data_dir("GreenAudit", appauthor=False)))


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`."""
    return Path(resources.__path__[0], *parts)
