"""Where the window begins: it paints its first frame, and only then imports what fills it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from greenaudit.paths import Home, default_home
from ui.main_window.shell import Shell
from ui.theme import THEMES, Theme, load_first_font
from ui.theme.colors import set_current

FIRST_SIZE = QSize(1280, 800)
MIDDLE = 128


def first_look(home: Home) -> tuple[str, Theme | None]:
    """Locale and theme of the last run, read without the settings' own reader: that costs more than the frame.

    Anything odd means the system's choice; the reader proper says what is wrong with the file.
    """
    try:
        kept = json.loads(home.settings.read_text(encoding="utf-8"))
        locale, theme = kept.get("locale", ""), kept.get("theme", "")
    except (OSError, ValueError, AttributeError, RecursionError):
        return "", None
    return locale if isinstance(locale, str) else "", next((t for t in THEMES if t == theme), None)


def first_shell(app: QApplication, theme: Theme | None) -> Shell:
    """The window with its first frame, in the theme of the last run, else as light or dark as the system's palette."""
    load_first_font()
    set_current(theme or ("dark" if app.palette().window().color().lightness() < MIDDLE else "light"))
    shell = Shell()
    shell.resize(FIRST_SIZE.boundedTo(shell.screen().availableSize()))
    return shell


def run(argv: Sequence[str] = ()) -> int:
    """Opens the window and stays until it is closed. `--sample` fills an empty home with the sample programme."""
    app = QApplication([sys.argv[0], *argv])
    app.setApplicationName("GreenAudit")
    home = default_home()
    locale, theme = first_look(home)
    shell = first_shell(app, theme)

    def furnish() -> None:
        from ui.wiring.desktop import Desktop

        desktop = Desktop(app, shell, home, locale, theme or "", with_sample="--sample" in argv)
        app.aboutToQuit.connect(desktop.end)
        desktop.begin()

    shell.first.painted.connect(furnish)
    shell.show()
    return app.exec()
