"""A sheet that asks for one sentence: what was done about a danger, why a report is corrected, why a plant declines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message, msg
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.note_edit import NoteEdit
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label


class SentenceSheet(Sheet):
    """One sentence that is needed."""

    def __init__(self, page: QWidget, title: Message, label: Message, button: Message) -> None:
        super().__init__(page, title)
        self._then: Callable[[str], None] = _nothing
        self.field = NoteEdit(label)
        self.field.setMinimumHeight(96)
        self.field.setMaximumHeight(140)
        self.wrong = Label("", "small", "danger", wrap=True)
        self.save = Button(button, "primary", "check")
        self.save.clicked.connect(self._save)
        self.fill(col(Label(label, "caption", "ink2", wrap=True), self.field, self.wrong, gap=6), self.save)

    def ask(self, then: Callable[[str], None]) -> None:
        """Asks for the sentence; `then` gets it."""
        self._then = then
        self.field.show_text("", anew=True)
        self.wrong.say("")
        self.appear()

    def first(self) -> QWidget | None:
        return self.field

    def _save(self) -> None:
        text = self.field.toPlainText().strip()
        if not text:
            self.wrong.say(msg("Write a sentence first."))
            return
        self.dismiss()
        self._then(text)


def _nothing(_text: str) -> None:
    """Nobody waits for a sentence."""
