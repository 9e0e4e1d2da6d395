"""Tables of one row as forms, and what is recorded beside an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from greenaudit.domain.checklists import Column, LevelAnswer, OptionsAnswer, TableAnswer
from greenaudit.messages import msg
from ui.pages.walk.answering import with_also, with_cell
from ui.pages.walk.editors.cells import Cell, FieldCell, WordCell, cell_of
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.values import CardState
from ui.widgets.boxes import col
from ui.widgets.texts import Label


class Cells(QWidget):
    """The cells of some columns, two beside each other where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, Cell] = {}
        self._owner = ""
        self._unread: dict[tuple[str, str], str] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.setLayout(self._grid)

    def belong_to(self, owner: str) -> None:
        """Names whose cells these are from now on. What could not be taken waits until its owner is shown again."""
        for name, cell in self.cells.items():
            if cell.unread():
                self._unread[(self._owner, name)] = cell.unread()
        self._owner = owner

    def name_owner(self, owner: str) -> None:
        """The same cells have a name now: a new row was begun."""
        self._owner = owner

    def build(self, owner: str, columns: tuple[Column, ...], words: Callable[[str], str]) -> None:
        """Makes the cells anew, for the question or row that is named."""
        self.belong_to(owner)
        for cell in self.cells.values():
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = {column.id: cell_of(column, words) for column in columns}
        line = side = 0
        for cell in self.cells.values():
            if isinstance(cell, WordCell):
                line, side = line + (side > 0), 0
                self._grid.addWidget(cell, line, 0, 1, 2)
                line += 1
                continue
            self._grid.addWidget(cell, line, side)
            line, side = line + side, 1 - side
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def show_values(self, values: Mapping[str, str], *, anew: bool) -> None:
        """Shows what is stored."""
        for name, cell in self.cells.items():
            cell.show_value(values.get(name, ""), anew=anew)
            waiting = self._unread.pop((self._owner, name), "") if anew else ""
            if waiting:
                cell.type_again(waiting)

    def unread(self) -> QWidget | None:
        """The first field with something that could not be taken."""
        fields = (
            cell.field.input for cell in self.cells.values() if isinstance(cell, FieldCell) and cell.unread()
        )
        return next(fields, None)

    def flush(self) -> None:
        """Hands over what is still in a field."""
        for cell in self.cells.values():
            cell.flush()

    def first(self) -> QWidget | None:
        """The first field."""
        cell = next(iter(self.cells.values()), None)
        if isinstance(cell, WordCell):
            return cell.words.buttons()[0]
        return cell.field.input if cell is not None else None


class AlsoEditor(Editor):
    """What is recorded beside a level or an option; shown once the answer is given."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = Cells()
        self.setLayout(col(Label(msg("Also write down"), "strong"), self.cells, gap=8, margins=(0, 8, 0, 0)))
        self.hide()

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        columns = answer.also if isinstance(answer, LevelAnswer | OptionsAnswer) else ()
        if anew:
            self.cells.build(card.state.question.id, columns, card.unit_words)
            for name, cell in self.cells.cells.items():
                cell.changed.connect(partial(self._changed, name))
        response = card.state.answer.response
        given = response is not None and response.state == "answered"
        self.setVisible(bool(columns) and given and not card.closed)
        if columns and response is not None:
            self.cells.show_values(response.also, anew=anew)

    def _changed(self, column: str, value: str) -> None:
        self.given.emit(partial(with_also, column=column, value=value))

    def flush(self) -> None:
        self.cells.flush()


class FormEditor(Editor):
    """A table of one row is a form."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = Cells()
        self.setLayout(col(self.cells))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, TableAnswer):
            return
        if anew:
            self.cells.build(card.state.question.id, answer.columns, card.unit_words)
            for name, cell in self.cells.cells.items():
                cell.changed.connect(partial(self._changed, name))
        response = card.state.answer.response
        rows = response.rows if response is not None else ()
        self.cells.show_values(rows[0] if rows else {}, anew=anew)

    def _changed(self, column: str, value: str) -> None:
        self.given.emit(partial(with_cell, row=0, column=column, value=value))

    def flush(self) -> None:
        self.cells.flush()

    def first(self) -> QWidget | None:
        return self.cells.first()
