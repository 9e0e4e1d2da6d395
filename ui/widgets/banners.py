"""A tinted line of a page: a sign, one or two sentences, and what can be done about it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame

from ui.i18n import Said
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label

Tone = Literal["warn", "danger", "good", "well"]
_SIGNS: dict[Tone, tuple[str, str]] = {
    "warn": ("warning", "warn"),
    "danger": ("warning-octagon", "danger"),
    "good": ("check-circle", "accent"),
    "well": ("lock-simple", "ink2"),
}


class Banner(QFrame):
    """Hidden until it has something to say. Buttons stand under the sentences.

    Signals:
        tapped: the banner itself was tapped, beside its buttons.
    """

    tapped = Signal()

    def __init__(self, tone: Tone = "warn", *buttons: Button, icon: str = "") -> None:
        super().__init__()
        self.setProperty("look", tone)
        sign, tint = _SIGNS[tone]
        self.title = Label("", "strong", wrap=True)
        self.sentence = Label("", "body", "ink2", wrap=True)
        self.buttons = buttons
        words = col(self.title, self.sentence, gap=2)
        self._actions = pane(row(*buttons, None, gap=8))
        words.addWidget(self._actions)
        if not buttons:
            self._actions.hide()
        mark = col(Symbol(icon or sign, tint, 24, cut="fill"), None, gap=0)
        self.setLayout(row(mark, (words, 1), gap=12, margins=(14, 10, 14, 10)))
        self.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.tapped.emit()

    def say(self, title: Said, sentence: Said = "") -> None:
        """Says it; nothing to say hides the banner."""
        self.title.say(title)
        self.sentence.say(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setVisible(bool(title))
