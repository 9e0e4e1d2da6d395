"""What the kill test starts: it answers questions for ever and tells each answer once it is saved.

Run as `python -m tests.store.killed_child HOME`: it reads a line per round from its input and forks for each, so
that a round costs no start of Python; the fork opens the store itself, and is what gets killed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from greenaudit.clock import SystemClock
from greenaudit.paths import Home
from greenaudit.store.blobs import BlobStore
from greenaudit.store.store import Store
from tests.helpers.store import AUTHOR, KEY, answer, photo


def answer_for_ever(home: Home, number: int) -> None:
    """Opens the store, answers, adds photos, and writes `saved <id>` after each answer's commit."""
    store = Store.open(home, KEY, SystemClock())
    blobs = BlobStore(home.blobs, KEY)
    count = 0
    while True:
        value = answer(f"R-{number}-{count}")
        with store.unit(AUTHOR) as unit:
            unit.save(value)
        os.write(1, f"saved {value.id}\n".encode())
        if count % 4 == 3:
            content = f"photo {number} {count}".encode()
            with store.unit(AUTHOR) as unit:  # the file is durable before the row that names it
                unit.save(photo(value.question_id, sha256=blobs.put(content), size=len(content)))
        count += 1


def main() -> None:
    """One fork a line of input; tells its process id, and when it has ended."""
    home = Home(Path(sys.argv[1]))
    for number, _ in enumerate(sys.stdin):
        pid = os.fork()
        if pid == 0:
            answer_for_ever(home, number)
        os.write(1, f"child {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main()
