"""Two values of one field: two equal cards, nothing chosen beforehand."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from greenaudit.domain.assessments import Proof, Response
from greenaudit.domain.checklists import TableAnswer
from greenaudit.domain.journal import Change, Conflict
from greenaudit.domain.text import Note
from greenaudit.messages import Message, msg
from ui.i18n import Said, tr
from ui.pages.walk.cell_words import row_words
from ui.pages.walk.signed import answer_words
from ui.pages.walk.values import CardState
from ui.pages.walk.words import GRADES
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, row
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label

FIELDS: dict[str, Message] = {
    "response": msg("Answer"),
    "proof": msg("What it is based on"),
    "note": msg("Note"),
    "flagged": msg("Come back"),
    "cells": msg("Row"),
    "order": msg("Place of the row"),
    "deleted_at": msg("Row taken off"),
}


class ConflictCards(QWidget):
    """Hidden while there is no conflict.

    Signals:
        settled (str, UUID): the field and the change that was chosen.
    """

    settled = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Conflict, ...] = ()
        self._narrow = False
        self.buttons: list[Button] = []
        self._lines = col(gap=12)
        head = row(
            Symbol("swap", "warn", 24),
            (col(
                Label(msg("Two values for one field"), "strong", wrap=True),
                Label(msg("Both were saved. Neither is lost."), "body", "ink2", wrap=True), gap=0,
            ), 1), gap=12,
        )  # fmt: skip
        self.setLayout(col(head, self._lines, gap=8, margins=(0, 4, 0, 8)))
        self.hide()

    def show_card(self, card: CardState, *, anew: bool) -> None:
        """Shows the conflicts of a question."""
        conflicts = card.state.conflicts
        if conflicts == self._shown and not anew:
            return
        self._shown = conflicts
        self.buttons = []
        clear(self._lines)
        for conflict in conflicts:
            self._lines.addWidget(Label(FIELDS.get(conflict.field, conflict.field), "caption", "ink2"))
            self._lines.addLayout(self._pair(card, conflict))
        self.setVisible(bool(conflicts) and not card.closed)

    def _pair(self, card: CardState, conflict: Conflict) -> QBoxLayout:
        box = (col if self._narrow else row)(gap=12)
        oldest_first = sorted(conflict.heads, key=lambda change: (change.hlc, change.id))
        for change in oldest_first:
            shown = change.id == conflict.heads[0].id
            box.addWidget(self._side(card, conflict.field, change, shown=shown), 1)
        return box

    def _side(self, card: CardState, field: str, change: Change, *, shown: bool) -> Card:
        title, detail = value_words(card, field, change.fields.get(field))
        tag: Said = msg("Shown for now") if shown else msg("Older")
        keep = Button(msg("Keep this"), "big", "check")
        keep.clicked.connect(partial(self._settle, field, change.id))
        self.buttons.append(keep)
        parts = [Label(tag, "caption", "ink2"), Label(title, "title", wrap=True)]
        if detail:
            parts.append(Label(detail, "body", "ink2", wrap=True))
        return Card(col(*parts, None, 4, keep, gap=6), (16, 12, 16, 14))

    def _settle(self, field: str, change_id: UUID, _checked: object = None) -> None:
        self.settled.emit(field, change_id)

    def fit(self, size: SizeClass) -> None:
        """Beside each other, or stacked when narrow."""
        self._narrow = size == "narrow"
        self._shown = ()


def value_words(card: CardState, field: str, value: Any) -> tuple[str, str]:
    """A stored value in words."""
    if value is None:
        return tr(msg("Nothing")), ""
    if field == "response":
        return answer_words(card.state.question, Response.model_validate(value), card.unit_words)
    if field == "proof":
        proof = Proof.model_validate(value)
        code, name, _ = GRADES[proof.grade]
        months = "" if proof.months is None else tr(msg("Months of record: {months}", months=proof.months))
        return f"{code} · {tr(name)}", months
    if field == "note":
        return Note.model_validate(value).text, ""
    answer = card.state.question.answer
    if field == "cells" and isinstance(answer, TableAnswer):
        return row_words(answer, value, card.unit_words), ""
    if field == "order":
        return str(value), ""
    return tr(msg("Yes") if value else msg("No")), ""
