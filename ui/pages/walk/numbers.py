"""What a typed number means, in words, before anything is saved: read back, set on its stair, looked at twice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from greenaudit.domain.checklists import CutsAnswer, NumberAnswer, PointsAnswer, Question
from greenaudit.errors import BugError
from greenaudit.messages import Message, msg
from greenaudit.services import reading
from greenaudit.services.reading import Ambiguous, Unreadable
from ui.i18n import locale
from ui.i18n.formatting import formats
from ui.pages.walk.cell_words import Words


@dataclass(frozen=True)
class Understood:
    """A text as it is understood. `value` is in the question's unit; with `choices` the person is asked which is meant."""

    value: Decimal | None = None
    echo: Message | None = None
    choices: tuple[Decimal, ...] = ()
    problem: Message | None = None


def unit_of(question: Question) -> str:
    """The unit of a question that asks for a number."""
    answer = question.answer
    if not isinstance(answer, CutsAnswer | PointsAnswer | NumberAnswer):
        raise BugError(f"{question.id} asks for no number")
    return answer.unit


def understand(question: Question, text: str, unit: str, words: Words) -> Understood:
    """What a text means to somebody of the locale that is on; an empty one means nothing yet."""
    if not text.strip():
        return Understood()
    found = reading.read_number(text, locale())
    if isinstance(found, Unreadable):
        return Understood(problem=found.reason)
    if isinstance(found, Ambiguous):
        return Understood(choices=found.values)
    return meant(question, found.value, unit, words)


def meant(question: Question, typed: Decimal, unit: str, words: Words) -> Understood:
    """A number whose meaning is settled."""
    own = unit_of(question)
    value = reading.converted(typed, unit, own)
    return Understood(value=value, echo=_echo(typed, unit, value, own, words))


def _echo(typed: Decimal, unit: str, value: Decimal, own: str, words: Words) -> Message:
    shown = formats().quantity(typed, words(unit))
    if unit != own:
        return msg(
            "Read as {shown}, which is {same}.", shown=shown, same=formats().quantity(value, words(own))
        )
    if typed == typed.to_integral_value():
        return msg("Read as {shown}, a whole number.", shown=shown)
    if "," in formats().number(Decimal("0.5")):
        return msg("Read as {shown}, with a decimal comma.", shown=shown)
    return msg("Read as {shown}, with a decimal point.", shown=shown)


def limits(answer: CutsAnswer) -> tuple[str, ...]:
    """What each step of a stair asks for, from 0 to 4; a dash for a step that no value reaches."""
    cuts = [formats().number(cut) for cut in answer.cuts]
    mark = "\u00a0%" if answer.unit.startswith("%") else ""
    low = answer.better == "low"
    below, from_on = ("> ", "≤ ") if low else ("< ", "≥ ")
    steps = [f"{below}{cuts[0]}{mark}"]
    for left, right in pairwise(cuts):
        first, second = (right, left) if low else (left, right)
        steps.append("–" if left == right else f"{first}–{second}{mark}")
    return (*steps, f"{from_on}{cuts[3]}{mark}")


def place_on_step(answer: CutsAnswer, value: Decimal, level: int) -> float:
    """How far a value stands along its step; the middle of the outer ones, which have no end."""
    if not 0 < level < len(answer.cuts):
        return 0.5
    here, beyond = answer.cuts[level - 1], answer.cuts[level]
    return 0.5 if here == beyond else float((value - here) / (beyond - here))
