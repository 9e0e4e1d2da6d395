"""The endpoint's commands: set one up, let people and devices in, and end a lost device's access."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from greenaudit.cli.commands import run
from greenaudit.paths import Home
from greenaudit.server.run import started_in_thread
from greenaudit.services.opening import set_up
from greenaudit.store.keys import KeyFileProtector


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """An endpoint set up by the command line."""
    monkeypatch.setenv("GREENAUDIT_ADMIN_PASSWORD", "a long enough password")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    home = tmp_path / "endpoint"
    assert run(["server", "init", "--programme", "P", "--administrator", "A", "--home", str(home)]) == 0
    assert "Recovery code" in capsys.readouterr().out
    assert (home / "programme-ca.pem").exists()
    return home


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["server", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_device_enrols_with_its_code_is_listed_and_loses_its_access(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = said(capsys, "code", "--person", "Elena", "--home", str(place))["code"]
    home = Home(tmp_path / "laptop")
    app = set_up(home, person_name="Elena", language="es", protector=KeyFileProtector(home.root)).app
    with started_in_thread(Home(place)) as running:
        app.syncing.enrol(endpoint_url=running.address, code=code)
        assert app.syncing.run().complete
    listed = said(capsys, "devices", "--home", str(place))
    mine = next(row for row in listed if row["id"] == str(app.context.store.device_id))
    assert (mine["person"], mine["revoked"]) == ("Elena", False)
    assert run(["server", "revoke", mine["code"].lower(), "--home", str(place)]) == 0
    assert run(["server", "revoke", mine["id"], "--home", str(place)]) == 1
    assert "no access already" in capsys.readouterr().err
    with started_in_thread(Home(place), port=urlsplit(running.address).port or 0):
        refused = app.syncing.run()
    app.close()
    assert "new code and enrol again" in str(refused.message)


def test_people_are_let_in_by_role(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manager = said(capsys, "person", "--name", "M", "--role", "manager", "--login", "m", "--home", str(place))
    assert (manager["role"], manager["login"]) == ("manager", "m")


@pytest.mark.parametrize(
    "arguments",
    [
        ("person", "--name", "M", "--role", "king"),
        ("person", "--name", "M", "--role", "mentor"),
        ("person", "--name", "M", "--role", "mentor", "--oem", "no-id"),
        ("revoke", "no-id"),
        ("revoke", "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_what_does_not_fit_gets_one_line(
    arguments: tuple[str, ...], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["server", *arguments, "--home", str(place)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


PLANT = (
    *(
        "plant",
        "--name",
        "Planta Norte",
        "--supplier",
        "Recubrimientos",
        "--oem",
        "Norwood",
        "--country",
        "MX",
    ),
    *("--region", "Coahuila", "--timezone", "America/Monterrey", "--language", "es"),
)


def test_a_plant_that_is_entered_can_be_visited_after_a_sync(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, *PLANT, "--home", str(place))["plant"] == "Planta Norte"
    said(capsys, *PLANT[:1], "--name", "Planta Sur", *PLANT[3:], "--home", str(place))
    code = said(capsys, "code", "--person", "Elena", "--home", str(place))["code"]
    home = Home(tmp_path / "laptop")
    app = set_up(home, person_name="Elena", language="es", protector=KeyFileProtector(home.root)).app
    with started_in_thread(Home(place)) as running:
        app.syncing.enrol(endpoint_url=running.address, code=code)
        assert app.syncing.run().complete
    cards = app.visits.plants()
    visit = app.visits.start(plant_id=cards[0].plant.id, checklist_sha=app.packs.shipped().sha256)
    assert app.visits.open(visit).plant.name == "Planta Norte"
    app.close()
    assert [(card.plant.name, card.supplier, card.oem) for card in cards] == [
        ("Planta Norte", "Recubrimientos", "Norwood"),
        ("Planta Sur", "Recubrimientos", "Norwood"),
    ]


def test_a_plant_that_does_not_fit_is_refused_with_its_field(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [*PLANT[:-3], "Mars/Olympus", *PLANT[-2:]]
    assert run(["server", *wrong, "--home", str(place)]) == 1
    assert "timezone" in capsys.readouterr().err


def test_an_endpoint_is_backed_up_and_examined_like_a_laptop(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with started_in_thread(Home(place)):
        assert run(["backup", "--home", str(place), "--to", str(tmp_path / "stick"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["complete"]
    assert (Path(made["backup"]) / "greenaudit.db").exists()
    assert run(["doctor", "--home", str(place), "--json"]) == 0
    checks = {check["name"]: check["ok"] for check in json.loads(capsys.readouterr().out)}
    assert checks["database"]
    assert checks["journal"]
