"""The proof of a signed answer as text: grade, months of record, note."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from greenaudit.messages import msg
from ui.i18n import tr
from ui.pages.walk.values import CardState
from ui.pages.walk.words import GRADES
from ui.widgets.boxes import col
from ui.widgets.texts import Label


class SignedProof(QWidget):
    """Text, not a disabled form."""

    def __init__(self) -> None:
        super().__init__()
        self._grade = Label("", "body", wrap=True)
        self._note = Label("", "body", wrap=True)
        self._note_title = Label(msg("Note"), "strong")
        self.setLayout(
            col(
                Label(msg("What it is based on"), "strong"),
                self._grade,
                8,
                self._note_title,
                self._note,
                gap=4,
            )
        )
        self.hide()

    def show_card(self, card: CardState) -> None:
        """Shows the proof of an answer."""
        proof, note = card.state.answer.proof, card.state.answer.note
        if proof is None:
            self._grade.say(msg("Nothing"))
        else:
            code, name, _ = GRADES[proof.grade]
            words = [f"{code} · {tr(name)}"]
            if proof.months is not None:
                words.append(tr(msg("Months of record: {months}", months=proof.months)))
            self._grade.say("\n".join(words))
        self._note_title.setVisible(note is not None)
        self._note.setVisible(note is not None)
        self._note.say(note.text if note is not None else "")
