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
    """Counts and sums over entries. `points` is Σ weight · level; `reached[n-1]` the weight at level n or more."""

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

    def critical_within(self, low: int, high: int) -> tuple[str, ...]:
        """Ids of the critical questions whose level is at least `low` and below `high`, sorted."""
        return tuple(sorted(e.id for level, e in self.entries if e.critical and low <= level < high))


def tally(entries: Iterable[Entry]) -> Tally:
    """The sums over the entries of one section, questions of weight 0 and those whose condition fails left out."""
    applicable = critical = critical_assessed = weight_asked = weight_set_aside = weight = grades = 0
    points: Exact = 0
    assessed: list[tuple[Exact, Entry]] = []
    for entry in entries:
        weight_asked += entry.weight
        if entry.set_aside:
            weight_set_aside += entry.weight
            continue
        applicable += 1
        critical += entry.critical
        if entry.level is not None:
            critical_assessed += entry.critical
            weight += entry.weight
            points += entry.weight * entry.level
            grades += entry.weight * entry.grade
            assessed.append((entry.level, entry))
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
        reached=_reached(assessed),
        entries=tuple(assessed),
    )


def total(tallies: Sequence[Tally]) -> Tally:
    """The tallies of sections added up."""
    first, second, third, fourth = (sum(t.reached[n - 1] for t in tallies) for n in STEPS)
    return Tally(
        applicable=sum(t.applicable for t in tallies),
        assessed=sum(t.assessed for t in tallies),
        critical=sum(t.critical for t in tallies),
        critical_assessed=sum(t.critical_assessed for t in tallies),
        weight_asked=sum(t.weight_asked for t in tallies),
        weight_set_aside=sum(t.weight_set_aside for t in tallies),
        weight=sum(t.weight for t in tallies),
        points=sum(t.points for t in tallies),
        grades=sum(t.grades for t in tallies),
        reached=(first, second, third, fourth),
        entries=tuple(pair for t in tallies for pair in t.entries),
    )


def _reached(assessed: Iterable[tuple[Exact, Entry]]) -> tuple[int, int, int, int]:
    weights = [0, 0, 0, 0, 0]
    for level, entry in assessed:
        weights[int(level)] += entry.weight
    fourth = weights[4]
    third = fourth + weights[3]
    second = third + weights[2]
    return (second + weights[1], second, third, fourth)
