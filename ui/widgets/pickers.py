"""Choosing files with the system's dialogs, as functions: tests give their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from greenaudit.messages import msg
from ui.i18n import tr

PickPhotos = Callable[[QWidget], list[Path]]
PickTarget = Callable[[QWidget, str], Path | None]
"""Gets the window and a file name to propose."""


def pick_photos(parent: QWidget) -> list[Path]:
    """Asks for photo files; none when the person thinks better of it."""
    kinds = f"{tr(msg('Photos'))} (*.jpg *.jpeg *.png *.webp *.heic *.tif *.tiff)"
    names, _ = QFileDialog.getOpenFileNames(parent, tr(msg("Add photos")), "", kinds)
    return [Path(name) for name in names]


def pick_target(parent: QWidget, proposed: str) -> Path | None:
    """Asks where to save a PDF; None when the person thinks better of it."""
    name, _ = QFileDialog.getSaveFileName(parent, tr(msg("Save a copy of the PDF")), proposed, "PDF (*.pdf)")
    return Path(name) if name else None
