"""Labelled inputs. What is wrong stands under the field and what was typed stays as it was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.i18n import Said, tr
from ui.widgets.boxes import col, row
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label


class Field(QWidget):
    """A line of text under its label, which may `wrap`; `input` is the line edit."""

    def __init__(
        self, label: Said, *, hint: Said = "", kind: str = "", placeholder: Said = "", wrap: bool = False
    ) -> None:
        super().__init__()
        self._label, self._placeholder = label, placeholder
        self.input = QLineEdit()
        if kind:
            self.input.setProperty("kind", kind)
        self._title = Label(label, "caption", "ink2", wrap=wrap)
        self._title.setBuddy(self.input)
        self._hint = Label(hint, "small", "ink3", wrap=True)
        self._sign = Symbol("warning-octagon", "danger", 20, cut="fill")
        self._error = Label("", "small", "danger", wrap=True)
        self._doubt = Label("", "small", "warn", wrap=True)
        self._odd = QWidget()
        self._odd.setLayout(row(Symbol("warning", "warn", 20, cut="fill"), (self._doubt, 1), gap=8))
        self._odd.hide()
        self._wrong = QWidget()
        self._wrong.setLayout(row(self._sign, (self._error, 1), gap=8))
        self._wrong.hide()
        self.setLayout(col(self._title, self.input, self._hint, self._wrong, self._odd, gap=4))
        self._hint.setVisible(bool(hint))  # not before it has a parent: it would flash as a window of its own
        self._name_input()

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self.input.text().strip()

    def set_label(self, label: Said) -> None:
        """Asks for something else."""
        self._label = label
        self._title.say(label)
        self._name_input()

    def show_doubt(self, said: Said) -> None:
        """Says what is odd about what was typed, which is kept all the same; empty takes the mark away."""
        self._doubt.say(said)
        self._odd.setVisible(bool(said))
        self.input.setAccessibleDescription(tr(said))

    def set_hint(self, hint: Said) -> None:
        """Says something else under the field."""
        self._hint.say(hint)
        self._hint.setVisible(bool(hint))

    def show_error(self, said: Said) -> None:
        """Says what is wrong with what was typed; empty takes the mark away."""
        wrong = bool(said)
        self._odd.hide()
        self._error.say(said)
        self._wrong.setVisible(wrong)
        self.input.setProperty("wrong", wrong)
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)
        self.input.setAccessibleDescription(tr(said))

    def _name_input(self) -> None:
        self.input.setAccessibleName(tr(self._label))
        self.input.setPlaceholderText(tr(self._placeholder))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_input()
        super().changeEvent(event)
