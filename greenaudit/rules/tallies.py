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
    """What one scored question brings: `level` is the effective one, None unless answered."""

    id: str
    module: str
    section: str
    weight: int
    critical: bool
    condition: bool
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
    """The sums over the entries of one section."""
    asked = [entry for entry in entries if entry.condition and entry.weight > 0]
    applicable = [entry for entry in asked if not entry.set_aside]
    assessed = tuple((entry.level, entry) for entry in applicable if entry.level is not None)
    critical = [entry for entry in applicable if entry.critical]
    weight_asked = sum(entry.weight for entry in asked)
    return Tally(
        applicable=len(applicable),
        assessed=len(assessed),
        critical=len(critical),
        critical_assessed=sum(entry.level is not None for entry in critical),
        weight_asked=weight_asked,
        weight_set_aside=weight_asked - sum(entry.weight for entry in applicable),
        weight=sum(entry.weight for _, entry in assessed),
        points=sum(entry.weight * level for level, entry in assessed),
        grades=sum(entry.weight * entry.grade for _, entry in assessed),
        reached=_reached(assessed),
        entries=assessed,
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
