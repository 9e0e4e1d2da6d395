"""What every editor of an answer is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.walk.values import CardState
from ui.theme import SizeClass


class Editor(QWidget):
    """Shows the answer of a question and hands over edits.

    Signals:
        given (Change): an edit of the answer.
        taken_back: the answer is to be cleared.
        note_wanted: the person wants to say more in the note.
        row_wanted (RowState | None): a row of a register is to be opened; None for a new one.
        row_unwanted (RowState): a row is to be taken off.
        undo_wanted: the last edit is to be taken back.
    """

    given = Signal(object)
    taken_back = Signal()
    note_wanted = Signal()
    row_wanted = Signal(object)
    row_unwanted = Signal(object)
    undo_wanted = Signal()

    def show_card(self, card: CardState, *, anew: bool) -> None:
        """Shows the answer as it is stored; `anew` says that it is another question than before."""
        raise NotImplementedError

    def fit(self, size: SizeClass) -> None:
        """Lays itself out for a size class."""

    def flush(self) -> None:
        """Hands over what is still in a field."""

    def press_digit(self, digit: int) -> bool:
        """A digit was pressed while no field had the focus; says whether it meant something."""
        return False

    def first(self) -> QWidget | None:
        """What the arrow keys reach first."""
        return None
