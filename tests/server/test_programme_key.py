"""The programme's recovery key: handed out at enrolment, kept off the endpoint, opens what its devices lost the way to."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenaudit.cli import server
from greenaudit.cli.commands import run
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.opening import found, renew_programme_key
from greenaudit.services.opening import App, open_home, open_with_programme_key
from greenaudit.store import keys
from greenaudit.store.files import no_room, write_whole
from tests.helpers.endpoint import SETUP
from tests.helpers.visits import Sent, sent_visit


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """A signed visit at its endpoint."""
    with sent_visit(tmp_path_factory.mktemp("programme")) as made:
        yield made


@pytest.fixture
def key_file(sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file from the safe, and its code in the environment."""
    monkeypatch.setenv("GREENAUDIT_RECOVERY_CODE", sent.programme_key.code.text)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    path = tmp_path / "programme-recovery-key.json"
    path.write_bytes(sent.programme_key.file)
    return path


def visits(app: App) -> list[str]:
    return [card.report_number for card in app.visits.list()]


def test_the_programme_restores_a_backup_whose_code_and_keyring_are_lost(
    sent: Sent, key_file: Path, tmp_path: Path
) -> None:
    made = sent.app.backups.make(tmp_path / "stick")
    target = tmp_path / "restored"
    assert run(["restore", str(made.folder), "--programme-key", str(key_file), "--home", str(target)]) == 0
    app = open_home(Home(target))
    assert visits(app) == visits(sent.app)
    assert app.context.store.device_id != sent.device
    app.close()


def test_the_programme_opens_a_home_in_place_and_gives_it_a_new_code(
    sent: Sent, key_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(shutil.copytree(sent.app.context.home.root, tmp_path / "home"))
    for lost in home.root.glob("device-*.key"):
        lost.unlink()
    with pytest.raises(KnownError, match="key_file_missing"):
        open_home(home)
    asked = ["recovery-code", "--programme-key", str(key_file), "--home", str(home.root), "--json"]
    assert run(asked) == 0
    code = json.loads(capsys.readouterr().out)["recovery_code"]
    assert keys.unlock_with_code(home.keys, code) == sent.app.context.master
    app = open_home(home)
    assert visits(app) == visits(sent.app)
    app.close()


def test_another_code_another_file_and_a_device_that_never_enrolled_get_a_sentence(
    sent: Sent, tmp_path: Path
) -> None:
    home, file, code = sent.app.context.home, sent.programme_key.file, sent.programme_key.code.text
    other = keys.make_programme_key()
    for given, typed, error in (
        (file, other.code.text, "programme_code"),
        (file.replace(b'"nonce": "', b'"nonce": "00'), code, "programme_code"),
        (b"{}", code, "programme_file"),
        (b"\xff", code, "programme_file"),
        (file, code[:-1], "code_mistyped"),
        (other.file, other.code.text, "programme_key_wrong"),
    ):
        with pytest.raises(KnownError, match=error):
            open_with_programme_key(home, given, typed)
    fresh = Home(tmp_path / "fresh")
    keys.create(fresh, keys.KeyFileProtector(fresh.root))
    with pytest.raises(KnownError, match="wrap_missing"):
        open_with_programme_key(fresh, file, code)


def test_a_place_that_takes_no_key_is_said_before_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENAUDIT_ADMIN_PASSWORD", "a long enough password")
    place, nowhere = tmp_path / "endpoint", tmp_path / "file" / "key.json"
    (tmp_path / "file").write_bytes(b"")
    named = ["--key-file", str(nowhere), "--home", str(place)]
    assert run(["server", "init", "--programme", "P", "--administrator", "A", *named]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
    assert not place.exists()


@pytest.mark.parametrize("pulled", ["stick.json", "programme-ca.pem"])
def test_a_stick_that_goes_away_while_an_endpoint_is_set_up_leaves_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pulled: str
) -> None:
    """Nobody would ever have seen its recovery code. The first try finds the stick, the second one doesn't."""
    monkeypatch.setenv("GREENAUDIT_ADMIN_PASSWORD", "a long enough password")
    place, stick = tmp_path / "endpoint", tmp_path / "stick.json"

    def gone(path: Path, data: bytes) -> None:
        if data and path.name == pulled:
            raise no_room(path)
        write_whole(path, data)

    with monkeypatch.context() as broken:
        broken.setattr(server, "write_whole", gone)
        broken.setattr(server, "save_file", gone)
        begun = ["server", "init", "--programme", "P", "--administrator", "A", "--key-file", str(stick)]
        assert run([*begun, "--home", str(place)]) == 1
    assert list(tmp_path.iterdir()) == []
    assert run([*begun, "--home", str(place)]) == 0
    assert stick.exists()
    assert (place / "programme-ca.pem").exists()
    assert capsys.readouterr().out.count("shown once") == 2


def test_setting_up_writes_the_key_once_and_the_endpoint_keeps_only_its_public_half(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENAUDIT_ADMIN_PASSWORD", "a long enough password")
    place, stick = tmp_path / "endpoint", tmp_path / "stick.json"
    named = ["--home", str(place), "--json"]
    begun = ["server", "init", "--programme", "P", "--administrator", "A", "--key-file", str(stick), *named]
    assert run(begun) == 0
    said = json.loads(capsys.readouterr().out)
    assert stat.S_IMODE(stick.stat().st_mode) == 0o600
    private = keys.open_programme_key(stick.read_bytes(), said["programme_key_code"])
    assert all(private not in path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert keys.unlock_with_programme_key(place / "keys.json", private), (
        "it opens the endpoint's own data, too"
    )
    assert run(["server", "recovery-key", "--key-file", str(stick), *named]) == 1, "never written over"
    assert "already there" in capsys.readouterr().err
    assert run(["server", "recovery-key", *named]) == 0
    renewed = json.loads(capsys.readouterr().out)
    again = keys.open_programme_key(
        Path(renewed["programme_key"]).read_bytes(), renewed["programme_key_code"]
    )
    assert again != private
    assert keys.unlock_with_programme_key(place / "keys.json", again)


def test_a_new_key_that_could_not_be_kept_is_not_in_force(tmp_path: Path) -> None:
    home = Home(tmp_path / "endpoint")
    founded = found(home, SETUP)
    before = keys.open_programme_key(founded.programme_key.file, founded.programme_key.code)

    def pulled_out(_: keys.ProgrammeKey) -> None:
        raise OSError("the stick is gone")

    with pytest.raises(OSError, match="stick"):
        renew_programme_key(home, pulled_out)
    assert keys.unlock_with_programme_key(home.keys, before)
    kept: list[keys.ProgrammeKey] = []
    renew_programme_key(home, kept.append)
    assert keys.unlock_with_programme_key(home.keys, keys.open_programme_key(kept[0].file, kept[0].code))
