"""What time it is, as something that is passed in. Times are UTC; the place's zone is added to show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment, timezone-aware, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock for tests and for the sample programme: stands still, or steps at each look."""

    at: datetime
    step: timedelta = field(default=timedelta(0))

    def now(self) -> datetime:
        moment = self.at
        self.at = self.at + self.step
        return moment


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 (UTC)."""
    return int(moment.timestamp() * 1000)
