"""The hybrid logical clock: milliseconds since 1970 in the high bits, a counter in the low sixteen.

It orders changes made apart roughly as people made them. What an edit has seen is in its bases, so a wrong clock
can spoil the choice of the shown value at worst, never lose one. A clock far ahead is not followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from greenaudit.clock import milliseconds

COUNTER_BITS = 16
FAR_AHEAD = timedelta(hours=24)
AHEAD = int(FAR_AHEAD.total_seconds() * 1000) << COUNTER_BITS


def at(moment: datetime) -> int:
    """The reading of a moment, counter zero."""
    return milliseconds(moment) << COUNTER_BITS


def is_far_ahead(hlc: int, now: datetime) -> bool:
    """Whether a reading lies more than a day ahead of our clock."""
    return hlc > at(now) + AHEAD


def tick(now: datetime, seen: Iterable[int]) -> int:
    """A reading that is later than all that was seen, save those of clocks far ahead."""
    present = at(now)
    bound = present + AHEAD
    return max([present, *(hlc + 1 for hlc in seen if hlc <= bound)])


def moment(hlc: int) -> datetime:
    """The wall-clock time of a reading, for lists and sentences."""
    return datetime.fromtimestamp((hlc >> COUNTER_BITS) / 1000, UTC)
