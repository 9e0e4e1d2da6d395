"""`greenaudit window`: the desktop app, where there is a screen."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points

WINDOW_GROUP = "greenaudit.window"


def has_screen() -> bool:
    """Whether a window can be shown: on Linux a display must be named, elsewhere there is one."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(arguments: list[str]) -> int:
    """Opens the window, which is found by its entry point: the core never imports it."""
    found = list(entry_points(group=WINDOW_GROUP))
    if not found:
        sys.stderr.write("The window is not installed here: pip install 'greenaudit[ui]'\n")
        return 1
    result = found[0].load()(arguments)
    return int(result or 0)
