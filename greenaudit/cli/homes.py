"""The home that a command works on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenaudit.log import log_to_file
from greenaudit.paths import Home, default_home
from greenaudit.services.opening import App, open_home

PASSPHRASE_VARIABLE = "GREENAUDIT_PASSPHRASE"  # noqa: S105 the name of a place, not a secret


def named_home(path: Path | None) -> Home:
    """The home of an option; the usual one without it."""
    return Home(path) if path else default_home()


def passphrase() -> str | None:
    """The passphrase from the environment, where a home is protected by one."""
    return os.environ.get(PASSPHRASE_VARIABLE)


@contextmanager
def opened(path: Path | None) -> Iterator[App]:
    """The app of a home, for as long as the block runs; the log goes there until the command ends."""
    home = named_home(path)
    log_to_file(home)
    app = open_home(home, passphrase=passphrase())
    try:
        yield app
    finally:
        app.close()
