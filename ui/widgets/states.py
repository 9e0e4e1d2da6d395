"""What a page says when there is nothing, when it waits, or when something is wrong: a sign, what is so, what to do."""

from __future__ import annotations

from ui.i18n import Said
from ui.widgets.boxes import Part, col, row
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.signs import Bar, Symbol
from ui.widgets.texts import Label


class StateBlock(Card):
    """A card with a symbol, a title, a sentence and at most one action (`action` is its button, or None)."""

    def __init__(
        self, icon: str, title: Said, sentence: Said = "", *, tone: str = "ink3", action: Said = ""
    ) -> None:
        self.action = Button(action) if action else None
        parts: list[Part] = [row(Symbol(icon, tone, 32), None), Label(title, "title", wrap=True)]
        if sentence:
            parts.append(Label(sentence, "body", "ink2", wrap=True))
        super().__init__(col(*parts, None, *([self.action] if self.action else []), gap=8))


class Waiting(Card):
    """The shape of rows that are being read; shown after 200 ms, never a spinner."""

    def __init__(self, title: Said, rows: int = 3) -> None:
        super().__init__(
            col(Label(title, "body", "ink2"), 8, *[Bar(height=14) for _ in range(rows)], None, gap=8)
        )
