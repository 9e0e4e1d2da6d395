"""One cell of a form: text, number, date, or one of a few words. What it holds is text, as the journal keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import Column
from greenaudit.messages import Message, msg
from greenaudit.services import reading
from greenaudit.services.reading import Ambiguous, Unreadable
from ui.i18n import Said, locale, tr
from ui.i18n.formatting import formats
from ui.pages.walk.cell_words import shown_cell
from ui.pages.walk.expected import expected, outside
from ui.widgets.boxes import col
from ui.widgets.choices import Segmented
from ui.widgets.fields import Field
from ui.widgets.note_edit import MOMENT
from ui.widgets.texts import Label


def read_cell(kind: str, text: str) -> str | Message:
    """What is stored for what was typed, or the sentence that says what is wrong with it."""
    plain = text.strip()
    if kind == "number" and plain:
        found = reading.read_number(plain, locale())
        if isinstance(found, Unreadable):
            return found.reason
        if isinstance(found, Ambiguous):
            first, second = (formats().number(value) for value in found.values)
            return msg(
                "This can mean {first} or {second}. Write it without the thousands mark, or with two decimals.",
                first=first,
                second=second,
            )
        return format(found.value, "f")
    if kind == "date" and plain:
        try:
            return date.fromisoformat(plain).isoformat()
        except ValueError:
            return msg("Write the date as year, month, day, such as 2026-11-23.")
    return plain


GAP = 8
"""Pixels between two words."""


class FieldCell(QWidget):
    """A typed cell: it saves a moment after the last key, and at once when it is left.

    Signals:
        changed (str): the value to store.
    """

    changed = Signal(object)

    def __init__(self, label: Said, kind: str, column: Column | None = None) -> None:
        super().__init__()
        self._kind, self._kept, self._column = kind, "", column
        placeholder: Said = msg("Year-month-day") if kind == "date" else ""
        self.field = Field(label, hint=hint_of(column), placeholder=placeholder, wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT)
        self._timer.timeout.connect(self.flush)
        self.field.input.textEdited.connect(self._typed)
        self.field.input.installEventFilter(self)
        self.setLayout(col(self.field))

    def show_value(self, stored: str, *, anew: bool) -> None:
        """Shows what is stored, unless one types here, or has typed what could not be taken: that stays as it is."""
        if anew or not (self.field.input.hasFocus() or self._timer.isActive() or self.unread()):
            self._timer.stop()
            self._kept = shown_cell(self._kind, stored)
            self.field.input.setText(self._kept)
            self.field.show_error("")
            self._judge(stored)

    def type_again(self, text: str) -> None:
        """Shows what was typed before and could not be taken, with what is wrong with it."""
        self.field.input.setText(text)
        self.flush()

    def unread(self) -> str:
        """What stands in the field and could not be taken."""
        return "" if self.field.text() == self._kept.strip() else self.field.text()

    def _judge(self, stored: str) -> None:
        """A number outside its column's limits is pointed out, and kept."""
        column = self._column
        odd = column is not None and reading.is_odd(column, stored)
        self.field.show_doubt(outside(column, Decimal(stored)) or "" if column is not None and odd else "")

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def flush(self) -> None:
        """Hands over what was typed when it can be read; else says what is wrong and leaves it as typed."""
        self._timer.stop()
        if self.field.text() == self._kept:
            return
        found = read_cell(self._kind, self.field.text())
        if isinstance(found, Message):
            self.field.show_error(found)
            return
        self.field.show_error("")
        self._judge(found)
        self._kept = self.field.text()
        self.changed.emit(found)

    def typed(self) -> str:
        """What stands in the field."""
        return self.field.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        return False


class WordCell(QWidget):
    """A cell of a few words.

    Signals:
        changed (str): the id of the word that was chosen.
    """

    changed = Signal(object)

    def __init__(self, column: Column) -> None:
        super().__init__()
        longest = max(len(tr(option.label)) for option in column.options)
        self._most = 3 if longest < 18 and len(column.options) > 2 else 2 if longest < 28 else 1
        self.words = Segmented(
            [(option.id, option.label) for option in column.options], column.label, self._most
        )
        self.words.chosen.connect(self.changed)
        title = Label(label_of(column), "caption", "ink2", wrap=True)
        self._hint = Label(column.hint or "", "small", "ink3", wrap=True)
        self.setLayout(col(title, self.words, self._hint, gap=4))
        self._hint.setVisible(column.hint is not None)

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self.words.buttons())

    def minimumSizeHint(self) -> QSize:
        """One word beside the other only where there is room: a sheet on an upright tablet has less."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (self.width() + GAP) // (self._widest() + GAP)
        self.words.set_columns(max(1, min(self._most, room)))

    def show_value(self, stored: str, *, anew: bool) -> None:
        """Shows which word is stored."""
        self.words.choose(stored)

    def typed(self) -> str:
        """The id of the word that is chosen."""
        return str(self.words.value() or "")

    def unread(self) -> str:
        """A choice can always be taken."""
        return ""

    def type_again(self, text: str) -> None:
        """There is nothing that could not be taken."""

    def flush(self) -> None:
        """A choice is handed over when it is made."""


Cell = FieldCell | WordCell


def cell_of(column: Column, words: Callable[[str], str]) -> Cell:
    """The cell that a column needs; `words` says its unit in the reader's language."""
    if column.options:
        return WordCell(column)
    return FieldCell(label_of(column, words(column.unit) if column.unit else ""), column.kind, column)


def label_of(column: Column, unit: str = "") -> Said:
    """A column's name with its unit, and whether it must be filled in."""
    label: Said = msg("{label} ({unit})", label=column.label, unit=unit) if unit else column.label
    return msg("{label} · needed", label=label) if column.required else label


def hint_of(column: Column | None) -> Said:
    """How a cell is filled in, and what its number should be."""
    if column is None:
        return ""
    limits = expected(column) if column.kind == "number" else None
    if column.hint is not None and limits is not None:
        return msg("{hint} {limits}", hint=column.hint, limits=limits)
    return column.hint or limits or ""
