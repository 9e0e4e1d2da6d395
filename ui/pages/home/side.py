"""Home's right side: what is only here, and what is ready without a network."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from greenaudit.messages import Message, msg, msgs
from greenaudit.services.views import Fact, OnlyHere
from ui.ports import SendingState
from ui.widgets.boxes import clear, col, row
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for


class OnlyHereCard(Card):
    """How many answers and photos exist on this device alone. The count never lies.

    Signals:
        send: the person wants them to leave now.
    """

    send = Signal()

    def __init__(self) -> None:
        self._sign = Symbol("laptop", "warn", 28)
        self._answers, self._photos = Label("0", "money"), Label("0", "money")
        self._answers_word, self._photos_word = Label("", "lead", "ink2"), Label("", "lead", "ink2")
        self._words = Label("", "body", "ink2", wrap=True)
        self._trouble = Label("", "small", "warn", wrap=True)
        self._only, self._sending = OnlyHere(answers=0, photos=0, changes=0), SendingState()
        self.button = Button(msg("Send now"), "big", "arrow-right")
        counts = row(
            self._answers, self._answers_word, 12, self._photos, self._photos_word, None, gap=8
        )  # fmt: skip
        head = row(self._sign, (Label(msg("Only on this device"), "title", wrap=True), 1), gap=12)
        super().__init__(
            col(head, counts, self._words, self._trouble, 6, self.button, gap=6), (24, 18, 24, 22)
        )
        self.button.clicked.connect(self.send)

    def show_counts(self, only: OnlyHere) -> None:
        """Shows what is only here."""
        self._only = only
        self._answers.say(str(only.answers))
        self._photos.say(str(only.photos))
        self._answers_word.say(msgs("answer", "answers", only.answers))
        self._photos_word.say(msgs("photo", "photos", only.photos))
        some = only.changes > 0 or only.answers > 0 or only.photos > 0
        self._sign.show_icon("laptop" if some else "check-circle", "warn" if some else "accent", "bold")
        self._say()

    def show_sending(self, state: SendingState) -> None:
        """Shows whether it is being sent, and how it leaves otherwise."""
        self._sending = state
        self._say()

    def _say(self) -> None:
        only, state = self._only, self._sending
        some = only.changes > 0 or only.answers > 0 or only.photos > 0
        self._words.say(_waits(state) if some else _all_sent(state))
        self._trouble.say(state.trouble if state.trouble and state.enrolled and some else "")
        self._trouble.setVisible(bool(self._trouble.text()))
        self.button.setVisible(some)
        wait_for(self.button, busy=state.busy and state.enrolled)
        self.button.set_icon("arrow-right" if state.enrolled else "device-tablet")
        enrol = msg("Send now") if state.enrolled else msg("Enrol this device")
        self.button.say(msg("Sending…") if state.busy and state.enrolled else enrol)


def _waits(state: SendingState) -> Message:
    """How what is only here leaves."""
    if not state.enrolled:
        return msg("They are safe here. Enrol this device with your programme to send them.")
    if state.by_itself:
        return msg("They are safe here. They leave by themselves when there is a network.")
    return msg("They are safe here. Send them when there is a network.")


def _all_sent(state: SendingState) -> Message:
    if state.last:
        return msg("Everything was at the endpoint at {time}.", time=state.last)
    return msg("Nothing on this device waits to be sent.")


class ReadyCard(Card):
    """What was prepared, with dates; amber when it is missing or old."""

    def __init__(self) -> None:
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        super().__init__(
            col(Label(msg("Ready without a network"), "title", wrap=True), 4, self._facts, gap=10),
            (24, 18, 24, 22),
        )

    def show_facts(self, facts: tuple[Fact, ...], protection: Message) -> None:
        """Shows the facts, and how what is here is protected."""
        clear(self._facts)
        for fact in facts:
            self._facts.addWidget(_line("check-circle" if fact.ok else "warning", fact.text, ok=fact.ok))
        self._facts.addWidget(_line("lock-simple", protection, ok=True))


def _line(icon: str, text: Message, *, ok: bool) -> QWidget:
    tone = "accent" if ok else "warn"
    line = QWidget()
    words = Label(text, "body", "" if ok else "warn", wrap=True)
    line.setLayout(row(Symbol(icon, tone, 22, cut="fill"), (words, 1), gap=12))
    return line
