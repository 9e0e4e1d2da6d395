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
from ui.widgets.boxes import clear, col
from ui.widgets.choices import OptionRow
from ui.widgets.texts import Label


class OptionsEditor(Editor):
    """Rows across the whole column, built anew for each question: they differ in number."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, OptionRow]] = []
        self._answer: OptionsAnswer | None = None
        self._hint = Label("", "small", "ink2", wrap=True)
        self._needs = Label("", "small", "warn", wrap=True)
        self._lines = col(gap=8)
        self.setLayout(col(self._hint, self._lines, self._needs, gap=8))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, OptionsAnswer):
            return
        if anew or answer is not self._answer:
            self._build(answer)
        response = card.state.answer.response
        chosen = response.options if response is not None and response.state == "answered" else answer.preset
        for option_id, line in self.rows:
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
        for option in answer.options:
            line = OptionRow(option.label)
            line.setAutoExclusive(answer.choose == "one")
            line.clicked.connect(partial(self._choose, option.id, line))
            self._lines.addWidget(line)
            self.rows.append((option.id, line))

    def _choose(self, option: str, line: OptionRow, _checked: object = None) -> None:
        if self._answer is not None:
            self.given.emit(partial(with_option, answer=self._answer, option=option, chosen=line.isChecked()))

    def press_digit(self, digit: int) -> bool:
        if not 1 <= digit <= len(self.rows):
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
