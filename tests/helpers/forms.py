"""Forms as workbooks for tests: rows as dictionaries by heading, and zips that are no workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

Cells = Mapping[str, object]
EN, ES, FR = "label::English (en)", "label::Español (es)", "label::Français (fr)"


def write_form(
    path: Path,
    survey: Sequence[Cells],
    choices: Sequence[Cells] = (),
    settings: Cells | None = None,
    **more: Sequence[Cells],
) -> Path:
    """A workbook with these sheets; headings in the order in which they first appear."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheets = {"survey": survey, "choices": choices, "settings": [settings] if settings else [], **more}
    for name, rows in sheets.items():
        if not rows:
            continue
        page = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        page.append(headings)
        for row in rows:
            page.append([row.get(heading) for heading in headings])
    book.save(path)
    return path


def form(path: Path, *rows: tuple[str, ...], choices: Sequence[Cells] = (), **settings: object) -> Path:
    """A form in English: rows of type, name, label, and then headings and texts in turn."""
    survey = []
    for kind, name, label, *more in rows:
        survey.append(
            {"type": kind, "name": name, EN: label, **dict(zip(more[::2], more[1::2], strict=True))}
        )
    return write_form(path, survey, choices, settings or None)


def choice(list_name: str, name: str, label: str = "", **more: object) -> Cells:
    """A row of the choices sheet."""
    return {"list_name": list_name, "name": name, EN: label or name, **more}


YES_NO = (choice("yn", "yes", "Yes"), choice("yn", "no", "No"))


def rewritten(source: Path, target: Path, parts: Mapping[str, bytes]) -> Path:
    """A copy of a workbook in which some parts of the zip are others, or new."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return target
