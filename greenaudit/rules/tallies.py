"""Sums of what questions contribute: by section, and by module as the sum of its sections.

One changed answer needs the sums of its section anew and the adding-up of its module, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenaudit.rules.exact import Exact

STEPS = (1, 2, 3, 4)
NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one scored question brings while its condition holds: the effective level, None unless answered."""

    id: str
    module: str
    section: str
    weight: int
    critical: bool
    set_aside: bool
    level: Exact | None
    grade: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and sums over entries. `points` is Σ weight · level; `reached[n-1]` the weight at level n or more.

    `entries` are those that were assessed, `criticals` the critical ones among them by level and id.
    """

    applicable: int = 0
    assessed: int = 0
    critical: int = 0
    critical_assessed: int = 0
    weight_asked: int = 0
    weight_set_aside: int = 0
    weight: int = 0
    points: Exact = 0
    grades: int = 0
    reached: tuple[int, int, int, int] = NOTHING
    entries: tuple[tuple[Exact, Entry], ...] = ()
    criticals: tuple[tuple[Exact, str], ...] = ()

    def critical_within(self, low: int, high: int) -> tuple[str, ...]:
        """Ids of the critical questions whose level is at least `low` and below `high`, sorted."""
        return tuple(sorted(name for level, name in self.criticals if low <= level < high))


def tally(entries: Iterable[Entry]) -> Tally:
    """The sums over the entries of one section, questions of weight 0 and those whose condition fails left out."""
    applicable = critical = critical_assessed = weight_asked = weight_set_aside = weight = grades = 0
    points: Exact = 0
    assessed: list[tuple[Exact, Entry]] = []
    criticals: list[tuple[Exact, str]] = []
    steps = [0, 0, 0, 0, 0]
    for entry in entries:
        weighs, level = entry.weight, entry.level
        weight_asked += weighs
        if entry.set_aside:
            weight_set_aside += weighs
            continue
        applicable += 1
        critical += entry.critical
        if level is not None:
            critical_assessed += entry.critical
            weight += weighs
            points += weighs * level
            grades += weighs * entry.grade
            steps[int(level)] += weighs
            assessed.append((level, entry))
            if entry.critical:
                criticals.append((level, entry.id))
    return Tally(
        applicable=applicable,
        assessed=len(assessed),
        critical=critical,
        critical_assessed=critical_assessed,
        weight_asked=weight_asked,
        weight_set_aside=weight_set_aside,
        weight=weight,
        points=points,
        grades=grades,
        reached=_reached(steps),
        entries=tuple(assessed),
        criticals=tuple(criticals),
    )


def total(tallies: Sequence[Tally]) -> Tally:
    """The tallies of sections added up, in one pass: a changed profile adds up hundreds."""
    applicable = assessed = critical = critical_assessed = weight_asked = weight_set_aside = weight = (
        grades
    ) = 0
    first = second = third = fourth = 0
    points: Exact = 0
    entries: list[tuple[Exact, Entry]] = []
    criticals: list[tuple[Exact, str]] = []
    for part in tallies:
        applicable += part.applicable
        assessed += part.assessed
        critical += part.critical
        critical_assessed += part.critical_assessed
        weight_asked += part.weight_asked
        weight_set_aside += part.weight_set_aside
        weight += part.weight
        points += part.points
        grades += part.grades
        one, two, three, four = part.reached
        first, second, third, fourth = first + one, second + two, third + three, fourth + four
        entries += part.entries
        criticals += part.criticals
    return Tally(
        applicable=applicable,
        assessed=assessed,
        critical=critical,
        critical_assessed=critical_assessed,
        weight_asked=weight_asked,
        weight_set_aside=weight_set_aside,
        weight=weight,
        points=points,
        grades=grades,
        reached=(first, second, third, fourth),
        entries=tuple(entries),
        criticals=tuple(criticals),
    )


def _reached(steps: Sequence[int]) -> tuple[int, int, int, int]:
    """The weight at each level or more, from the weight at each."""
    fourth = steps[4]
    third = fourth + steps[3]
    second = third + steps[2]
    return (second + steps[1], second, third, fourth)
