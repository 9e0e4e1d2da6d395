"""How much the endpoint takes: never the last of its disk, and of one device only so much a day.

What was taken is counted in memory: a restart begins the day anew, and a fault or a thief is still held up for long
enough to be seen.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import msg

FLOOR = 1 << 30
"""What stays free on the disk: room for the journal, for backups and for whoever mends it."""

DAILY = 20 << 30
"""What one device may send a day: some thousands of photos, a season's visits of a laptop that was away."""

_log = logger("server")


class Room:
    """The disk under a folder, shared by all devices."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        floor: int = FLOOR,
        daily: int = DAILY,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._floor = floor
        self._daily = daily
        self._free = free
        self._lock = threading.Lock()
        self._day: date | None = None
        self._taken: dict[UUID, int] = {}

    def check(self, size: int) -> None:
        """KnownError when so many bytes more would leave less than the floor."""
        if self._free(self._folder) - size < self._floor:
            _log.error("only %s bytes are free in %s", self._free(self._folder), self._folder)
            raise endpoint_full()

    def take(self, device_id: UUID, size: int) -> None:
        """Counts bytes that a device sends; KnownError when it is too much for a day."""
        with self._lock:
            today = self._clock.now().date()
            if today != self._day:
                self._day, self._taken = today, {}
            taken = self._taken.get(device_id, 0) + size
            if taken > self._daily:
                raise KnownError(
                    "device_allowance",
                    msg(
                        "This device has sent more than {limit} GB today. The rest stays on it and goes with the next "
                        "synchronisation from tomorrow on.",
                        limit=max(1, self._daily >> 30),
                    ),
                )
            self._taken[device_id] = taken


def endpoint_full() -> KnownError:
    """The endpoint's disk is as full as it may be."""
    return KnownError(
        "endpoint_full",
        msg(
            "The endpoint's disk is full. Nothing is lost: what it didn't take stays on this device and goes with a later "
            "synchronisation. Tell whoever runs the endpoint."
        ),
    )
