"""Saved means durable: a process that is killed at any moment loses no answer that it had reported as saved."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Answer
from greenaudit.domain.evidence import Photo
from greenaudit.paths import Home
from greenaudit.store.blobs import BlobStore
from greenaudit.store.store import Store
from tests.helpers.store import AUTHOR, KEY, assessment, make_store, programme, revision

KILLS = 100
ROOT = Path(__file__).resolve().parents[2]


def one_round(child: subprocess.Popen[bytes], dice: random.Random) -> list[UUID]:
    """Lets the child answer a few questions, kills it at a random moment, and gives what it had reported."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"go\n")
    child.stdin.flush()
    enough = dice.randint(0, 12)
    saved: list[UUID] = []
    pid = 0
    for raw in child.stdout:
        word, _, rest = raw.decode().strip().partition(" ")
        if word == "ended":
            break
        if word == "child":
            pid = int(rest)
        else:
            saved.append(UUID(rest))
        if pid and len(saved) >= enough:
            for _ in range(dice.randrange(20_000)):  # a moment within the next transaction
                pass
            os.kill(pid, signal.SIGKILL)
            enough = sys.maxsize
    return saved


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the rounds are forked, which this system can't")
def test_every_answer_that_was_reported_survives_a_hundred_kills(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    store = make_store(home.root)
    with store.unit(AUTHOR) as unit:
        for value in (programme(), assessment(), revision()):
            unit.save(value)
    store.close()
    dice = random.Random(20260303)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed_child", str(home.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as child:
        reported = [answer_id for _ in range(KILLS) for answer_id in one_round(child, dice)]
        child.communicate()
    assert child.returncode == 0
    assert len(reported) > KILLS
    store = Store.open(home, KEY)
    with store.read() as reader:
        there = {value.id for value in reader.where(Answer)}
        photos = reader.where(Photo)
        changes = reader.changes()
    assert set(reported) <= there
    assert len(there) <= len(reported) + KILLS, "at most one answer a kill was saved and not yet reported"
    assert [change.seq for change in changes] == list(range(1, len(changes) + 1))
    blobs = BlobStore(home.blobs, KEY)
    assert photos
    assert all(blobs.sound(photo.sha256) for photo in photos), "an evidence row lacks its file"
    assert store.integrity() == []
    assert store.check() == []
    store.close()
