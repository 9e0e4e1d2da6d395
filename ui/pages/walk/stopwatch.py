"""How long each area was walked: the time between two signs of life, unless nobody was there in between."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from greenaudit.clock import Clock

IDLE = timedelta(minutes=5)
"""A longer silence isn't counted: somebody had lunch, or walked away with the tablet under the arm."""


class Stopwatch:
    """Counts for one area at a time. Every touch of the window is a sign of life; nothing runs in between."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spent: dict[str, timedelta] = {}
        self._area = ""
        self._last: datetime | None = None

    def begin(self, spent: Mapping[str, int]) -> None:
        """Goes on from what was counted before, in seconds by area; it stands until an area is entered."""
        self._spent = {area: timedelta(seconds=seconds) for area, seconds in spent.items()}
        self._area, self._last = "", None

    def walk(self, area_id: str) -> None:
        """An area's questions are open now; what went before belongs to the one before."""
        self.touch()
        self._area = area_id

    def touch(self) -> None:
        """Somebody is there."""
        now = self._clock.now()
        if self._last is not None and self._area and timedelta(0) < now - self._last <= IDLE:
            self._spent[self._area] = self._spent.get(self._area, timedelta(0)) + (now - self._last)
        self._last = now

    def pause(self) -> None:
        """The window is not in use, or another page is shown: nothing counts until the next sign of life."""
        self.touch()
        self._last = None

    def seconds(self) -> dict[str, int]:
        """What was counted, in whole seconds by area."""
        return {area: int(spent.total_seconds()) for area, spent in self._spent.items()}
