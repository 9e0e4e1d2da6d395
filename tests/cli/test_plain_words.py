"""What commands say to people, without --json: each result in lines, and each thing that can't be done in one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import typer

from greenaudit.cli import window
from greenaudit.cli.commands import run
from greenaudit.cli.main import main
from greenaudit.paths import Home
from greenaudit.server.run import started_in_thread
from greenaudit.services import sample_records as records
from greenaudit.services.opening import open_home
from tests.helpers.apps import copy_of, programme_home
from tests.helpers.commands import speak
from tests.helpers.endpoint import Laptop, founded_home, photo_bytes

SCREENLESS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "en_US")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programme_home(tmp_path_factory.mktemp("words") / "home")


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A laptop with one visit that has just begun."""
    app = copy_of(template, tmp_path / "laptop")
    app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
    app.close()
    return tmp_path / "laptop"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return founded_home(tmp_path / "endpoint").root


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENAUDIT_ADMIN_PASSWORD", "a long enough password")


@pytest.fixture
def no_window(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(window, "WINDOW_GROUP", "greenaudit.nobody")
    window._window.cache_clear()
    yield
    window._window.cache_clear()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    """The lines that a command prints: its result, or its one line of error."""
    assert run(list(arguments)) == code
    said = capsys.readouterr()
    return (said.out or said.err).splitlines()


def test_a_visit_is_listed_and_its_unsigned_report_written_under_a_name_of_its_own(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = told(capsys, "report", "--home", str(home))
    assert records.SALTILLO.name in line
    assert "In progress" in line or "Prepared" in line
    monkeypatch.chdir(tmp_path)
    (line,) = told(capsys, "report", line.split()[0], "--language", "fr", "--home", str(home))
    assert line.endswith("; it is not signed.")
    (report,) = tmp_path.glob("*-unsigned.pdf")
    assert report.read_bytes().startswith(b"%PDF")
    (line,) = told(capsys, "report", "--language", "de", "--home", str(home), code=1)
    assert line == "de is not en, es or fr."


def test_a_backup_says_where_it_is_and_what_it_could_not_hold(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = told(capsys, "backup", "--home", str(home))
    assert line.startswith(f"The backup is in {home / 'backups'}")
    app = open_home(Home(home))
    evidence = app.context.blobs.put(photo_bytes("drums"))
    damaged, gone = app.context.blobs.path(evidence), app.packs.shipped().sha256
    app.context.blobs.path(gone).unlink()
    app.close()
    damaged.write_bytes(b"bad sector")
    lines = told(capsys, "backup", "--to", str(tmp_path / "stick"), "--home", str(home), code=1)
    assert [line.split(" ", 1)[1].split(" and ")[0] for line in lines[1:]] == [
        "file of evidence is damaged on this device",
        "file of evidence was never on this device",
    ]


def test_a_new_recovery_code_is_shown_once_and_a_restored_home_says_that_it_is_a_new_device(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = told(capsys, "recovery-code", "--home", str(home))
    code = line.rsplit(" ", 1)[1]
    told(capsys, "backup", "--to", str(tmp_path / "stick"), "--home", str(home))
    (made,) = (tmp_path / "stick").iterdir()
    monkeypatch.setattr(sys, "stdin", StringIO(f"{code}\n"))
    lines = told(capsys, "restore", str(made), "--home", str(tmp_path / "other"))
    assert "Recovery code:" in lines[0]
    assert lines[-1] == "This is a new device now: enrol it before it signs or syncs."


def test_an_authority_for_time_stamps_is_named_and_no_more(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "root.pem"
    app = open_home(Home(home))
    root.write_bytes(app.identities.roots()[0])
    app.close()
    asked = ("timestamps", "https://stamps.example", "--root", str(root), "--home", str(home))
    assert told(capsys, *asked) == ["Signed reports are time-stamped by https://stamps.example."]
    none = ["Signed reports are not time-stamped: no authority is named."]
    assert told(capsys, "timestamps", "--off", "--home", str(home)) == none


@pytest.mark.usefixtures("password")
def test_people_are_let_in_get_codes_and_are_shut_out(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--home", str(place))
    letting_in = ("server", "person", "--name", "Rosa Díaz", "--role", "assessor", "--login", "Rosa", *at)
    assert told(capsys, *letting_in) == ["Rosa Díaz is let in, as assessor."]
    (said,) = told(capsys, "server", "code", "--person", "Rosa Díaz", *at)
    assert said.startswith("One-time code for Rosa Díaz: ")
    laptop = Laptop(Home(place.parent / "laptop"))
    with started_in_thread(Home(place)) as running:
        person = next(a for a in running.endpoint.accounts.all() if a.name == "Rosa Díaz").person_id
        laptop.enrol(running, person=person, name="Rosa's laptop")
        assert laptop.sync(running.address).complete
        (row,) = (line for line in told(capsys, "server", "devices", *at) if "laptop" in line)
        assert "Rosa Díaz" in row
        assert told(capsys, "server", "close", "ROSA", *at) == ["The account of Rosa Díaz is shut."]
        assert not laptop.sync(running.address).complete
    assert told(capsys, "server", "close", "rosa", *at, code=1) == ["There is no open account rosa."]
    (gone,) = told(capsys, "server", "revoke", row.split()[0], *at)
    assert "has no access any more" in gone
    assert any(line.endswith("revoked") for line in told(capsys, "server", "devices", *at))
    laptop.close()


@pytest.mark.usefixtures("password")
def test_plants_checklists_and_keys_are_told_in_lines(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--home", str(place))
    plant = ("--name", "Norte", "--supplier", "S", "--oem", "O", "--country", "MX", "--region", "NL")
    (line,) = told(capsys, "server", "plant", *plant, "--timezone", "America/Monterrey", *at)
    assert line.startswith("Norte is entered")
    core = Path(__file__).resolve().parents[2] / "resources" / "checklists" / "core"
    first, sha256 = told(capsys, "server", "publish", str(core), *at)
    assert "is published" in first
    assert len(sha256) == 64
    key = tmp_path / "key.json"
    lines = told(capsys, "server", "recovery-key", "--key-file", str(key), *at)
    assert lines[0].endswith(str(key))
    (line,) = told(capsys, "server", "recovery-key", "--key-file", str(key), *at, code=1)
    assert "already there" in line
    (line,) = told(capsys, "server", "init", "--programme", "P", "--administrator", "A", *at, code=1)
    assert line
    (line,) = told(
        capsys, "server", "init", "--programme", "P", "--administrator", "A", "--country", "FR", code=1
    )
    assert line == "FR is not US, CA or MX."


class Terminal(StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


def test_a_password_is_asked_for_twice_and_only_of_somebody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GREENAUDIT_ADMIN_PASSWORD", raising=False)
    setting_up = ("server", "init", "--programme", "P", "--administrator", "A", "--home", str(tmp_path / "e"))
    monkeypatch.setattr(sys, "stdin", StringIO())
    (line,) = told(capsys, *setting_up, code=1)
    assert "GREENAUDIT_ADMIN_PASSWORD" in line
    typed = iter(("a long enough password", "another password"))
    monkeypatch.setattr(typer, "prompt", lambda *_, **how: next(typed))
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert told(capsys, *setting_up, code=1) == [
        "The two passwords differ. Nothing was changed; start again."
    ]
    assert not (tmp_path / "e").exists()


def test_the_program_itself_runs_commands_and_says_where_there_is_no_window(
    no_window: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "argv", ["greenaudit"])
    assert main() == 1
    assert "not installed here" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["greenaudit", "window", "--help"])
    assert main() == 0
    assert "Opens the window." in capsys.readouterr().out


def test_without_a_screen_the_sample_visit_runs_where_its_folder_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SCREENLESS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.doc").write_text("mine")
    monkeypatch.setattr(sys, "argv", ["greenaudit"])
    assert main() == 1
    said = capsys.readouterr()
    assert said.out.startswith("There is no screen here")
    assert "holds other things" in said.err
    assert (tmp_path / "demo" / "thesis.doc").read_text() == "mine"
