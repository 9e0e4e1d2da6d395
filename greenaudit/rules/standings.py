"""How one question stands in a visit: asked or not, answered or not, at which level, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from greenaudit.domain.assessments import NOTHING_TO_LIST, Answer, Response
from greenaudit.domain.checklists import (
    DateAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    Question,
    TableAnswer,
    TextAnswer,
)
from greenaudit.domain.scores import ItemState
from greenaudit.messages import Message
from greenaudit.rules.exact import Exact, as_decimal
from greenaudit.rules.levels import TOLD, effective, level_of
from greenaudit.rules.tallies import Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it stands.

    `applies`: its condition holds. `settled`: an answer, 'not seen' or 'not applicable' was given. `level` is what the answer gives, `effective` what the evidence lets stand, and
    `needs` what the rest of the level is missing. An answer to a question that doesn't apply is kept and not scored.
    """

    question: Question
    applies: bool
    state: ItemState
    level: Decimal | None
    effective: Decimal | None
    needs: Message | None
    exact_level: Exact | None
    entry: Entry | None
    settled: bool

    @property
    def counted(self) -> bool:
        """Whether it counts among the applicable: the condition holds and nobody set it aside by hand."""
        return self.applies and self.state != "not_applicable"

    @property
    def open_critical(self) -> bool:
        """Whether it is a critical question that holds a rating back."""
        return self.question.critical and self.counted and self.state != "answered"


def turned(standing: Standing) -> Standing:
    """The same answer under a condition that turned out otherwise."""
    return Standing(
        standing.question,
        not standing.applies,
        standing.state,
        standing.level,
        standing.effective,
        standing.needs,
        standing.exact_level,
        standing.entry,
        standing.settled,
    )


def standing_of(question: Question, answer: Answer | None, *, applies: bool) -> Standing:
    """How a question stands with this answer."""
    response = None if answer is None or answer.deleted_at is not None else answer.response
    state = state_of(question, response)
    level = level_of(question, response) if state == "answered" else None
    grade, months = TOLD, None
    if answer is not None and answer.proof is not None:
        grade, months = answer.proof.grade, answer.proof.months
    stands, needs = level, None
    if level is not None and question.scored:
        limited = effective(level, question.gate, grade, months)
        stands, needs = limited.level, limited.needs
    return Standing(
        question=question,
        applies=applies,
        state=state,
        level=None if level is None else as_decimal(level),
        effective=None if stands is None else as_decimal(stands),
        needs=needs,
        exact_level=level,
        entry=_entry(question, state, stands, grade) if question.scored else None,
        settled=state != "unanswered",
    )


def state_of(question: Question, response: Response | None) -> ItemState:
    """What was said about a question; an answer without its main part is none."""
    if response is None:
        return "unanswered"
    if response.state != "answered":
        return response.state
    return "answered" if _says_something(question, response) else "unanswered"


def _says_something(question: Question, response: Response) -> bool:
    answer = question.answer
    if question.scored or isinstance(answer, LevelAnswer):
        return level_of(question, response) is not None
    if isinstance(answer, OptionsAnswer):
        return bool(response.options)
    if isinstance(answer, TableAnswer):
        return bool(response.rows) or NOTHING_TO_LIST in response.options
    if isinstance(answer, TextAnswer):
        return bool(response.text.strip())
    if isinstance(answer, DateAnswer):
        return response.day is not None
    if isinstance(answer, NumberAnswer):
        return response.quantity is not None
    return True


def _entry(question: Question, state: ItemState, level: Exact | None, grade: int) -> Entry:
    return Entry(
        id=question.id,
        module=question.module,
        section=question.section,
        weight=question.weight,
        critical=question.critical,
        set_aside=state == "not_applicable",
        level=level,
        grade=grade,
    )
