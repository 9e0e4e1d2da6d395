"""The log: in the home, small, for its owner alone, and without a word of what people entered."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenaudit.errors import BugError, KnownError
from greenaudit.log import MOST_BYTES, OLDER, end_log, log_to_file, logger
from greenaudit.messages import msg
from greenaudit.paths import Home

ANA = " ".join(("Ana", "Ruiz"))
"""In two pieces: a traceback shows the lines of this file."""


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """No test leaves a file of its own to the next."""
    yield
    end_log()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    log_to_file(Home(tmp_path / "home"))
    return Home(tmp_path / "home")


def test_nothing_is_made_before_there_is_a_line(home: Home) -> None:
    assert not home.root.exists()
    logger("store").info("opened")
    assert " INFO greenaudit.store opened\n" in home.log.read_text()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (home.root, home.logs)] == [0o700, 0o700]


def test_lines_go_to_one_home_and_after_the_end_to_none(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "endpoint")
    log_to_file(other)
    logger("server").info("second")
    end_log()
    logger("server").info("third")
    assert not home.log.exists()
    assert other.log.read_text().count("\n") == 1


def test_an_error_says_where_it_was_raised_and_never_what_it_says(home: Home) -> None:
    try:
        raise KnownError("odd", msg("Drums of {name}", name=ANA)) from ValueError(ANA)
    except KnownError:
        logger("test").exception("a bug")
    written = home.log.read_text()
    assert "greenaudit.errors.KnownError (odd)" in written
    assert "builtins.ValueError" in written
    assert "test_log.py" in written
    assert ANA not in written


def test_an_error_within_a_line_is_named_by_its_kind(home: Home) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", f"/drums/{ANA}.jpg")
    logger("ui").error("%s, then %s, then %s, %s times", BugError(f"no {ANA}"), full, ValueError(ANA), 3)
    assert (
        "greenaudit.errors.BugError (bug), then builtins.OSError (No space left on device), "
        "then builtins.ValueError, 3 times" in home.log.read_text()
    )


def test_the_folder_of_an_account_is_not_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ana.ruiz"))
    logger("server").warning("little room in %s", Path("/home/ana.ruiz/endpoint"))
    monkeypatch.setattr(Path, "home", _without_home)
    logger("server").warning("still little")
    assert "little room in ~/endpoint" in home.log.read_text()
    assert "still little" in home.log.read_text()


def _without_home() -> Path:
    raise RuntimeError("an account without a folder")


def test_it_stays_small(home: Home) -> None:
    for number in range(10):
        logger("test").info("%s %s", number, "x" * (MOST_BYTES // 2 - 100))
    files = sorted(home.logs.iterdir())
    assert [path.name for path in files] == ["greenaudit.log", "greenaudit.log.1", "greenaudit.log.2"]
    assert len(files) == OLDER + 1
    assert all(path.stat().st_size <= MOST_BYTES for path in files)
    assert " 9 x" in home.log.read_text()


def test_an_older_file_that_stays_where_it_is_loses_no_line(home: Home) -> None:
    (home.logs / "greenaudit.log.1").mkdir(parents=True)
    (home.logs / "greenaudit.log.1" / "held").touch()
    (home.logs / "greenaudit.log.2").mkdir()
    for number in range(4):
        logger("test").info("%s %s", number, "x" * (MOST_BYTES // 2 - 100))
    assert home.log.read_text().count("\n") == 4


def test_a_disk_that_takes_nothing_costs_only_lines(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.create()
    home.logs.mkdir()
    os.symlink("/dev/full", home.log)
    logger("test").error("lost")
    home.log.unlink()
    logger("test").error("kept")
    assert home.log.read_text().endswith("kept\n")
    assert "lost" not in home.log.read_text()
    assert capsys.readouterr().err == ""


def test_a_folder_that_is_not_ours_to_write_costs_only_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    log_to_file(Home(tmp_path / "file"))
    logger("test").error("lost")
    assert (tmp_path / "file").read_text() == "mine"
    assert capsys.readouterr().err == ""
    assert logging.getLogger("greenaudit").handlers
