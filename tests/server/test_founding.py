"""An endpoint is founded whole or not at all, whatever stops it; then it can simply be founded again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server import opening
from greenaudit.server.opening import endpoint_of, found
from greenaudit.store import keys
from tests.helpers.children import ROOT, run_limited
from tests.helpers.endpoint import SETUP

FOUNDING = """
import sys
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.opening import found
from tests.helpers.endpoint import SETUP
import pathlib
# limits
try:
    found(Home(pathlib.Path(sys.argv[1])), SETUP)
except KnownError as error:
    print(error.code)
"""

KILLED = """
import os, pathlib, signal, sys
from greenaudit.paths import Home
from greenaudit.server import opening
from tests.helpers.endpoint import SETUP
target, stop = pathlib.Path(sys.argv[1]), int(sys.argv[2])
writes = 0
real = os.replace
def replace(*names, **options):
    global writes
    writes += 1
    if writes == stop:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*names, **options)
os.replace = replace
opening.found(Home(target), SETUP)
"""


def founded_again(home: Home) -> None:
    found(home, SETUP)
    with endpoint_of(home) as endpoint:
        assert endpoint.facts.programme_name == SETUP.programme_name
    assert [path.name for path in home.root.parent.iterdir()] == [home.root.name]


@pytest.mark.parametrize("size", [2_000, 60_000, 200_000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, size: int) -> None:
    home = Home(tmp_path / "endpoint")
    ended = run_limited(FOUNDING, str(home.root), RLIMIT_FSIZE=size)
    assert ended.stdout.strip() in ("disk_full", "disk_failed"), ended.stderr
    assert list(tmp_path.iterdir()) == []
    founded_again(home)


@pytest.mark.parametrize("stop", [1, 3, 5, 7])
def test_a_kill_leaves_nothing_under_its_name(tmp_path: Path, stop: int) -> None:
    home = Home(tmp_path / "endpoint")
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(home.root), str(stop)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ended.returncode == -signal.SIGKILL
    assert not home.root.exists()
    founded_again(home)


def test_a_half_one_of_an_earlier_version_gets_a_sentence(tmp_path: Path) -> None:
    home = Home(tmp_path / "endpoint")
    keys.create(home, keys.KeyFileProtector(home.root))
    for act in (lambda: found(home, SETUP), lambda: opening.open_endpoint(home)):
        with pytest.raises(KnownError, match="endpoint_half"):
            act()


def test_a_home_with_data_is_not_founded_over(tmp_path: Path) -> None:
    home = Home(tmp_path / "endpoint").create()
    (home.root / "thesis.txt").write_text("mine")
    with pytest.raises(KnownError, match="home_in_use"):
        found(home, SETUP)
    assert [path.name for path in tmp_path.iterdir()] == ["endpoint"]
