"""Where `greenaudit` begins: the window when nothing else is asked for, else a command."""

from __future__ import annotations

import sys

from greenaudit.cli.window import has_screen, is_installed, open_window

HELP = {"-h", "--help"}


def main() -> int:
    """Runs what the arguments ask for; gives the exit code."""
    arguments = sys.argv[1:]
    wants_window = not arguments or arguments[0] == "window"
    if wants_window and not HELP & set(arguments):
        if not has_screen():
            arguments = ["demo", "--no-screen"]
        elif is_installed():
            return open_window(arguments[1:])
        else:
            arguments = ["window"]
    # The window is painted before the commands' imports are paid for.
    from greenaudit.cli.commands import run

    return run(arguments)
