"""`greenaudit window`: the desktop app, where there is a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from typing import cast

from greenaudit.errors import KnownError
from greenaudit.messages import msg

WINDOW_GROUP = "greenaudit.window"
OURS = ("greenaudit", "ui", "resources")


def has_screen() -> bool:
    """Whether a window can be shown: on Linux a display must be named, elsewhere there is one."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@cache
def _window() -> Callable[[list[str]], object] | None:
    """The window is found by its entry point: the core never imports it. Without what it is drawn with there is none."""
    found = next(iter(entry_points(group=WINDOW_GROUP)), None)
    try:
        return None if found is None else cast(Callable[[list[str]], object], found.load())
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in OURS:
            raise
        return None


def is_installed() -> bool:
    """Whether there is a window here; the endpoint's machine has none."""
    return _window() is not None


def open_window(arguments: list[str]) -> int:
    """Opens the window; gives its exit code. Raises KnownError where it is not installed."""
    window = _window()
    if window is None:
        line = "pip install 'greenaudit[ui]'"
        raise KnownError("no_window", msg("The window is not installed here. Get it: {line}", line=line))
    return int(cast(int | None, window(arguments)) or 0)
