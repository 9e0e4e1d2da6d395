"""Compiles the message catalogues (.po) to what gettext reads (.mo); a build hook and a command.

Run as `python packaging/catalogues.py`; hatchling runs it as a hook when a wheel is built.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a command where hatchling is absent
    BuildHookInterface = object

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Writes an .mo beside every .po that is newer; gives the files written."""
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream)
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(target)
    return written


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Puts the compiled catalogues into the wheel."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        compile_all()
        build_data.setdefault("artifacts", []).append("resources/locale/**/*.mo")  # type: ignore[attr-defined]


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"{path.name} compiled for {path.parent.parent.name}\n")
