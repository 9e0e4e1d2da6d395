"""Who is meant at the endpoint's commands: nobody becomes a second person, and nobody is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from greenaudit.cli.commands import run
from greenaudit.paths import Home
from greenaudit.server.run import LOCK_FILE, started_in_thread
from greenaudit.services.holding import HomeHold
from greenaudit.signing.revocation import read_lists
from tests.cli.test_server_commands import PLANT, place, said

__all__ = ["place"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["server", *arguments]) == 1
    return capsys.readouterr().err


def people(place: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    return said(capsys, "people", "--home", str(place))


def let_in(place: Path, capsys: pytest.CaptureFixture[str], login: str, *more: str) -> Any:
    words = ("person", "--name", "Ana Torres", "--role", "assessor", "--login", login, *more)
    return said(capsys, *words, "--home", str(place))


def test_a_second_person_of_one_name_is_let_in_only_when_that_is_said(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    let_in(place, capsys, "ana")
    words = ("person", "--name", "ana  torres", "--role", "assessor", "--login", "ana2", "--home", str(place))
    assert "--another" in refused(capsys, *words)
    assert len(people(place, capsys)["people"]) == 2
    let_in(place, capsys, "ana2", "--another")
    assert len(people(place, capsys)["people"]) == 3


def test_a_code_is_for_one_person_by_name_login_or_id(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = let_in(place, capsys, "ana")
    assert said(capsys, "code", "--person", "Ana Torres", "--home", str(place))["id"] == first["id"]
    second = let_in(place, capsys, "ana2", "--another")
    heard = refused(capsys, "code", "--person", "Ana Torres", "--home", str(place))
    assert first["id"] in heard
    assert second["id"] in heard
    for word in ("ana2", second["id"], second["id"].upper()):
        assert said(capsys, "code", "--person", word, "--home", str(place))["id"] == second["id"]
    assert len(people(place, capsys)["people"]) == 3


def test_people_are_listed_with_the_firms(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *PLANT, "--home", str(place))
    listed = people(place, capsys)
    assert {firm["kind"]: firm["name"] for firm in listed["organisations"]} == {
        "oem": "Norwood",
        "supplier": "Recubrimientos",
    }
    assert [(one["role"], one["login"]) for one in listed["people"]] == [("administrator", "admin")]
    assert run(["server", "people", "--home", str(place)]) == 0
    shown = capsys.readouterr().out
    assert listed["organisations"][0]["id"] in shown


def test_a_mentor_is_let_in_by_the_car_makers_name_or_id(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, *PLANT, "--home", str(place))
    maker = next(one["id"] for one in people(place, capsys)["organisations"] if one["kind"] == "oem")
    for name, word in (("M", "Norwood"), ("N", maker)):
        said(capsys, "person", "--name", name, "--role", "mentor", "--oem", word, "--home", str(place))
    words = ("person", "--name", "O", "--role", "mentor", "--oem", "Nobody", "--home", str(place))
    assert "Norwood" in refused(capsys, *words)


def test_the_endpoint_does_not_revoke_itself(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = said(capsys, "devices", "--home", str(place))[0]
    for word in (own["code"].lower(), own["id"]):
        assert "the endpoint itself" in refused(capsys, "revoke", word, "--home", str(place))
    assert not said(capsys, "devices", "--home", str(place))[0]["revoked"]


def test_a_code_for_a_new_name_says_that_somebody_is_let_in(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["server", "code", "--person", "Elena", "--home", str(place)]
    for lines in (2, 1):
        assert run(words) == 0
        assert capsys.readouterr().out.count("\n") == lines


def test_a_second_init_over_an_endpoint_moves_nothing_away(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = refused(capsys, "init", "--programme", "P", "--administrator", "A", "--home", str(place))
    assert "set up" in heard
    assert "Move" not in heard


def test_a_plant_is_entered_once(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *PLANT, "--home", str(place))
    assert "entered already" in refused(capsys, *PLANT, "--home", str(place))


def test_a_second_process_on_one_endpoint_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hold = HomeHold(Home(place), LOCK_FILE)
    hold.take()
    assert "runs already" in refused(capsys, "start", "--port", "0", "--home", str(place))
    hold.release()


def test_anyone_fetches_the_lists_as_files_that_verify_reads(place: Path) -> None:
    with started_in_thread(Home(place)) as running:
        address = f"{running.address}/v1/revocations"
        answers = [requests.get(f"{address}/{name}.pem", timeout=10) for name in ("root", "issuing")]
        assert requests.get(f"{address}/other.pem", timeout=10).status_code >= 400
    lists = read_lists(answer.content for answer in answers)
    assert len({one.issuer for one in lists}) == 2


def test_restoring_looks_at_the_place_before_it_asks_for_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run(["restore", str(tmp_path / "absent"), "--home", str(tmp_path / "home")]) == 1
    assert "Recovery code" not in "".join(capsys.readouterr())


def test_enrolling_a_fresh_home_says_what_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    words = ["sync", "--endpoint", "https://e", "--code", "ABCD-EFGH-JKMN"]
    assert run([*words, "--home", str(tmp_path / "fresh")]) == 1
    assert "set this device up" in capsys.readouterr().err
