"""From an answer to a level, and from the evidence to what of that level stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import (
    CutsAnswer,
    Gate,
    LevelAnswer,
    Option,
    OptionsAnswer,
    PointsAnswer,
    Question,
)
from greenaudit.messages import Message, msg
from greenaudit.rules.exact import Exact, exact

TOLD, DOCUMENT, SEEN, MEASURED = range(4)
"""The evidence grades E0 to E3."""

MONTHS_FOR_3 = 3
MONTHS_FOR_4 = 12
TOP = 4

_LIMITS: dict[Gate, tuple[int, int, int, int]] = {
    "record": (1, 2, 3, 4),
    "sample": (1, 2, 3, 4),
    "seen": (1, 2, 4, 4),
}


@dataclass(frozen=True, slots=True)
class Limited:
    """What of a level the evidence lets stand, and what the rest of it still needs (None: nothing)."""

    level: Exact
    needs: Message | None


def level_of(question: Question, response: Response | None) -> Exact | None:
    """The level that an answer gives by its kind; None when it isn't answered or its kind isn't scored."""
    if response is None or response.state != "answered":
        return None
    answer = question.answer
    if isinstance(answer, LevelAnswer):
        return response.level
    if isinstance(answer, OptionsAnswer):
        return worst(answer.options, response.options)
    if isinstance(answer, CutsAnswer):
        return _level_on_stair(answer, response)
    if isinstance(answer, PointsAnswer):
        return None if response.quantity is None else on_line(answer, exact(response.quantity.value))
    return None


def worst(options: Sequence[Option], chosen: Sequence[str]) -> int | None:
    """The lowest level among the chosen options; None when none of them carries one."""
    levels = [option.level for option in options if option.id in chosen and option.level is not None]
    return min(levels, default=None)


def stair(answer: CutsAnswer, value: Exact) -> int:
    """How many cuts the value reaches (better high) or stays within (better low)."""
    if answer.better == "high":
        return sum(value >= exact(cut) for cut in answer.cuts)
    return sum(value <= exact(cut) for cut in answer.cuts)


def on_line(answer: PointsAnswer, value: Exact) -> Exact:
    """The level on the line between the points around the value; flat outside, never rounded."""
    points = sorted((exact(x), exact(level)) for x, level in answer.points)
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value <= right:
            return exact(low + Fraction(value - left) / (right - left) * (high - low))
    return points[-1][1]


def limit(gate: Gate, grade: int, months: int | None) -> int:
    """The highest level that evidence of this grade lets stand."""
    top = _LIMITS[gate][grade]
    if gate != "record" or top <= DOCUMENT + 1:
        return top
    kept = months or 0
    by_record = TOP if kept >= MONTHS_FOR_4 else 3 if kept >= MONTHS_FOR_3 else 2
    return min(top, by_record)


def effective(level: Exact, gate: Gate, grade: int, months: int | None) -> Limited:
    """What stands of a level under its evidence, with the missing part in words."""
    held = limit(gate, grade, months)
    if level <= held:
        return Limited(level, None)
    return Limited(held, _missing(-(-level // 1), gate, grade, months or 0))


def _level_on_stair(answer: CutsAnswer, response: Response) -> int | None:
    if response.quantity is None:
        return worst(answer.instead, response.options)
    level = stair(answer, exact(response.quantity.value))
    if level == TOP and answer.confirm_4 is not None and not response.confirmed:
        return TOP - 1
    return level


def _missing(target: int, gate: Gate, grade: int, months: int) -> Message:
    """What a whole level still needs beyond evidence of this grade and so many months of record."""
    wanted = next(g for g in range(4) if _LIMITS[gate][g] >= target)
    kept = {3: MONTHS_FOR_3, TOP: MONTHS_FOR_4}.get(target, 0) if gate == "record" else 0
    short = months < kept
    if grade >= wanted:
        return msg("Level {level} also needs {months} months of records.", level=target, months=kept)
    if wanted == DOCUMENT:
        return msg("Level {level} also needs a document, or that you see it.", level=target)
    if wanted == SEEN:
        return (
            msg(
                "Level {level} also needs that you see it, and {months} months of records.",
                level=target,
                months=kept,
            )
            if short
            else msg("Level {level} also needs that you see it.", level=target)
        )
    return (
        msg(
            "Level {level} also needs a measurement or a sample, and {months} months of records.",
            level=target,
            months=kept,
        )
        if short
        else msg("Level {level} also needs a measurement or a sample.", level=target)
    )
