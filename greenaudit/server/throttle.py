"""Slows down whoever guesses. Counts live in memory: a restart forgives, a guesser gains little by it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msgs

_KEPT = 10_000


class Throttle:
    """So many failures in so long a time for one name; then nothing more is tried until the time is over."""

    def __init__(self, clock: Clock, *, failures: int, within: timedelta) -> None:
        self._clock = clock
        self._failures = failures
        self._within = within
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, *names: str) -> None:
        """KnownError when one of the names has failed too often of late."""
        with self._lock:
            for name in names:
                since, count = self._seen.get(name, (self._clock.now(), 0))
                left = since + self._within - self._clock.now()
                if count >= self._failures and left > timedelta(0):
                    minutes = max(1, -int(-left.total_seconds() // 60))
                    raise KnownError(
                        "too_many_tries",
                        msgs(
                            "That was wrong too often. Try again in {n} minute.",
                            "That was wrong too often. Try again in {n} minutes.",
                            minutes,
                        ),
                    )

    def failed(self, *names: str) -> None:
        """Notes a failure of each name."""
        with self._lock:
            now = self._clock.now()
            for name in names:
                since, count = self._seen.pop(name, (now, 0))
                if now - since > self._within:
                    since, count = now, 0
                self._seen[name] = (since, count + 1)
            while len(self._seen) > _KEPT:
                self._seen.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forgets a name's failures."""
        with self._lock:
            self._seen.pop(name, None)
