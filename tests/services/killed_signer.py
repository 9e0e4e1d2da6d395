"""What the kill test of signing starts: a fork a round that signs a visit, or adds photos, and dies at a chosen event.

Run as `python -m tests.services.killed_signer HOME VISIT`: it reads a line a round, `sign N` or `photos N`, and forks,
so that a round costs no start of Python. The fork kills itself with SIGKILL at the Nth event of the floors that write
(calls, returns and calls into C, an fsync or a commit among them), so it may die between any two steps; N = 0: never.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from uuid import UUID

from greenaudit.clock import SystemClock
from greenaudit.paths import Home
from greenaudit.services import closing, evidence, sample_photos
from greenaudit.services.opening import App, open_home
from greenaudit.store import store
from tests.helpers.apps import sign_both

FLOORS = (str(Path(store.__file__).parent), closing.__file__, evidence.__file__)
QUESTION = "CHEM-STO-02"
PHOTOS = 3


class Killer:
    """Counts events of the floors that write, and kills at one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.seen = last, 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if not frame.f_code.co_filename.startswith(FLOORS):
            return
        self.seen += 1
        if self.seen == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def sign(app: App, visit: UUID) -> None:
    """Both sides sign."""
    sign_both(app, visit)
    os.write(1, b"closed\n")


def add_photos(app: App, visit: UUID) -> None:
    """A few photos, each told once it is saved."""
    seed = int(datetime.now(UTC).timestamp() * 1000)
    for number in range(PHOTOS):
        data = sample_photos.plant_photo(seed + number)
        saved = app.evidence.add(assessment_id=visit, question_id=QUESTION, data=data)
        sha256 = saved.changed[QUESTION].photos[-1].sha256
        os.write(1, f"saved {sha256}\n".encode())


def one_round(home: Home, visit: UUID, what: str, last: int) -> None:
    """Opens the home as a start of the app does, and works until it is done or dead."""
    app = open_home(home, clock=SystemClock())
    killer = Killer(last)
    sys.setprofile(killer)
    (sign if what == "sign" else add_photos)(app, visit)
    sys.setprofile(None)
    os.write(1, f"events {killer.seen}\n".encode())
    app.close()


def main() -> None:
    """A fork for each line; tells its process id, and when it has ended."""
    home, visit = Home(Path(sys.argv[1])), UUID(sys.argv[2])
    for line in sys.stdin:
        what, _, last = line.strip().partition(" ")
        pid = os.fork()
        if pid == 0:
            one_round(home, visit, what, int(last))
            os._exit(0)
        os.write(1, f"child {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main()
