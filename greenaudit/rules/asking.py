"""What a visit asks and for how long: why a question of the list is left out, and the minutes planned for each area."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Literal

from greenaudit.rules.evaluation import Evaluation

NotAsked = Literal["plant", "module", "rapid"]
"""It doesn't concern the plant; its module isn't visited; the visit is rapid."""

ASSESSORS = 2
"""The minutes of an area are those of a walk by two, who share its questions; a question's minutes are one person's."""
MEETINGS = 90
"""The minutes of the opening and the closing meeting, which the areas don't hold."""


def why_not_asked(evaluation: Evaluation, question_id: str) -> NotAsked | None:
    """Why this visit doesn't ask a question of its checklist; None: it does."""
    if evaluation.asks(question_id):
        return None
    standing = evaluation.standings[question_id]
    if not standing.applies:
        return "plant"
    return "rapid" if standing.question.module in evaluation.layout.scope else "module"


def left_out(evaluation: Evaluation, why: NotAsked) -> int:
    """How many questions of the checklist this visit doesn't ask for one reason."""
    return sum(why_not_asked(evaluation, question_id) == why for question_id in evaluation.standings)


def planned_minutes(evaluation: Evaluation) -> dict[str, int]:
    """The minutes planned for each area that has anything to ask.

    A visit that asks the whole checklist takes what the checklist plans. One that asks less (rapid, or without a module)
    takes the time of its questions, a share at each of the areas they are met at, and never more than the whole.
    """
    layout = evaluation.layout
    there = [area for area in layout.checklist.areas if evaluation.progress_by_area[area.id].total]
    if len(layout.asked) == len(layout.checklist.questions):
        return {area.id: area.minutes for area in there}
    needed = dict.fromkeys((area.id for area in there), Fraction(0))
    for question in layout.asked:
        if evaluation.standings[question.id].applies:
            for area_id in question.areas:
                needed[area_id] += Fraction(question.test.minutes, len(question.areas) * ASSESSORS)
    return {area.id: min(area.minutes, ceil(needed[area.id])) for area in there}


def walk_and_meetings(minutes: Iterable[int]) -> int:
    """How long a visit takes two assessors from one meeting to the other, by the minutes of its areas."""
    return MEETINGS + sum(minutes)
