"""How the key of the data is kept: the keyring, a passphrase, or a file; the words are the same wherever it is asked."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from greenaudit.messages import Message, msg
from ui.widgets.boxes import col
from ui.widgets.choices import OptionRow
from ui.widgets.fields import Field
from ui.widgets.texts import Label

Kind = Literal["keyring", "passphrase", "file"]
SHORTEST = 8
"""Characters that a passphrase needs; the keys refuse a shorter one too."""

WORDS: dict[Kind, tuple[Message, Message]] = {
    "keyring": (msg("This system's keyring"), msg("It opens when you log in to this machine.")),
    "passphrase": (
        msg("A passphrase"),
        msg("Asked for at each start. The safest where others use this machine too."),
    ),
    "file": (
        msg("A key file"),
        msg("A file in the app's folder that only this account can read. A passphrase is safer."),
    ),
}


class ProtectionChoice(QWidget):
    """Three ways, and the passphrase typed twice where that is the way.

    Signals:
        entered: Return in the last field.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Kind, OptionRow] = {kind: OptionRow(*words) for kind, words in WORDS.items()}
        self._reason = Label("", "small", "ink2", wrap=True)
        self._reason.hide()
        hint = msg("At least {least} characters. Several words are easy to keep in mind.", least=SHORTEST)
        self.first = Field(msg("Passphrase"), hint=hint)
        self.again = Field(msg("The same once more"))
        for field in (self.first, self.again):
            field.input.setEchoMode(QLineEdit.EchoMode.Password)
        self._typed = QWidget()
        self._typed.setLayout(col(self.first, self.again, gap=8))
        self.setLayout(col(*self.rows.values(), self._reason, self._typed, gap=8))
        for kind, choice in self.rows.items():
            choice.clicked.connect(partial(self._chosen, kind))
        self.again.input.returnPressed.connect(self.entered)
        self.choose("file")

    def show_keyring(self, trouble: Message | None) -> None:
        """Offers the keyring, or says why there is none."""
        self.rows["keyring"].setVisible(trouble is None)
        self._reason.say(trouble or "")
        self._reason.setVisible(trouble is not None)
        if trouble is not None and self.kind() == "keyring":
            self.choose("file")

    def choose(self, kind: Kind) -> None:
        """Shows a way as chosen."""
        for other, choice in self.rows.items():
            choice.setAutoExclusive(False)
            choice.setChecked(other == kind)
            choice.setAutoExclusive(True)
        self._typed.setVisible(kind == "passphrase")

    def kind(self) -> Kind:
        """The way that is chosen."""
        return next((kind for kind, choice in self.rows.items() if choice.isChecked()), "file")

    def passphrase(self) -> str:
        """What was typed, as it was typed."""
        return self.first.input.text() if self.kind() == "passphrase" else ""

    def complete(self) -> bool:
        """Whether the passphrase can be used; says at its field what it lacks."""
        if self.kind() != "passphrase":
            return True
        short = len(self.passphrase()) < SHORTEST
        self.first.show_error(
            msg("A passphrase needs at least {least} characters.", least=SHORTEST) if short else ""
        )
        other = not short and self.passphrase() != self.again.input.text()
        self.again.show_error(msg("The two are not the same. Type it once more.") if other else "")
        if short or other:
            wrong = self.first if short else self.again
            wrong.input.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.input.selectAll()
        return not (short or other)

    def forget(self) -> None:
        """Takes what was typed away."""
        for field in (self.first, self.again):
            field.input.clear()
            field.show_error("")

    def _chosen(self, kind: Kind, _checked: object = None) -> None:
        self._typed.setVisible(kind == "passphrase")
        if kind == "passphrase":
            self.first.input.setFocus(Qt.FocusReason.OtherFocusReason)
