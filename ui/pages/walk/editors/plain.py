"""Text, date and photos alone: recorded, never scored."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from greenaudit.domain.assessments import Response
from greenaudit.messages import msg
from ui.pages.walk.answering import with_day, with_text
from ui.pages.walk.editors.cells import FieldCell
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.values import CardState
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.note_edit import NoteEdit
from ui.widgets.texts import Label


class TextEditor(Editor):
    """A text of any length."""

    def __init__(self) -> None:
        super().__init__()
        self.field = NoteEdit(msg("Answer"), msg("Write what you were told or saw."))
        self.field.setMinimumHeight(200)
        self.field.changed.connect(self._changed)
        self.setLayout(col(self.field))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        response = card.state.answer.response
        self.field.show_text(response.text if response is not None else "", anew=anew)

    def _changed(self, text: str) -> None:
        self.given.emit(partial(with_text, text=text))

    def flush(self) -> None:
        self.field.flush()

    def first(self) -> QWidget | None:
        return self.field


class DateEditor(Editor):
    """A civil date."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = FieldCell(msg("Date"), "date")
        self.today = Button(msg("Today"))
        self._answer_id: UUID | None = None
        self._unread: dict[UUID | None, str] = {}
        self.cell.changed.connect(self._changed)
        self.today.clicked.connect(self._today)
        self.setLayout(col(self.cell, self.today, gap=8))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        response = card.state.answer.response
        stored = response.day.isoformat() if response is not None and response.day is not None else ""
        if anew and self.cell.unread():
            self._unread[self._answer_id] = self.cell.unread()
        self.cell.show_value(stored, anew=anew)
        if anew:
            self._answer_id = card.state.answer.id
            waiting = self._unread.pop(self._answer_id, "")
            if waiting:
                self.cell.type_again(waiting)

    def _changed(self, value: str) -> None:
        if value:
            self.given.emit(partial(with_day, day=date.fromisoformat(value)))
        else:
            self.taken_back.emit()

    def _today(self) -> None:
        self._changed(date.today().isoformat())  # noqa: DTZ011 - the civil day where the assessor stands

    def flush(self) -> None:
        self.cell.flush()

    def first(self) -> QWidget | None:
        return self.cell.field.input


class PhotoEditor(Editor):
    """Photos are added beside; here it is only said that they are all that is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Button(msg("The photos show it"), "big", "check")
        self.seen.clicked.connect(self._seen)
        words = Label(msg("Add the photos beside; nothing else is asked here."), "body", "ink2", wrap=True)
        self.setLayout(col(words, self.seen, gap=12))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        self.seen.setEnabled(bool(card.state.photos) and card.state.answer.response is None)

    def _seen(self) -> None:
        self.given.emit(lambda _before: Response())
