"""How to test a question: folded until it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from greenaudit.domain.checklists import Question
from greenaudit.messages import msg
from ui.i18n import Said
from ui.widgets.boxes import col
from ui.widgets.texts import Label


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
