"""Never half signed, never a photo without its file: whatever moment the process is killed at."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Response, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.paths import Home
from greenaudit.services.opening import App, open_home
from tests.helpers.apps import level
from tests.services.killed_signer import PHOTOS, QUESTION, sign

ROOT = Path(__file__).resolve().parents[2]
KILLS_AT_STEPS, KILLS_FROM_OUTSIDE = 12, 3

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the rounds are forked, which this system can't"
)


class Child:
    """The process whose forks are killed."""

    def __init__(self, process: subprocess.Popen[bytes], dice: random.Random) -> None:
        self._process, self._dice = process, dice

    def round(self, what: str, last: int, *, shoot: bool = False) -> list[str]:
        """Plays one round and gives what it reported; `shoot` kills it from outside at any moment."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{what} {last}\n".encode())
        self._process.stdin.flush()
        said: list[str] = []
        for raw in self._process.stdout:
            word, _, rest = raw.decode().strip().partition(" ")
            if word == "ended":
                break
            if word == "child" and shoot:
                for _ in range(self._dice.randrange(12_000_000)):  # a moment within opening and signing
                    pass
                os.kill(int(rest), signal.SIGKILL)
            elif word != "child":
                said.append(raw.decode().strip())
        return said


@contextmanager
def child(home: Home, visit: UUID) -> Iterator[Child]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.killed_signer", str(home.root), str(visit)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        yield Child(process, random.Random(20260707))
        process.communicate()
    assert process.returncode == 0


def events_of(said: list[str]) -> int:
    return next(int(line.removeprefix("events ")) for line in said if line.startswith("events "))


def assert_whole(app: App, visit: UUID) -> bool:
    """Whether the visit is closed; it is closed with a report that verifies, or open with everything in it."""
    opened, state = app.visits.open(visit), app.closing.state(visit)
    assert opened.states["CHEM-STO-02"].level == 2
    assert opened.states["FOUN-PRO-03"].answer.response == Response(options=("plant_only",))
    assert (opened.revision.closing is None) == (opened.revision.report is None)
    if state.closed:
        assert app.closing.verified(visit).accepted
        assert app.closing.signed_pdf(visit).startswith(b"%PDF")
    else:
        assert not [fact for fact in state.facts if fact.must and not fact.ok]
    return state.closed


def test_a_visit_is_signed_or_open_whenever_signing_is_killed(app: App, visit: UUID) -> None:
    app.walk.answer(
        assessment_id=visit, question_id="FOUN-PRO-03", response=Response(options=("plant_only",))
    )
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=level(2))
    home = app.context.home
    app.close()
    dice, outcomes = random.Random(20260707), []
    with child(home, visit) as killed:
        told = killed.round("sign", 0)
        assert "closed" in told
        steps = events_of(told)
        # As often within the last steps, where files and rows are written, as anywhere.
        moments = [
            dice.randint(1, steps) if number % 2 else steps - dice.randrange(steps // 4)
            for number in range(KILLS_AT_STEPS)
        ]
        for last in [0, *moments, *[-1] * KILLS_FROM_OUTSIDE]:
            told = killed.round("sign", max(last, 0), shoot=last < 0) if outcomes else told
            again = open_home(home)
            closed = assert_whole(again, visit)
            assert closed or "closed" not in told, "it had said that it was closed"
            outcomes.append(closed)
            if closed:
                again.closing.start_revision(assessment_id=visit, reason="Se firma de nuevo")
            again.close()
    assert {True, False} <= set(outcomes), "the kills fell on both sides of the commit"
    last_time = open_home(home)
    sign(last_time, visit)
    assert assert_whole(last_time, visit)
    with last_time.context.store.read() as reader:
        revisions = reader.where(Revision, assessment_id=visit)
    numbers = {revision.closing.number for revision in revisions if revision.closing is not None}
    assert len(numbers) == 1, "a report keeps its number through its revisions"
    assert sorted(revision.number for revision in revisions) == list(range(1, len(revisions) + 1))
    assert last_time.context.store.integrity() == []
    assert last_time.context.store.check() == []
    last_time.close()


def test_no_photo_is_without_its_file_whenever_adding_is_killed(app: App, visit: UUID) -> None:
    home = app.context.home
    app.close()
    dice = random.Random(20260708)
    reported: list[str] = []
    with child(home, visit) as killed:
        told = killed.round("photos", 0)
        steps = events_of(told)
        for _ in range(20):
            reported += [line.removeprefix("saved ") for line in told if line.startswith("saved ")]
            told = killed.round("photos", dice.randint(1, steps))
        reported += [line.removeprefix("saved ") for line in told if line.startswith("saved ")]
    again = open_home(home)
    with again.context.store.read() as reader:
        there = reader.where(Photo, assessment_id=visit)
    blobs = again.context.blobs
    assert all(blobs.sound(photo.sha256) for photo in there), "an evidence row lacks its file"
    assert set(reported) <= {photo.sha256 for photo in there}
    assert PHOTOS < len(reported) < 20 * PHOTOS, "the kills fell between photos"
    assert len(again.visits.open(visit).states[QUESTION].photos) == len(there)
    checks = {check.name: check.ok for check in again.backups.examine()}
    assert checks["evidence"], "files that nobody names harm nothing"
    assert again.context.store.integrity() == []
    again.close()
