"""The texts of a sheet in three columns; two, with the languages above them, where there is less room.

Rows are made as a sheet needs them and used again for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.services.pack_sheets import TEXT_LANGUAGES, TextEntry
from ui.pages.checklist.cells import TextCell
from ui.pages.checklist.values import Marks, Shown
from ui.pages.checklist.words import text_name
from ui.widgets.boxes import col, row, rule
from ui.widgets.texts import Label


class TextRow(QWidget):
    """One text: what it is for, and its languages beside each other.

    Signals:
        changed (str, str): the path of the text in one language, and what was typed.
    """

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._path = ""
        self.name = Label("", "caption", "ink2", wrap=True)
        self.cells = {language: TextCell(language) for language in TEXT_LANGUAGES}
        for cell in self.cells.values():
            cell.changed.connect(self._tell)
        columns = row(*((cell, 1) for cell in self.cells.values()), gap=20)
        self.setLayout(col(rule(), 8, self.name, columns, gap=4, margins=(0, 0, 0, 12)))

    def show_entry(self, entry: TextEntry, unsaved: Mapping[str, str], *, editable: bool, anew: bool) -> None:
        """Shows a text; another one than before empties the fields first."""
        anew = anew or entry.path != self._path
        self._path = entry.path
        name = text_name(entry)
        self.name.say(name)
        for language, cell in self.cells.items():
            text = unsaved.get(f"{entry.path}.{language}", entry.in_(language))
            cell.show_text(name, text, editable=editable, strong=entry.what == "text", anew=anew)

    def show_marks(self, marks: Marks) -> None:
        """Shows what is wrong under each language."""
        for language, cell in self.cells.items():
            cell.show_problem(marks.fields.get(f"{self._path}.{language}"))

    def show_languages(self, languages: tuple[str, ...]) -> None:
        """Shows these columns."""
        for language, cell in self.cells.items():
            cell.setVisible(language in languages)

    def _tell(self, language: str, text: str) -> None:
        self.changed.emit(f"{self._path}.{language}", text)


class Texts(QWidget):
    """All texts of a sheet.

    Signals:
        changed (str, str): the path of a text in one language, and what was typed.
    """

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TextRow] = []
        self._shown = 0
        self._languages: tuple[str, ...] = TEXT_LANGUAGES
        self._box = col(gap=0)
        self.setLayout(self._box)

    def show_sheet(self, shown: Shown, *, anew: bool) -> None:
        """Shows the texts of a sheet; when it is only read, those that nobody wrote are left out."""
        entries = [
            entry for entry in shown.sheet.texts if shown.editable or not (entry.optional and entry.empty)
        ]
        while len(self.rows) < len(entries):
            self._add()
        self._shown = len(entries)
        for line, entry in zip(self.rows, entries, strict=False):
            line.show_entry(entry, shown.unsaved, editable=shown.editable, anew=anew)
        for number, line in enumerate(self.rows):
            line.setVisible(number < self._shown)
        self.show_marks(shown.marks)

    def show_marks(self, marks: Marks) -> None:
        """Shows what is wrong."""
        for line in self.rows[: self._shown]:
            line.show_marks(marks)

    def show_languages(self, languages: tuple[str, ...]) -> None:
        """Shows these columns."""
        self._languages = languages
        for line in self.rows:
            line.show_languages(languages)

    def field(self, path: str) -> QWidget | None:
        """The field at a path, to be reached by a jump."""
        place, _, language = path.rpartition(".")
        for line in self.rows[: self._shown]:
            if line._path == place and language in line.cells:
                return line.cells[language].edit
        return None

    def stops(self) -> list[QWidget]:
        """The fields in the order in which Tab reaches them: a text in its languages, then the next."""
        edits = [cell.edit for line in self.rows for cell in line.cells.values()]
        return [edit for edit in edits if edit is not None]

    def flush(self) -> None:
        """Hands over what is still in a field."""
        for line in self.rows[: self._shown]:
            for cell in line.cells.values():
                cell.flush()

    def _add(self) -> None:
        line = TextRow()
        line.changed.connect(partial(self.changed.emit))
        line.show_languages(self._languages)
        self.rows.append(line)
        self._box.addWidget(line)
