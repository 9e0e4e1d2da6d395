"""The recovery code in numbered groups, and the field that asks for one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from greenaudit.messages import Message, msg
from ui.recovery import CodeQuestion
from ui.widgets.boxes import clear, col, frame, row
from ui.widgets.fields import Field
from ui.widgets.texts import Label


class RecoveryCodeForm(QWidget):
    """What a person writes on paper, and proof that it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.group = Field("", kind="code")
        self._question: CodeQuestion | None = None
        self._columns = 4
        self._groups = QGridLayout()
        self._groups.setSpacing(8)
        words = Label(
            msg(
                "Write it on paper and keep it away from this device: with it your data opens on another machine. It is "
                "shown only this once. While your data are open you can make a new one in the settings; without the key and "
                "this code only the recovery key of the programme that you enrolled with opens them."
            ),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        self.setLayout(col(words, 8, self._groups, 8, self.group, gap=8))

    def show_question(self, question: CodeQuestion) -> None:
        """Shows a code and asks for one group of it."""
        self._question = question
        self.group.input.clear()
        self.group.show_error("")
        self.group.set_label(msg("To be sure: type group {number}", number=question.asked))
        self._show_groups()

    def show_wrong(self, said: Message) -> None:
        """Says under the field that this was not the group."""
        self.group.show_error(said)
        self.group.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.group.input.selectAll()

    def set_columns(self, columns: int) -> None:
        """Lays the groups out in so many columns."""
        self._columns = columns
        self._show_groups()

    def forget(self) -> None:
        """Takes the code off the screen."""
        self._question = None
        self._show_groups()

    def _show_groups(self) -> None:
        clear(self._groups)
        for place, group in enumerate(self._question.groups if self._question else ()):
            number = Label(str(place + 1), "caption", "ink3")
            cell = frame(
                "well", row(number, Label(group, "title", mono=True), None, gap=10, margins=(12, 8, 12, 8))
            )
            self._groups.addWidget(cell, place // self._columns, place % self._columns)
