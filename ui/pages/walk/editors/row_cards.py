"""The rows of a register as cards, one under the other: how a narrow window shows them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from greenaudit.domain.checklists import Column, TableAnswer
from greenaudit.messages import msg
from ui.i18n import tr
from ui.models.tree import TreeModel
from ui.pages.walk.cell_words import Words, cell_words, is_odd
from ui.pages.walk.values import RowState
from ui.theme import border, color, metrics
from ui.widgets.lists import TouchList
from ui.widgets.painting import put, put_icon, put_wrapped, shape

_WRAPS = int(Qt.TextFlag.TextWordWrap)
_PAD, _GAP, _HEAD, _LABEL = 16, 8, 30, 0.42


class RowCardPainter:
    """A card: which row it is, and each column that is filled in or should be."""

    def __init__(self) -> None:
        self._columns: tuple[Column, ...] = ()
        self._words: Words = str

    def ask(self, answer: TableAnswer, words: Words) -> None:
        """Shows the columns of another register."""
        self._columns, self._words = answer.columns, words

    def height(self, value: RowState, width: int) -> int:
        lines = sum(self._line(label, said, width) for label, said, _ in self._lines(value))
        return _HEAD + lines + self._below(value, width) + _PAD + _GAP

    def draw(self, p: QPainter, rect: QRectF, value: RowState, *, selected: bool) -> None:
        card = rect.adjusted(1.5, 1.5, -1.5, -_GAP)
        ground, edge = ("accentSoft", "accent") if selected else ("surface", "edge")
        shape(p, card, color(ground), color(edge), border())
        title = tr(msg("Row {place}", place=value.place))
        put(p, QRectF(card.x() + _PAD, card.y() + 6, card.width() - 2 * _PAD, 24), title, "strong")
        put_icon(p, QPointF(card.right() - 34, card.y() + 8), "caret-right", color("ink2"), 18)
        top, width = card.y() + _HEAD + 2, int(rect.width())
        left, right = self._split(width)
        for label, said, odd in self._lines(value):
            tall = self._line(label, said, width)
            put_wrapped(p, QRectF(card.x() + _PAD, top, left, tall), label, "small", "ink2")
            put_wrapped(
                p,
                QRectF(card.x() + _PAD + left + _GAP, top, right, tall),
                said,
                "body",
                "warn" if odd else "ink",
            )
            top += tall
        below = QRectF(card.x() + _PAD, top + 2, left + _GAP + right, self._below(value, width))
        put_wrapped(p, below, self._lacks(value), "small", "warn")

    def said(self, value: RowState) -> str:
        """The card for a screen reader."""
        parts = [f"{label}: {said}" for label, said, _ in self._lines(value)]
        return ", ".join(
            filter(None, [tr(msg("Row {place}", place=value.place)), *parts, self._lacks(value)])
        )

    def _lines(self, value: RowState) -> list[tuple[str, str, bool]]:
        """What is filled in: label, words, and whether one should look at it."""
        found = []
        for column in self._columns:
            stored = value.cells.get(column.id, "")
            if stored:
                unit = self._words(column.unit) if column.unit else ""
                said = f"{cell_words(column, stored)} {unit}".rstrip()
                found.append((tr(column.label), said, is_odd(column, stored)))
        return found

    def _lacks(self, value: RowState) -> str:
        """What still has to be filled in, in one sentence: a line each would hide what is there."""
        lacks = [
            tr(column.label) for column in self._columns if column.required and not value.cells.get(column.id)
        ]
        return tr(msg("To be filled in: {columns}", columns=", ".join(lacks))) if lacks else ""

    def _below(self, value: RowState, width: int) -> int:
        lacks, room = self._lacks(value), sum(self._split(width)) + _GAP
        return metrics("small").boundingRect(0, 0, room, 999, _WRAPS, lacks).height() + 4 if lacks else 0

    def _split(self, width: int) -> tuple[int, int]:
        room = max(160, width - 2 * _PAD - _GAP - 3)
        left = round(room * _LABEL)
        return left, room - left

    def _line(self, label: str, said: str, width: int) -> int:
        left, right = self._split(width)
        first = metrics("small").boundingRect(0, 0, left, 999, _WRAPS, label).height()
        second = metrics("body").boundingRect(0, 0, right, 999, _WRAPS, said).height()
        return max(first, second) + 4


class RowCards(TouchList):
    """Signals:

    unwanted (RowState): the row is to be taken off (Delete).
    """

    unwanted = Signal(object)

    def __init__(self) -> None:
        self._painter = RowCardPainter()
        self._rows: TreeModel[RowState] = TreeModel(self._painter.said)
        super().__init__(self._rows, self._painter, msg("Rows"), whole=True, mark=False)

    def ask(self, answer: TableAnswer, words: Words) -> None:
        """Shows the columns of another register."""
        self._painter.ask(answer, words)

    def show_rows(self, rows: tuple[RowState, ...]) -> None:
        """Shows the rows as they stand; where one was stays, or the last when that was the one that went."""
        here = self.currentIndex().row()
        self._rows.set_values(rows)
        if here >= 0 and rows:
            self.setCurrentIndex(self._rows.index(min(here, len(rows) - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.unwanted.emit(self.currentIndex().data(TreeModel.VALUE))
        elif event.text().strip() and event.key() not in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            event.ignore()  # the page's keys
        else:
            super().keyPressEvent(event)
