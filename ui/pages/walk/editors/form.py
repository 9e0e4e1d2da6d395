"""Registers as forms, one row at a time, and what is recorded beside an answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from greenaudit.domain.checklists import Column, LevelAnswer, OptionsAnswer, TableAnswer
from greenaudit.messages import msg
from ui.pages.walk.answering import with_also, with_cell, without_row
from ui.pages.walk.editors.cells import Cell, WordCell, cell_of
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.values import CardState
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button, icon_button
from ui.widgets.texts import Label


class Cells(QWidget):
    """The cells of some columns, two beside each other where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, Cell] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.setLayout(self._grid)

    def build(self, columns: tuple[Column, ...]) -> None:
        """Makes the cells anew."""
        for cell in self.cells.values():
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = {column.id: cell_of(column) for column in columns}
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

    def show_values(self, values: dict[str, str], *, anew: bool) -> None:
        """Shows what is stored."""
        for name, cell in self.cells.items():
            cell.show_value(values.get(name, ""), anew=anew)

    def flush(self) -> None:
        """Hands over what is still in a field."""
        for cell in self.cells.values():
            cell.flush()


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
            self.cells.build(columns)
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
    """A register of one row is a form; a longer one shows a row at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = Cells()
        self._row, self._rows = 0, 0
        self._fixed = 1
        self._place = Label("", "strong")
        self.before, self.after = (
            icon_button("arrow-left", msg("Row before")),
            icon_button("arrow-right", msg("Next row")),
        )
        self.add = Button(msg("Add a row"), "", "plus")
        self.remove = icon_button("x", msg("Remove this row"))
        self._card: CardState | None = None
        self._line = pane(row(self._place, self.before, self.after, None, self.remove, self.add, gap=8))
        self.setLayout(col(self._line, self.cells, gap=12))
        self.before.clicked.connect(partial(self._step, -1))
        self.after.clicked.connect(partial(self._step, 1))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, TableAnswer):
            return
        self._card = card
        if anew:
            self._row = 0
            self.cells.build(answer.columns)
            for name, cell in self.cells.cells.items():
                cell.changed.connect(partial(self._changed, name))
        response = card.state.answer.response
        rows = response.rows if response is not None else ()
        self._rows = len(rows)
        self._line.setVisible(answer.rows != 1)
        self._show_place()
        self.cells.show_values(rows[self._row] if self._row < len(rows) else {}, anew=anew)

    def _show_place(self) -> None:
        count = max(self._rows, self._row + 1)
        self._place.say(msg("Row {place} of {count}", place=self._row + 1, count=count))
        self.before.setEnabled(self._row > 0)
        self.after.setEnabled(self._row + 1 < self._rows)
        self.remove.setEnabled(self._row < self._rows)
        self.add.setEnabled(self._row < self._rows)

    def _go(self, place: int) -> None:
        self.cells.flush()
        self._row = max(0, place)
        if self._card is not None:
            response = self._card.state.answer.response
            rows = response.rows if response is not None else ()
            self.cells.show_values(rows[self._row] if self._row < len(rows) else {}, anew=True)
        self._show_place()

    def _step(self, step: int, _checked: object = None) -> None:
        self._go(self._row + step)

    def _add(self) -> None:
        self._go(self._rows)

    def _remove(self) -> None:
        gone = self._row
        self._row = max(0, gone - 1)
        self.given.emit(partial(without_row, row=gone))
        self._go(self._row)

    def _changed(self, column: str, value: str) -> None:
        self.given.emit(partial(with_cell, row=self._row, column=column, value=value))

    def flush(self) -> None:
        self.cells.flush()

    def first(self) -> QWidget | None:
        cell = next(iter(self.cells.cells.values()), None)
        return (
            None
            if cell is None
            else cell.words.buttons()[0]
            if isinstance(cell, WordCell)
            else cell.field.input
        )
