"""The cards of the settings: a title, what it is, its controls, and the place where its result stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message
from ui.i18n import Said
from ui.widgets.boxes import Part, clear, col, frame, row
from ui.widgets.cards import Card
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label


class SettingsCard(Card):
    """A card with its result under its controls."""

    def __init__(self, icon: str, title: Message, sentence: Message | None, *controls: Part) -> None:
        self._lines = col(gap=4)
        self._sign = Symbol("check-circle", "accent", 22, cut="fill")
        self._result = frame(
            "well", row(col(self._sign, None), (self._lines, 1), gap=12, margins=(14, 10, 14, 10))
        )
        self._result.hide()
        head: Part = row(Symbol(icon, "accent", 24), (Label(title, "title", wrap=True), 1), gap=12)
        about: tuple[Part, ...] = (Label(sentence, "body", "ink2", wrap=True),) if sentence else ()
        super().__init__(col(head, *about, 4, *controls, self._result, gap=8), (24, 18, 24, 20))

    def show_result(self, lines: tuple[Said, ...], *, good: bool) -> None:
        """Shows what came of it; no lines take the place away."""
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(Label(line, "body", "" if good else "warn", wrap=True))
        self._sign.show_icon("check-circle" if good else "warning", "accent" if good else "warn", "fill")
        self._result.setProperty("look", "well" if good else "warn")
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
        self._result.setVisible(bool(lines))

    def result(self) -> QWidget:
        """The place of the result."""
        return self._result
