"""After the signatures: what is closed, by whom, what verification says, and a copy to save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.sign.values import SignState, Verdict
from ui.widgets.banners import Banner
from ui.widgets.boxes import clear, col, row
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label


class SignedCard(Card):
    """Signals:

    save, save_stamped, revise: what was pressed.
    """

    save = Signal()
    save_stamped = Signal()
    revise = Signal()

    def __init__(self) -> None:
        self._title = Label("", "title", wrap=True)
        self._when = Label("", "body", "ink2", wrap=True)
        self._signers = col(gap=4)
        self._answers = col(gap=8)
        self._answers_title = Label(msg("What verification says"), "strong", wrap=True)
        self.late = Banner("warn")
        self.saved = Banner("good")
        self.revise_button = Button("", "big", "pencil-simple-line")
        self.save_button = Button(msg("Save a copy of the PDF"), "primary", "file-text")
        self.stamped_button = Button(msg("Save the time-stamped copy"), "big", "seal-check")
        head = row(
            Symbol("lock-simple", "accent", 32, cut="fill"), (col(self._title, self._when, gap=2), 1), gap=12
        )
        super().__init__(
            col(
                head, self.late, self._signers, 8, self._answers_title, self._answers, None, self.saved,
                self.save_button, self.stamped_button, self.revise_button, gap=10,
            ),
            (24, 20, 24, 20),
        )  # fmt: skip
        self.save_button.clicked.connect(self.save)
        self.stamped_button.clicked.connect(self.save_stamped)
        self.revise_button.clicked.connect(self.revise)

    def show_state(self, state: SignState) -> None:
        """Shows a closed visit, without a verdict until there is one."""
        clear(self._answers)
        self._answers.addWidget(Label(msg("Checking the file …"), "body", "ink2", wrap=True))
        self.saved.say("")
        self.stamped_button.setVisible(state.stamped)
        self.show_texts(state)

    def show_texts(self, state: SignState) -> None:
        """What is put together from the visit, in the language that is on."""
        closing, zone = state.closing, state.visit.plant.timezone
        self._title.say(msg("{number} is signed, revision {n}", number=closing.number, n=closing.revision))
        if closing.closed_at is not None:
            self._when.say(
                tr(msg("Closed for good on {moment}.", moment=formats().moment(closing.closed_at, zone)))
            )
        self.revise_button.say(msg("Start revision {number}", number=closing.revision + 1))
        clear(self._signers)
        for signer in closing.signers:
            self._signers.addLayout(
                _signer(signer.name, signer.position, signer.reason, refused=signer.refused)
            )
        late = state.visit.late_changes
        self.late.say(
            msg("Changes that came later: {n}. They are not in the signed report.", n=late) if late else "",
            msg("They are kept. The next revision takes them up."),
        )

    def show_verdict(self, verdict: Verdict) -> None:
        """Says what verification found."""
        clear(self._answers)
        tone = "accent" if verdict.accepted else "warn"
        sign = "seal-check" if verdict.accepted else "warning"
        line = row(
            Symbol(sign, tone, 24, cut="fill"), (Label(verdict.summary, "strong", tone, wrap=True), 1), gap=10
        )
        self._answers.addLayout(line)
        questions: tuple[tuple[Message, Message], ...] = (
            (msg("Unchanged?"), verdict.unchanged),
            (msg("Signed by whom?"), verdict.signed),
            (msg("When?"), verdict.when),
        )
        for question, answer in questions:
            words = col(Label(question, "caption", "ink3"), Label(answer, "body", wrap=True), gap=0)
            self._answers.addLayout(words)

    def show_unverified(self, said: Message) -> None:
        """Says why the file could not be judged: nothing is being checked any more."""
        clear(self._answers)
        words = Label(said, "body", "warn", wrap=True)
        self._answers.addLayout(row(Symbol("warning", "warn", 24, cut="fill"), (words, 1), gap=10))

    def show_saved(self, path: Path) -> None:
        """Says where the copy is."""
        self.saved.say(msg("Saved as {name}", name=path.name), str(path.parent))


def _signer(name: str, position: str, reason: str, *, refused: bool) -> QBoxLayout:
    sign, tint = ("prohibit", "warn") if refused else ("signature", "accent")
    who = f"{name} · {position}" if position else name
    words = col(Label(who or tr(msg("Plant representative")), "body", wrap=True), gap=0)
    if refused:
        words.addWidget(Label(msg("Declined: {reason}", reason=reason), "small", "warn", wrap=True))
    return row(Symbol(sign, tint, 22), (words, 1), gap=10)
