"""A checklist written as a workbook that other form tools read, and that comes back the same."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs.xlsform.notes import NotCarried, Notes
from greenaudit.packs.xlsform.rows_writing import Cells, Rows

_FIRST = ("type", "name", "list_name", "id")
_WIDTH = 28
_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook has no zone; one moment, so that equal packs give equal files


def export_workbook(checklist: Checklist, path: Path) -> tuple[NotCarried, ...]:
    """Writes the workbook; gives what other tools won't know of it (the workbook itself carries everything)."""
    notes = Notes()
    rows = Rows(checklist, notes)
    rows.fill()
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _MADE
    sheets = {
        "survey": rows.survey,
        "choices": rows.choices,
        "settings": [rows.settings()],
        "areas": rows.areas(),
        "references": rows.references(),
    }
    for name, lines in sheets.items():
        _write(book, name, lines)
    draft = path.with_name(f".{path.name}.draft")
    try:
        book.save(draft)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KnownError(
            "workbook_unwritable",
            msg(
                "{path} can't be written: {why}. Choose another place.",
                path=str(path),
                why=error.strerror or "",
            ),
        ) from error
    return notes.all


def _write(book: Workbook, name: str, lines: Iterable[Cells]) -> None:
    """One sheet: headings in the order in which they first appear, the well-known ones first, every cell a text."""
    found = dict.fromkeys(heading for line in lines for heading in line)
    headings = [heading for heading in _FIRST if heading in found]
    headings += [heading for heading in found if heading not in _FIRST]
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTH
    bold = []
    for heading in headings:
        cell = WriteOnlyCell(page, heading)
        cell.font = Font(bold=True)
        bold.append(cell)
    page.append(bold)
    for line in lines:
        page.append([_as_text(page, line.get(heading, "")) for heading in headings])


def _as_text(page: WriteOnlyWorksheet, text: str) -> Cell | None:
    """A cell that stays a text, whatever it begins with: a formula is never written."""
    if not text:
        return None
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell
