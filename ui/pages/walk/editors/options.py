"""Options: one of them, or several."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import OptionsAnswer
from greenaudit.messages import msg
from ui.i18n import Said
from ui.pages.walk.answering import with_option
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.values import CardState
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col
from ui.widgets.choices import OptionRow
from ui.widgets.texts import Label

KEYS = 9
"""Rows that have a digit of their own."""


class OptionsEditor(Editor):
    """Rows across the whole column, built anew for each question: they differ in number."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, OptionRow]] = []
        self._answer: OptionsAnswer | None = None
        self._size: SizeClass = "wide"
        self._hint = Label("", "small", "ink2", wrap=True)
        self._proposed = Label(
            msg("What is marked as proposed isn't answered yet: tap it if it is true here."),
            "small",
            "ink2",
            wrap=True,
        )
        self._needs = Label("", "small", "warn", wrap=True)
        self._lines = col(gap=8)
        self.setLayout(col(self._hint, self._proposed, self._lines, self._needs, gap=8))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, OptionsAnswer):
            return
        if anew or answer is not self._answer:
            self._build(answer)
        response = card.state.answer.response
        fresh = response is None or response.state != "answered"
        chosen = () if response is None or fresh else response.options
        self._proposed.setVisible(fresh and bool(answer.preset))
        for option_id, line in self.rows:
            line.propose(proposed=fresh and option_id in answer.preset)
            if line.isChecked() != (option_id in chosen):
                line.setAutoExclusive(False)
                line.setChecked(option_id in chosen)
                line.setAutoExclusive(answer.choose == "one")
        self._needs.say(card.state.needs or "")
        self._needs.setVisible(card.state.needs is not None)

    def _build(self, answer: OptionsAnswer) -> None:
        self._answer = answer
        clear(self._lines)
        self.rows = []
        self._hint.say(_hint(answer))
        for place, option in enumerate(answer.options, start=1):
            line = OptionRow(option.label, key=self._key(place))
            line.setAutoExclusive(answer.choose == "one")
            line.clicked.connect(partial(self._choose, option.id, line))
            self._lines.addWidget(line)
            self.rows.append((option.id, line))

    def _key(self, place: int) -> str:
        """The digit that chooses a row; narrow windows are held in the hand."""
        return str(place) if place <= KEYS and self._size != "narrow" else ""

    def fit(self, size: SizeClass) -> None:
        self._size = size
        for place, (_, line) in enumerate(self.rows, start=1):
            line.show_key(self._key(place))

    def _choose(self, option: str, line: OptionRow, _checked: object = None) -> None:
        if self._answer is not None:
            self.given.emit(partial(with_option, answer=self._answer, option=option, chosen=line.isChecked()))

    def press_digit(self, digit: int) -> bool:
        if not 1 <= digit <= min(KEYS, len(self.rows)):
            return False
        self.rows[digit - 1][1].click()
        return True

    def first(self) -> QWidget | None:
        lines = [line for _, line in self.rows]
        return next((line for line in lines if line.isChecked()), lines[0] if lines else None)


def _hint(answer: OptionsAnswer) -> Said:
    if answer.choose == "one":
        return msg("Choose one.")
    if any(option.level is not None for option in answer.options):
        return msg("Choose all that you found; the worst one counts.")
    return msg("Choose all that apply.")
