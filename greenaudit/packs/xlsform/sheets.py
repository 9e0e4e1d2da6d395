"""A workbook's sheets as rows of plain texts. What a cell hides, computes or shares is read harmlessly and noted."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from greenaudit.messages import Message, msg
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.xlsform.archive import MAX_ROWS, Archive, WorkbookError, open_archive, too_large
from greenaudit.packs.xlsform.notes import Notes

MAX_COLUMNS = 400
_TWO_LETTERS = 702
"""Columns up to ZZ; the archive refuses texts beyond."""
MAX_CELLS = 400_000
MAX_TEXT = 20_000

READ = ("survey", "choices", "settings", "areas", "references")
"""The sheets that mean something here; the last two are GreenAudit's own."""

_UNREAD = {
    "external_choices": msg("Choices from outside the form can't be looked up in a plant."),
    "entities": msg("GreenAudit keeps plants and people itself."),
    "osm": msg("GreenAudit has no map to tag."),
}
_BROKEN = (
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    ParseError,
    SyntaxError,
    OSError,
)
"""What openpyxl raises for parts that are missing or say nonsense."""


_Line = tuple[int, list[tuple[int, object, str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row's texts by heading; `number` as the workbook counts."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's headings in order, and the rows that say something."""

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def read_sheets(path: Path, notes: Notes) -> dict[str, Sheet]:
    """The sheets of a workbook by lower-case name. Raises WorkbookError; notes what isn't read as it stands."""
    archive = open_archive(path)
    _note_beside(archive, notes)
    formulas = _formulas(archive, path.name) if archive.formulas else {}
    found: dict[str, Sheet] = {}
    pages = _pages(archive, path.name, values=True)
    for page in pages:
        name = page.title.strip().lower()
        if len(pages) == 1 and name not in READ and _is_survey(page, path.name):
            name = "survey"  # form tools read a lone sheet so, whatever it is called
        lines = _Reader(page, name, formulas.get(page.title, {}), notes)
        if name in READ and name not in found:
            found[name] = lines.sheet(path.name)
        elif not name.startswith("_") and _rows(page, path.name):
            why = _UNREAD.get(name, msg("GreenAudit reads the sheets survey, choices, settings and its own."))
            notes.add(page.title[:60], 0, page.title, why)
    return found


def _note_beside(archive: Archive, notes: Notes) -> None:
    if archive.macros:
        notes.add("", 0, "macros", msg("Macros aren't read and never run."))
    for place in archive.merged:
        notes.add("", 0, place, msg("Merged cells: only the first holds the text."))
    if archive.links:
        notes.add("", 0, "links", msg("Links to other workbooks aren't followed."))


def _pages(archive: Archive, name: str, *, values: bool) -> list[ReadOnlyWorksheet]:
    """The sheets, to be read row by row, with the values their cells show or with their formulas."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about styles and extensions that nobody needs here
            book = load_workbook(archive.open(), read_only=True, data_only=values, keep_links=False)
    except _BROKEN as error:
        raise _damaged(name) from error
    return [page for page in book.worksheets if isinstance(page, ReadOnlyWorksheet)]


def _damaged(name: str) -> WorkbookError:
    return WorkbookError(msg("{path} isn't an .xlsx workbook, or it is damaged.", path=name))


def _rows(page: ReadOnlyWorksheet, name: str) -> list[_Line]:
    """Every row that holds something: its number, and its cells as column, value and kind. Bounded."""
    page.reset_dimensions()  # what a sheet says of its own size may be wrong
    lines: list[_Line] = []
    count = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, cells in _numbered(page, name):
            found = [
                (at, cell.value, cell.data_type) for at, cell in enumerate(cells) if cell.value is not None
            ]
            count += len(found)
            if found and (found[-1][0] >= MAX_COLUMNS or count > MAX_CELLS):
                raise WorkbookError(too_large(page.title))
            if found:
                lines.append((number, found))
    return lines


def _numbered(page: ReadOnlyWorksheet, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    reader: Any = page  # the type stubs don't know that it has rows
    rows = enumerate(reader.iter_rows(max_row=MAX_ROWS, max_col=_TWO_LETTERS), start=1)
    while True:
        try:
            number, cells = next(rows, (0, ()))
        except _BROKEN as error:
            raise _damaged(name) from error
        if not number:
            return
        yield number, cells


def _is_survey(page: ReadOnlyWorksheet, name: str) -> bool:
    """Whether the first row has the two headings without which no form asks anything."""
    first = next(iter(_rows(page, name)), (0, []))[1]
    return {"type", "name"} <= {str(value).strip().lower() for _, value, _ in first}


def _formulas(archive: Archive, name: str) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas by sheet and place."""
    return {
        page.title: {
            (number, at): str(value)
            for number, cells in _rows(page, name)
            for at, value, kind in cells
            if kind == "f"
        }
        for page in _pages(archive, name, values=False)
    }


class _Reader:
    """Reads one sheet."""

    def __init__(
        self, page: ReadOnlyWorksheet, name: str, formulas: dict[tuple[int, int], str], notes: Notes
    ) -> None:
        self._page = page
        self._name = name
        self._formulas = formulas
        self._notes = notes

    def sheet(self, file: str) -> Sheet:
        """Headings and rows."""
        lines = self._lines(file)
        first, titles = next(lines, (1, {}))
        headings: dict[int, str] = {}
        for column, heading in titles.items():
            if heading in headings.values():
                self._note(first, heading, msg("This heading stands here twice; the first column is read."))
            else:
                headings[column] = heading
        rows = []
        for number, cells in lines:
            named = {headings[column]: text for column, text in cells.items() if column in headings}
            for column in cells.keys() - headings.keys():
                self._note(number, cells[column], msg("The column has no heading of its own."))
            if named:
                rows.append(Row(number, named))
        return Sheet(self._name, tuple(headings.values()), tuple(rows))

    def _lines(self, file: str) -> Iterator[tuple[int, dict[int, str]]]:
        """Every row that says something, with its texts by column."""
        unshown = dict(self._formulas)
        for number, cells in _rows(self._page, file):
            found: dict[int, str] = {}
            for column, value, kind in cells:
                unshown.pop((number, column), None)
                text = self._text(number, column, value, kind)
                if text:
                    found[column] = text
            if found:
                yield number, found
        for (number, _), formula in unshown.items():
            self._note(number, formula, msg("A formula isn't computed, and the cell never showed a value."))

    def _text(self, row: int, column: int, value: object, kind: str) -> str:
        formula = self._formulas.get((row, column))
        if formula is not None:
            self._note(row, formula, msg("A formula isn't computed; what the cell last showed is read."))
        if kind == "e":
            self._note(row, str(value), msg("The cell shows an error."))
            return ""
        text = _plain(value)
        if len(text) > MAX_TEXT:
            raise WorkbookError(
                msg(
                    "Sheet {sheet}, row {row}: a text has at most {limit} characters.",
                    sheet=self._name,
                    row=row,
                    limit=MAX_TEXT,
                )
            )
        return self._clean(row, text).strip()

    def _clean(self, row: int, text: str) -> str:
        """The text without characters that hide or reorder; each is noted."""
        while (found := hidden_character(text)) is not None:
            why = msg("The character hides or reorders text; it was taken out.")
            self._note(row, found.name, why)
            text = text.replace(text[found.position], "")
        return text

    def _note(self, row: int, what: str, why: Message) -> None:
        self._notes.add(self._name, row, what, why)


def _plain(value: object) -> str:
    """A cell's value as text: whole numbers without a point, dates as ISO has them, truths as they are shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")
