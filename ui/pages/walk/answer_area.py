"""The place of the answer: the editor of the question's kind, or, once signed, the answer as text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import Question, TableAnswer
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.editors.form import AlsoEditor, FormEditor
from ui.pages.walk.editors.levels import LevelsEditor
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.editors.options import OptionsEditor
from ui.pages.walk.editors.plain import DateEditor, PhotoEditor, TextEditor
from ui.pages.walk.editors.register import RegisterEditor
from ui.pages.walk.signed import SignedAnswer
from ui.pages.walk.values import CardState
from ui.theme import SizeClass
from ui.widgets.boxes import col


class AnswerArea(QWidget):
    """One editor a kind, each made when its kind is first asked, then reused.

    Signals:
        given, taken_back, note_wanted, row_wanted, row_unwanted, undo_wanted: as of `Editor`.
    """

    given = Signal(object)
    taken_back = Signal()
    note_wanted = Signal()
    row_wanted = Signal(object)
    row_unwanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._editors: dict[str, Editor] = {}
        self._size: SizeClass = "wide"
        self._current: Editor | None = None
        self.also = AlsoEditor()
        self.signed = SignedAnswer()
        self._join(self.also)
        self._box = col(self.signed, self.also, gap=0)
        self.setLayout(self._box)

    def show_card(self, card: CardState, *, anew: bool) -> None:
        """Shows a question's answer."""
        self.signed.setVisible(card.closed)
        if card.closed:
            self.signed.show_card(card)
            self._bring(None)
        else:
            editor = self.editor(kind_of(card.state.question))
            editor.show_card(card, anew=anew)
            self._bring(editor)
        self.also.show_card(card, anew=anew)

    def editor(self, kind: str) -> Editor:
        """The editor of a kind."""
        if kind not in self._editors:
            editor = _make(kind)
            editor.fit(self._size)
            self._join(editor)
            self._editors[kind] = editor
            self._box.insertWidget(1, editor)
        return self._editors[kind]

    def _join(self, editor: Editor) -> None:
        editor.given.connect(self.given)
        editor.taken_back.connect(self.taken_back)
        editor.note_wanted.connect(self.note_wanted)
        editor.row_wanted.connect(self.row_wanted)
        editor.row_unwanted.connect(self.row_unwanted)
        editor.undo_wanted.connect(self.undo_wanted)

    def _bring(self, editor: Editor | None) -> None:
        if self._current is not None and self._current is not editor:
            self._current.hide()
        self._current = editor
        if editor is not None:
            editor.show()

    def fit(self, size: SizeClass) -> None:
        """Lays the editors out for a size class."""
        self._size = size
        for editor in self._editors.values():
            editor.fit(size)

    def flush(self) -> None:
        """Hands over what is still in a field."""
        if self._current is not None:
            self._current.flush()
        self.also.flush()

    def press_digit(self, digit: int) -> bool:
        """Whether a digit answers the question."""
        return self._current is not None and self._current.press_digit(digit)

    def first(self) -> QWidget | None:
        """What the arrow keys reach first."""
        return self._current.first() if self._current is not None else None


_KINDS: dict[str, type[Editor]] = {
    "level": LevelsEditor,
    "options": OptionsEditor,
    "cuts": NumberEditor,
    "points": NumberEditor,
    "number": NumberEditor,
    "table": FormEditor,
    "register": RegisterEditor,
    "text": TextEditor,
    "date": DateEditor,
    "photo": PhotoEditor,
}


def kind_of(question: Question) -> str:
    """The kind of editor that a question needs: a table of one row is a form, any other a register."""
    answer = question.answer
    return "register" if isinstance(answer, TableAnswer) and answer.rows != 1 else answer.kind


def _make(kind: str) -> Editor:
    return _KINDS[kind]()
