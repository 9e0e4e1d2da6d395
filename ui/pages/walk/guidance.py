"""How to test a question: folded until it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from greenaudit.domain.checklists import Question
from greenaudit.domain.text import Text
from greenaudit.messages import msg
from ui.i18n import Said
from ui.widgets.boxes import clear, col
from ui.widgets.texts import Label


class Remarks(QFrame):
    """Notes of the checklist around a question; they ask nothing. Hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "well")
        self._shown: list[Text] = []
        self._lines = col(gap=6)
        self.setLayout(col(self._lines, margins=(16, 10, 16, 10)))
        self.hide()

    def show_remarks(self, texts: list[Text]) -> None:
        """Shows the notes that are to be read now."""
        if texts != self._shown:
            self._shown = texts
            clear(self._lines)
            for text in texts:
                self._lines.addWidget(Label(text, "body", "ink2", wrap=True))
        self.setVisible(bool(texts))


class Guidance(QFrame):
    """Steps, what to look for, why it matters, the common mistake; safety first where there is any."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "well")
        self._safety = Label("", "strong", "danger", wrap=True)
        self._steps = Label("", "body", wrap=True)
        self._parts: list[tuple[Label, Label]] = []
        rows: list[Label] = []
        for title in (msg("Evidence"), msg("Common mistake"), msg("Why it matters"), msg("Photo")):
            head, text = Label(title, "caption", "ink3"), Label("", "body", "ink2", wrap=True)
            self._parts.append((head, text))
            rows += [head, text]
        self.setLayout(col(self._safety, self._steps, *rows, gap=4, margins=(16, 12, 16, 14)))
        self.hide()

    def show_question(self, question: Question) -> None:
        """Shows another question's guidance."""
        self._safety.say(question.safety or "")
        self._safety.setVisible(question.safety is not None)
        self._steps.say(question.test.steps)
        texts: tuple[Said | None, ...] = (question.evidence, question.mistake, question.why, question.photo)
        for (head, text), said in zip(self._parts, texts, strict=True):
            text.say(said or "")
            head.setVisible(said is not None)
            text.setVisible(said is not None)
