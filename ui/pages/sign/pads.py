"""Where both sign: the assessor's pad, then the plant's with who they are; on each what its signer agrees to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from greenaudit.i18n import Language, translator
from greenaudit.messages import Message, msg
from ui.pages.sign.consents import LanguagePick
from ui.pages.sign.foot import SignFoot
from ui.pages.sign.values import Agreement
from ui.theme import SizeClass
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button
from ui.widgets.checks import Check
from ui.widgets.fields import Field
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.texts import Label

LEAST, MOST = 112, 240
"""How high a pad may be; both are always equally high."""
MARGINS = (20, 12, 20, 12)


class _PadCard(QFrame):
    """A card that is tinted while it is its turn.

    Signals:
        changed (dict): the parts of the draft that changed.
        picked (str): the language in which its signer wants to read what they agree to.
    """

    changed = Signal(object)
    picked = Signal(str)

    def __init__(self, hint: Message, language_name: Message) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.pad = SignaturePad(hint, LEAST)
        self.pad.setFixedHeight(LEAST)
        self.clear = Button(msg("Clear"), "", "eraser")
        self.clear.clicked.connect(self.pad.clear)
        self.language = LanguagePick(language_name)
        self.language.chosen.connect(self._pick)
        self.sentence = Label("", "small", wrap=True)

    def set_turn(self, *, turn: bool) -> None:
        """Whether this is the card to be filled in now."""
        look = "chosen" if turn else "card"
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)

    def withdraw(self) -> None:
        """What was agreed to is no more what stands there: its signer begins anew."""
        self.pad.clear()

    def show_agreement(self, agreement: Agreement) -> None:
        """Shows what the signer agrees to, in their language."""
        self.language.choose(agreement.language)
        self.sentence.say(agreement.sentence)

    def _pick(self, language: Language) -> None:
        self.picked.emit(language)


class AssessorCard(_PadCard):
    """The assessor's pad. What is drawn stays on this page until both have signed, and it says so."""

    def __init__(self) -> None:
        super().__init__(msg("The assessor signs here"), msg("Language in which the assessor agrees"))
        self._who = Label("", "small", "ink2", wrap=True)
        words = col(Label(msg("Lead assessor"), "strong", wrap=True), self._who, gap=0)
        head = row((words, 1), self.language, self.clear, gap=12)
        self.setLayout(col(head, self.sentence, self.pad, gap=8, margins=MARGINS))
        self.pad.drawn.connect(self._drawn)

    def show_name(self, name: str) -> None:
        """Shows who signs."""
        self._who.say(msg("{name} · waits here until the plant has signed", name=name))

    def _drawn(self) -> None:
        self.changed.emit({"assessor": self.pad.strokes()})

    def begin_anew(self) -> None:
        """Another visit: nothing is drawn."""
        self.pad.clear()


class RepresentativeCard(_PadCard):
    """The plant's representative: name, role, how one knew who it is, consent, and the pad."""

    def __init__(self) -> None:
        super().__init__(
            msg("The representative signs here"), msg("Language in which the representative agrees")
        )
        self.name, self.position = Field(msg("Name")), Field(msg("Role"))
        self.identity = Field(
            msg("How the identity was checked"), placeholder=msg("Known in person, badge, identity card")
        )
        self.consent = Check("")
        self.foot = SignFoot()
        self.sign_button, self.decline_button = self.foot.sign_button, self.foot.decline_button
        head = row(
            (Label(msg("Plant representative"), "strong", wrap=True), 1), self.language, self.clear, gap=12
        )
        self._names = row((self.name, 1), (self.position, 1), gap=12)
        self._fields = row((self._names, 2), (self.identity, 1), gap=12)
        agree = row(self.consent, (self.sentence, 1), gap=16)
        self._box = col(head, self._fields, agree, self.pad, self.foot, gap=8, margins=MARGINS)
        self.setLayout(self._box)
        self._connect()
        self.foot.show_missing(None)

    def _connect(self) -> None:
        for part, field in (
            ("name", self.name),
            ("position", self.position),
            ("identity_checked", self.identity),
        ):
            field.input.textChanged.connect(partial(self._typed, part))
        self.consent.toggled.connect(partial(self._typed, "consent"))
        self.pad.drawn.connect(self._drawn)

    def show_agreement(self, agreement: Agreement) -> None:
        """Shows what the signer agrees to; the tick's words are in the signer's language too."""
        super().show_agreement(agreement)
        self.consent.say(translator(agreement.language)(msg("I agree")))

    def fit(self, size: SizeClass) -> None:
        """Narrow: the fields stand in two lines."""
        across = size != "narrow"
        self._fields.setDirection(
            self._fields.Direction.LeftToRight if across else self._fields.Direction.TopToBottom
        )
        if size == "wide":
            self._box.addWidget(self.foot)
        self.foot.fit(size)

    def withdraw(self) -> None:
        """The representative ticks and signs anew."""
        self.consent.setChecked(False)
        super().withdraw()

    def begin_anew(self) -> None:
        """Another visit: nothing is written or drawn."""
        for field in (self.name, self.position, self.identity):
            field.input.clear()
        self.withdraw()

    def _typed(self, part: str, value: object) -> None:
        self.changed.emit({part: value})

    def _drawn(self) -> None:
        self.changed.emit({"representative": self.pad.strokes()})
