"""The window's frame: bars, "Go to…", notices, the focus ring, and the pages between them."""

from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow

__all__ = ["MainWindow", "WindowPreferences"]
