"""A row of a register as a form. Each cell is saved as it is given; nothing waits for a button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import TableAnswer
from greenaudit.messages import msg
from ui.pages.walk.editors.form import Cells
from ui.pages.walk.values import CardState, RowDraft, RowState
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button
from ui.widgets.sheets import Sheet


class RowSheet(Sheet):
    """One field a column, two beside each other where there is room.

    Signals:
        kept (RowDraft, dict): the row, and its cells that changed, as they were typed.
        removed (RowDraft): the row is to be taken off.
    """

    kept = Signal(object, object)
    removed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "", width=760)
        self._asked: CardState | None = None
        self._draft = RowDraft("")
        self.cells = Cells()
        self.remove = Button(msg("Remove this row"), "danger", "x")
        self.another = Button(msg("Add another row"), "", "plus")
        self.done = Button(msg("Done"), "primary", "check")
        self.fill(col(self.cells, 4, row(self.remove, None), gap=8), self.done, self.another)
        self.done.clicked.connect(self.put_away)
        self.another.clicked.connect(self._another)
        self.remove.clicked.connect(self._remove)

    def show_row(self, card: CardState, line: RowState | None) -> None:
        """Opens a row of the register, or an empty one after the others."""
        answer = card.state.question.answer
        if not isinstance(answer, TableAnswer):
            return
        self._asked = card
        self.cells.build(_owner(card.state.question.id, line), answer.columns, card.unit_words)
        for name, cell in self.cells.cells.items():
            cell.changed.connect(partial(self._changed, name))
        place = line.place if line is not None else len(card.state.rows) + 1
        self._begin(place, line)
        self.appear()

    def _begin(self, place: int, line: RowState | None) -> None:
        question_id = self._asked.state.question.id if self._asked is not None else ""
        self._draft = RowDraft(question_id, line.row_id if line is not None else None)
        self.cells.belong_to(_owner(question_id, line))
        self._place_of_row = place
        self._filled = line is not None
        self.title.say(msg("Row {place}", place=place))
        self.cells.show_values(line.cells if line is not None else {}, anew=True)
        self.remove.setEnabled(line is not None)

    def first(self) -> QWidget | None:
        return self.cells.first()

    def _changed(self, column: str, _value: str) -> None:
        """What was typed goes on as it was typed: the register reads it in the reader's locale."""
        text = self.cells.cells[column].typed()
        if not self._filled and not text:
            return
        self._filled = True
        self.remove.setEnabled(True)
        self.kept.emit(self._draft, {column: text})

    def _another(self) -> None:
        if self._stays():
            return
        self._leave()
        self._begin(self._place_of_row + self._filled, None)
        first = self.first()
        if first is not None:
            first.setFocus()

    def _leave(self) -> None:
        """What is still in a field goes first; a row that was emptied is no row."""
        self.cells.flush()
        if self._filled and not any(cell.typed() for cell in self.cells.cells.values()):
            self.removed.emit(self._draft)

    def _stays(self) -> bool:
        """Something typed could not be taken: it is shown, rather than lost."""
        self.cells.flush()
        found = self.cells.unread()
        if found is not None:
            self.show_whole(found)
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def put_away(self) -> None:
        if not self._stays():
            self.dismiss()

    def _remove(self) -> None:
        draft, self._filled = self._draft, False
        self.cells.show_values({}, anew=True)
        self.dismiss()
        self.removed.emit(draft)

    def dismiss(self) -> None:
        if self.isVisible():
            self._leave()
            if self._draft.row_id is not None:
                self.cells.name_owner(f"{self._draft.question_id}:{self._draft.row_id}")
        super().dismiss()


def _owner(question_id: str, line: RowState | None) -> str:
    return f"{question_id}:{line.row_id if line is not None else ''}"
