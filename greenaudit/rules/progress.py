"""Progress of areas and modules, moved by what one question counts more or less than before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenaudit.domain.values import Value
from greenaudit.rules.standings import Standing

Step = tuple[int, int, int]
"""What is added to settled, applicable and open critical questions."""


class Progress(Value):
    """Settled and applicable questions, and the critical ones that are still open."""

    done: int
    total: int
    open_critical: int

    @property
    def complete(self) -> bool:
        """Whether something is asked and all of it has an answer or a reason why not."""
        return 0 < self.total == self.done


NO_PROGRESS = Progress(done=0, total=0, open_critical=0)
_STILL: Step = (0, 0, 0)


def step(now: Standing, was: Standing | None) -> Step:
    """What a question counts now beyond what it counted before (None: it wasn't counted)."""
    done, asked, critical = _counts(now)
    if was is None:
        return done, asked, critical
    done_before, asked_before, critical_before = _counts(was)
    return done - done_before, asked - asked_before, critical - critical_before


def moved(before: Mapping[str, Progress], steps: Iterable[tuple[Iterable[str], Step]]) -> dict[str, Progress]:
    """Progress by name after steps, each in the groups it belongs to; groups that nothing moved stay what they are."""
    sums: dict[str, list[int]] = {}
    for names, by in steps:
        if by == _STILL:
            continue
        done, asked, critical = by
        for name in names:
            counts = sums.get(name)
            if counts is None:
                sums[name] = [done, asked, critical]
                continue
            counts[0] += done
            counts[1] += asked
            counts[2] += critical
    after = dict(before)
    for name, (done, total, critical) in sums.items():
        was = before[name]
        after[name] = Progress(
            done=was.done + done, total=was.total + total, open_critical=was.open_critical + critical
        )
    return after


def _counts(standing: Standing) -> Step:
    if not standing.applies:
        return _STILL
    return standing.settled, 1, standing.open_critical
