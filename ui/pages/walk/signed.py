"""A signed answer: text, not a disabled form."""

from __future__ import annotations

from greenaudit.domain.assessments import NOTHING_TO_LIST, Response
from greenaudit.domain.checklists import (
    LEVEL_NAMES,
    CutsAnswer,
    NumberAnswer,
    OptionsAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
)
from greenaudit.messages import msg
from ui.i18n import Said, tr
from ui.i18n.formatting import formats
from ui.pages.walk.cell_words import Words, row_words
from ui.pages.walk.values import CardState
from ui.pages.walk.words import REASONS
from ui.widgets.boxes import col
from ui.widgets.cards import Card
from ui.widgets.texts import Label


class SignedAnswer(Card):
    """What was answered, and what of it the evidence let stand."""

    def __init__(self) -> None:
        self._answer = Label("", "title", wrap=True)
        self._detail = Label("", "body", "ink2", wrap=True)
        self._needs = Label("", "small", "warn", wrap=True)
        super().__init__(col(self._answer, self._detail, self._needs, gap=6))

    def show_card(self, card: CardState) -> None:
        """Shows an answer as it was signed."""
        question, response = card.state.question, card.state.answer.response
        title, detail = answer_words(question, response, card.unit_words)
        self._answer.say(title)
        self._detail.say(detail)
        self._detail.setVisible(bool(detail))
        self._needs.say(card.state.needs or "")
        self._needs.setVisible(card.state.needs is not None)


def answer_words(question: Question, response: Response | None, words: Words) -> tuple[str, str]:
    """An answer in words: what it is, and what it means; `words` says a unit in the reader's language."""
    if response is None:
        return tr(msg("No answer")), ""
    if response.state != "answered":
        said = msg("Not applicable") if response.state == "not_applicable" else msg("Not seen")
        return tr(said), tr(REASONS.get(response.reason, response.reason))
    answer = question.answer
    if isinstance(answer, OptionsAnswer):
        return _options(answer.options, response), ""
    if isinstance(answer, CutsAnswer | PointsAnswer | NumberAnswer):
        instead = answer.instead if isinstance(answer, CutsAnswer) else ()
        return _number(response, _options(instead, response), words), ""
    if isinstance(answer, TableAnswer):
        if NOTHING_TO_LIST in response.options:
            return tr(msg("Nothing to list")), ""
        lines = "\n".join(row_words(answer, cells, words) for cells in response.rows)
        return tr(msg("Rows: {count}", count=len(response.rows))), lines
    if response.level is not None:
        anchor: Said = question.levels[response.level] if question.levels else ""
        return f"{response.level} · {tr(LEVEL_NAMES[response.level])}", tr(anchor)
    if response.day is not None:
        return formats().date(response.day), ""
    return response.text or tr(msg("Answered")), ""


def _options(options: tuple[object, ...], response: Response) -> str:
    names = {getattr(option, "id", ""): tr(getattr(option, "label", "")) for option in options}
    return " · ".join(names[chosen] for chosen in response.options if chosen in names)


def _number(response: Response, instead: str, words: Words) -> str:
    quantity = response.quantity
    return instead if quantity is None else formats().quantity(quantity.value, words(quantity.unit))
