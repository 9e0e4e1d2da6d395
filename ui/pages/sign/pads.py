"""Where both sign: the assessor's pad, then the plant's with who they are and what they agree to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.theme import SizeClass
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button
from ui.widgets.checks import Check
from ui.widgets.fields import Field
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label


class _PadCard(QFrame):
    """A card that is tinted while it is its turn.

    Signals:
        changed (dict): the parts of the draft that changed.
    """

    changed = Signal(object)

    def __init__(self, hint: Message, height: int) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.pad = SignaturePad(hint, height)
        self.clear = Button(msg("Clear"), "", "eraser")
        self.clear.clicked.connect(self.pad.clear)

    def set_turn(self, *, turn: bool) -> None:
        """Whether this is the card to be filled in now."""
        look = "chosen" if turn else "card"
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)


class AssessorCard(_PadCard):
    """The assessor's pad. What is drawn stays on this page until both have signed, and it says so."""

    def __init__(self) -> None:
        super().__init__(msg("The assessor signs here"), 112)
        self._who = Label("", "small", "ink2", wrap=True)
        words = col(Label(msg("Lead assessor"), "strong", wrap=True), self._who, gap=0)
        head = row(Symbol("signature", "accent", 28), (words, 1), self.clear, gap=12)
        self.setLayout(col(head, (self.pad, 1), gap=10, margins=(20, 14, 20, 16)))
        self.pad.drawn.connect(self._drawn)

    def show_name(self, name: str) -> None:
        """Shows who signs."""
        self._who.say(msg("{name} · your signature waits on this page until the plant has signed", name=name))

    def _drawn(self) -> None:
        self.changed.emit({"assessor": self.pad.strokes()})

    def begin_anew(self) -> None:
        """Another visit: nothing is drawn."""
        self.pad.clear()


class RepresentativeCard(_PadCard):
    """The plant's representative: name, role, how one knew who it is, consent, and the pad.

    Signals:
        sign, decline: what was pressed.
    """

    sign = Signal()
    decline = Signal()

    def __init__(self) -> None:
        super().__init__(msg("The representative signs here"), 132)
        self.name, self.position = Field(msg("Name")), Field(msg("Role"))
        self.identity = Field(
            msg("How the identity was checked"), placeholder=msg("Known in person, badge, identity card")
        )
        self.consent = Check(msg("I have read the report and agree to sign it."))
        self._missing = Label("", "small", "ink2", wrap=True)
        self.decline_button = Button(msg("The plant declines"), "", "prohibit")
        self.sign_button = Button(msg("Sign and close the visit"), "primary", "signature")
        head = row((Label(msg("Plant representative"), "title", wrap=True), 1), self.clear, gap=12)
        self._names = row((self.name, 1), (self.position, 1), gap=12)
        self._who = col(self._names, self.identity, self.consent, gap=8)
        self._foot = row(self.decline_button, (self._missing, 1), self.sign_button, gap=12)
        self.setLayout(col(head, self._who, (self.pad, 1), self._foot, gap=10, margins=(20, 14, 20, 16)))
        self._connect()
        self.show_missing(None)

    def _connect(self) -> None:
        for part, field in (
            ("name", self.name),
            ("position", self.position),
            ("identity_checked", self.identity),
        ):
            field.input.textChanged.connect(partial(self._typed, part))
        self.consent.toggled.connect(partial(self._typed, "consent"))
        self.pad.drawn.connect(self._drawn)
        self.sign_button.clicked.connect(self.sign)
        self.decline_button.clicked.connect(self.decline)

    def show_missing(self, said: Message | None) -> None:
        """Says what the button waits for; a button that is off is never without its reason."""
        self._missing.say(said or msg("A one-time key is made for this signature and named in it."))
        self._missing.set_tone("warn" if said is not None else "ink2")
        self.sign_button.setEnabled(said is None)
        self.sign_button.setAccessibleDescription(tr(said or ""))

    def fit(self, size: SizeClass) -> None:
        """Narrow: the sentence stands over the buttons."""
        self.sign_button.say(msg("Sign and close the visit") if size == "wide" else msg("Sign and close"))
        self.pad.setMinimumHeight(132 if size == "wide" else 200)

    def begin_anew(self) -> None:
        """Another visit: nothing is written or drawn."""
        for field in (self.name, self.position, self.identity):
            field.input.clear()
        self.consent.setChecked(False)
        self.pad.clear()

    def _typed(self, part: str, value: object) -> None:
        self.changed.emit({part: value})

    def _drawn(self) -> None:
        self.changed.emit({"representative": self.pad.strokes()})
