"""The command line in odd surroundings: one line for an error, an exit code, and nothing lost or half written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenaudit.cli.commands import run
from greenaudit.cli.demo import MARK
from greenaudit.cli.output import plain
from greenaudit.errors import KnownError
from greenaudit.services.files import save_file
from tests.helpers.apps import programme_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programme_home(tmp_path_factory.mktemp("cli") / "home")


def greenaudit(*arguments: str, redirect: str = "", **environment: str) -> tuple[int, str, str]:
    """Runs the command in a shell; gives exit code, stdout and stderr."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m greenaudit "$@" {redirect}', sys.executable, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "en_US.UTF-8", **environment},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Runs a command that must fail with one line; gives that line."""
    assert run(list(arguments)) in (1, 2)
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "inside GreenAudit" not in err
    return err


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("redirect", ["2>&1 >&-", "2>&1 >/dev/full"])
def test_where_nothing_can_be_printed_that_is_said(home: Path, redirect: str) -> None:
    if "full" in redirect and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    code, out, _ = greenaudit("doctor", "--home", str(home), redirect=redirect)
    assert code == 1
    assert out.count("\n") == 1
    assert "print" in out


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    _, out, err = greenaudit("report", "--json", "--home", str(home), redirect="| head -c 1")
    assert (out, err) == ("[", "")


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_an_output_without_our_signs_shows_them_as_escapes(home: Path) -> None:
    code, out, err = greenaudit(
        "doctor", "--home", str(home), LC_ALL="fr_CA.UTF-8", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert (code, err) == (1, ""), "there is no backup yet"
    assert "\\u" in out or "\\x" in out


def test_names_cannot_steer_the_terminal_nor_add_a_line() -> None:
    assert plain("Ana\x1b[2J\nGenuine: all is well\u202e\u200b.") == "Ana[2J Genuine: all is well."
    assert plain("Elena Ruiz Calderón") == "Elena Ruiz Calderón"


def test_places_that_cannot_be_written_get_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    assert "file" in refused(capsys, "demo", "--out", str(tmp_path / "file"))
    assert "file" in refused(capsys, "backup", "--home", str(home), "--to", str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_demo_never_replaces_a_home_that_is_no_demo_s(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "greenaudit.db").write_bytes(b"mine")
    assert "holds other things" in refused(capsys, "demo", "--out", str(tmp_path))
    assert (tmp_path / "home" / "greenaudit.db").read_bytes() == b"mine"
    assert not (tmp_path / MARK).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refused(capsys, "verify", str(tmp_path / "pipe"))


def test_a_missing_argument_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "file" in refused(capsys, "verify").lower()


def test_a_prompt_without_an_answer_stops(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115  (closed with the run)
    (tmp_path / "key.json").write_text("{}")
    asking = ["recovery-code", "--programme-key", str(tmp_path / "key.json")]
    assert run([*asking, "--home", str(tmp_path / "new")]) == 130
    assert (
        run(["server", "init", "--programme", "P", "--administrator", "A", "--home", str(tmp_path / "e")])
        == 1
    )
    assert "GREENAUDIT_ADMIN_PASSWORD" in capsys.readouterr().err
    sys.stdin.close()


def test_a_file_is_saved_whole_or_what_was_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    save_file(target, b"one")
    save_file(target, b"two")
    assert target.read_bytes() == b"two"
    with pytest.raises(KnownError, match="cannot_write"):
        save_file(tmp_path, b"three")
    with pytest.raises(KnownError, match="cannot_write"):
        save_file(tmp_path / "absent" / "report.pdf", b"three")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_is_written_to_and_never_replaced() -> None:
    with pytest.raises(KnownError, match="disk_full"):
        save_file(Path("/dev/full"), b"data")
    save_file(Path("/dev/null"), b"data")
    assert Path("/dev/null").is_char_device()
