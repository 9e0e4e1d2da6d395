"""Which questions are walked to, and in which order. Nothing is stored: it is how one person looks at a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from greenaudit.messages import Message, msg
from greenaudit.services import reading
from greenaudit.services.views import QuestionState

Only = Literal["all", "unanswered", "critical", "low", "unproved", "flagged"]
LOW = 1
"""The level up to which an answer counts as low."""

NAMES: dict[Only, Message] = {
    "all": msg("All questions"),
    "unanswered": msg("Unanswered"),
    "critical": msg("Critical questions"),
    "low": msg("Level 0 or 1"),
    "unproved": msg("Without evidence"),
    "flagged": msg("To come back to"),
}


def _low(state: QuestionState) -> bool:
    return state.level is not None and state.level <= LOW


def _unproved(state: QuestionState) -> bool:
    response = state.answer.response
    answered = response is not None and response.state == "answered"
    return answered and reading.is_bare(state.answer, len(state.photos))


_PASSES: dict[Only, Callable[[QuestionState], bool]] = {
    "all": lambda _state: True,
    "unanswered": lambda state: state.answer.response is None,
    "critical": lambda state: state.question.critical,
    "low": _low,
    "unproved": _unproved,
    "flagged": lambda state: state.answer.flagged,
}


@dataclass(frozen=True)
class Choosing:
    """A person's choice for the walk; `count` questions pass it."""

    only: Only = "all"
    by_module: bool = False
    count: int = 0

    def passes(self, state: QuestionState) -> bool:
        """Whether a question is walked to."""
        return state.applies and _PASSES[self.only](state)


def said_choice(choosing: Choosing) -> Message:
    """The choice as its button says it."""
    if choosing.only == "all":
        return msg("All, by module") if choosing.by_module else NAMES["all"]
    return msg("{filter}: {count}", filter=NAMES[choosing.only], count=choosing.count)
