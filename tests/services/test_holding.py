"""One window at a time has a home; the hold ends with its process, and commands need none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.services.holding import LOCK_FILE, HomeHold
from greenaudit.store.staging import refuse_if_occupied

HOLDER = """
import sys
from pathlib import Path
from greenaudit.paths import Home
from greenaudit.services.holding import HomeHold
HomeHold(Home(Path(sys.argv[1]))).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first, second = HomeHold(home), HomeHold(home)
    first.take()
    first.take()
    with pytest.raises(KnownError, match="Another program is using"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_killed_window_holds_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    command = [sys.executable, "-c", HOLDER, str(home.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(KnownError, match="Another program is using"):
            HomeHold(home).take()
        other.kill()
        other.wait()
    ours = HomeHold(home)
    ours.take()
    ours.release()


def test_what_a_hold_leaves_is_in_no_restores_way(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    hold = HomeHold(home)
    hold.take()
    hold.release()
    assert (home.root / LOCK_FILE).exists()
    refuse_if_occupied(home)


def test_where_there_can_be_no_lock_the_window_opens_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    hold = HomeHold(Home(tmp_path / "file"))
    hold.take()
    hold.release()
