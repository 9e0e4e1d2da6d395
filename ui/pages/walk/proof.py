"""The proof of an answer: what it is based on, photos, note, finding, come back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from greenaudit.domain.assessments import Proof
from greenaudit.domain.evidence import Photo
from greenaudit.messages import msg
from ui.pages.walk.photos import PhotoStrip
from ui.pages.walk.signed_proof import SignedProof
from ui.pages.walk.values import CardState
from ui.pages.walk.words import GRADES, MONTHS
from ui.theme import SizeClass
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.choices import Segment
from ui.widgets.note_edit import NoteEdit
from ui.widgets.texts import Label


class ProofPanel(QWidget):
    """Signals:

    proved (ProofChange): what the answer is based on.
    noted (str, str): question and text of a note.
    flagged (bool): come back, or no longer.
    find_wanted: the person wants to write a finding.
    """

    proved = Signal(object)
    noted = Signal(str, str)
    flagged = Signal(bool)
    find_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question_id = ""
        self._narrow = self._photographed = False
        self.grades = [Segment(code, name, icon) for code, name, icon in GRADES]
        self.months = [Button(shown, "choice", checkable=True) for _, shown in MONTHS]
        self.photos = PhotoStrip()
        self.note = NoteEdit(msg("Note"), msg("What you saw, counted, measured"))
        self.find_button = Button(msg("Write a finding"), "", "flag")
        self.flag_button = Button(msg("Come back"), "doubt", "clipboard-text", checkable=True)
        self.signed = SignedProof()
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for grade, segment in enumerate(self.grades):
            segment.clicked.connect(partial(self._grade, grade))
        for (months, shown), button in zip(MONTHS, self.months, strict=True):
            button.setAutoExclusive(True)
            button.set_tip(msg("Months of record: {months}", months=shown))
            button.clicked.connect(partial(self._months, months))
        self.note.changed.connect(self._noted)
        self.find_button.clicked.connect(self.find_wanted)
        self.flag_button.clicked.connect(self.flagged)

    def _arrange(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._month_row = pane(
            col(Label(msg("Months of record"), "caption", "ink2"), row(*[(b, 1) for b in self.months]), gap=4)
        )
        self._basis = pane(
            col(Label(msg("What is it based on?"), "strong"), pane(self._grid), self._month_row, gap=8)
        )
        self._note_title = Label(msg("Note"), "strong")
        self._ends = pane(col(self.find_button, self.flag_button, None, gap=8))
        self._below = row((self.note, 1), self._ends, gap=8)
        self._photos_part = col(self.photos)
        self._box = col(
            self.signed, self._basis, 4, self._photos_part, 4, self._note_title, self._below, None, gap=8
        )
        self.setLayout(self._box)
        self.fit("wide")

    def show_card(self, card: CardState) -> None:
        """Shows the proof of a question's answer."""
        anew = card.state.question.id != self._question_id
        if anew:
            self.note.flush()
        self._question_id = card.state.question.id
        self.signed.setVisible(card.closed)
        answer = card.state.answer
        for part in (self._basis, self._note_title, self.note, self._ends):
            part.setVisible(not card.closed)
        self.photos.show_photos(card, anew=anew)
        self._photographed = bool(card.state.photos)
        self._size_note()
        if card.closed:
            self.signed.show_card(card)
            return
        proof = answer.proof
        _choose(self.grades, None if proof is None else proof.grade)
        self._month_row.setVisible(card.state.question.gate == "record" and card.state.question.scored)
        known = [months for months, _ in MONTHS]
        kept = None if proof is None or proof.months is None else proof.months
        nearest = None if kept is None else max(k for k, months in enumerate(known) if months <= kept)
        _choose(self.months, nearest)
        self.note.show_text(answer.note.text if answer.note else "", anew=anew)
        self.flag_button.setChecked(answer.flagged)

    def flush(self) -> None:
        """Hands over the note."""
        self.note.flush()

    def fit(self, size: SizeClass) -> None:
        """Two columns of grades beside the card; four below it."""
        narrow = size == "narrow"
        across = 4 if narrow else 2
        for place, segment in enumerate(self.grades):
            self._grid.addWidget(segment, place // across, place % across)
        self._below.setDirection(
            QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom
        )
        self._below.setSpacing(12 if narrow else 8)
        self._narrow = narrow
        self._size_note()
        edge = 20 if narrow else 16
        self._box.setContentsMargins(edge, 12 if narrow else 16, edge, 16)
        self.photos.fit(size)

    def _size_note(self) -> None:
        """Beside the card the note gives way to photos: what is below it stays in sight."""
        least, most = (112, 140) if self._narrow else (84, 100) if self._photographed else (84, 150)
        self.note.setMinimumHeight(least)
        self.note.setMaximumHeight(most)

    def _grade(self, grade: int, _checked: object = None) -> None:
        self.proved.emit(partial(_graded, grade=grade))

    def _months(self, months: int, _checked: object = None) -> None:
        self.proved.emit(partial(_kept_for, months=months))

    def _noted(self, text: str) -> None:
        self.noted.emit(self._question_id, text)

    def photo(self, photo_id: UUID) -> Photo | None:
        """A photo that is shown."""
        return self.photos.photo(photo_id)


def _graded(before: Proof | None, grade: int) -> Proof:
    return Proof(grade=grade, months=before.months if before else None)


def _kept_for(before: Proof | None, months: int) -> Proof:
    """A record of months is a document at least."""
    return Proof(grade=before.grade if before else 1, months=months)


def _choose(buttons: list[Segment] | list[Button], place: int | None) -> None:
    for number, button in enumerate(buttons):
        if button.isChecked() != (number == place):
            button.setAutoExclusive(False)
            button.setChecked(number == place)
            button.setAutoExclusive(True)
