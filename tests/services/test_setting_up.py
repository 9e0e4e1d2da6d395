"""Setting a home up: whole or not at all, also when the disk is full or the process is killed in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.services import opening
from greenaudit.services.opening import SetUp, is_set_up, open_home, set_up
from greenaudit.store.keys import KeyFileProtector
from greenaudit.store.store import Store


def made(home: Home) -> SetUp:
    return set_up(home, person_name="Ana Ruiz", language="es", protector=KeyFileProtector(home.root))


def names(home: Home) -> list[str]:
    return sorted(path.name for path in home.root.iterdir())


@pytest.mark.parametrize("step", ["create", "set_meta"])
def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    home = Home(tmp_path / "home")

    def full(*_: object, **__: object) -> None:
        raise KnownError("disk_full", msg("full"))

    monkeypatch.setattr(Store, step, full)
    with pytest.raises(KnownError, match="disk_full"):
        made(home)
    assert names(home) == []
    monkeypatch.undo()
    made(home).app.close()
    open_home(home).close()


def test_a_set_up_that_was_killed_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(Store, "set_meta", killed)
    monkeypatch.setattr(opening, "_undo", lambda _: None)
    with pytest.raises(SystemExit):
        made(home)
    monkeypatch.undo()
    assert home.keys.exists()
    assert not is_set_up(home)
    with pytest.raises(KnownError, match="home_absent"):
        open_home(home)
    made(home).app.close()
    assert is_set_up(home)
    assert ".setting-up" not in names(home)
    open_home(home).close()


def test_a_home_in_use_is_left_as_it_is(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    made(home).app.close()
    before = {path.name: path.read_bytes() for path in home.root.iterdir()}
    with pytest.raises(KnownError, match="home_in_use"):
        made(home)
    assert {path.name: path.read_bytes() for path in home.root.iterdir()} == before


def test_a_home_that_is_a_file_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("mine")
    home = Home(tmp_path / "home")
    assert not is_set_up(home)
    with pytest.raises(KnownError, match="cannot_write"):
        made(home)
    assert (tmp_path / "home").read_text() == "mine"


def test_a_name_longer_than_names_may_be_gets_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(KnownError, match="name_too_long"):
        set_up(home, person_name="x" * 401, language="en", protector=KeyFileProtector(home.root))
    assert not home.root.exists() or names(home) == []
