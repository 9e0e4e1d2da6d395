"""A text in one language: read as a label, or edited in a field that grows with what is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message, msg
from ui.i18n import Said, tr
from ui.pages.checklist.words import LANGUAGE_TITLES
from ui.theme import TOUCH, border
from ui.widgets.boxes import col, row
from ui.widgets.note_edit import NoteEdit
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label

_AROUND = 18
"""The field's padding above and below its lines, and the document's own margin."""


class GrowingEdit(NoteEdit):
    """As tall as its text: nothing of it is ever hidden behind a scroll bar."""

    def __init__(self, name: Said) -> None:
        super().__init__(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self._grow()

    def rename(self, name: Said) -> None:
        """Says another name to screen readers."""
        self._name = name
        self.retranslate()

    def show_text(self, text: str, *, anew: bool) -> None:
        super().show_text(text, anew=anew)
        self._grow()  # shown without telling anybody, so nobody asked it to grow

    def mark_wrong(self, *, wrong: bool) -> None:
        """Frames what is wrong."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def _grow(self) -> None:
        layout, block, tall = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid():
            tall += layout.blockBoundingRect(block).height()
            block = block.next()
        needed = int(tall + 0.99) + _AROUND + 2 * border() + int(2 * self.document().documentMargin())
        if self.height() != max(TOUCH["min"], needed) or self.minimumHeight() != self.maximumHeight():
            self.setFixedHeight(max(TOUCH["min"], needed))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # another theme has other borders
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()


class TextCell(QWidget):
    """One language of a text. The field is made when a draft is first shown: reading needs none.

    Signals:
        changed (str, str): the language and what was typed.
    """

    changed = Signal(str, str)

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self._title = dict(LANGUAGE_TITLES)[language]
        self.label = Label("", "body", wrap=True)
        self.edit: GrowingEdit | None = None
        self._wrong = Label("", "small", "danger", wrap=True)
        sign = Symbol("warning-octagon", "danger", 18, cut="fill")
        self.problem = QWidget()
        self.problem.setLayout(row(col(sign, None, gap=0), (self._wrong, 1), gap=6))
        self.problem.hide()
        self._box = col(self.label, self.problem, None, gap=4)
        self.setLayout(self._box)

    def show_text(self, name: Said, text: str, *, editable: bool, strong: bool, anew: bool) -> None:
        """Shows a text; `name` is what it is for."""
        said = msg("{what}, {language}", what=name, language=self._title)
        self.label.setVisible(not editable)
        if not editable:
            self.label.say(text or "–")
            self._set_role("strong" if strong else "body")
            self.label.setAccessibleName(f"{tr(said)}: {text}")
        if self.edit is None and editable:
            self.edit = GrowingEdit(said)
            self.edit.changed.connect(self._tell)
            self._box.insertWidget(0, self.edit)
        if self.edit is not None:
            self.edit.setVisible(editable)
            self.edit.rename(said)
            self.edit.show_text(text, anew=anew)

    def _set_role(self, role: str) -> None:
        if self.label.property("role") != role:
            self.label.setProperty("role", role)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)

    def show_problem(self, problem: Message | None) -> None:
        """Says what is wrong under the text, and frames it."""
        self._wrong.say(problem or "")
        self.problem.setVisible(problem is not None)
        if self.edit is not None:
            self.edit.mark_wrong(wrong=problem is not None)
            self.edit.setAccessibleDescription(tr(problem) if problem is not None else "")

    def flush(self) -> None:
        """Hands over what is still in the field."""
        if self.edit is not None:
            self.edit.flush()

    def _tell(self, text: str) -> None:
        self.changed.emit(self.language, text)
