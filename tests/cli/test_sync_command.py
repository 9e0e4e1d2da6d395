"""`greenaudit sync` against an endpoint that runs, what the logs of both hold, and an endpoint that was restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from greenaudit.cli.commands import run
from greenaudit.cli.output import guarded
from greenaudit.cli.sync import told
from greenaudit.errors import BugError
from greenaudit.log import end_log, log_to_file
from greenaudit.messages import Message
from greenaudit.paths import Home, resource
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running, started_in_thread
from greenaudit.server.web import SESSION_COOKIE
from greenaudit.services.opening import open_home, set_up
from greenaudit.services.sample_hands import drawn_name
from greenaudit.services.syncing import SyncSummary
from greenaudit.services.views import OnlyHere
from greenaudit.store import keys
from greenaudit.store.engine import open_engine
from greenaudit.store.keys import KeyFileProtector, unlock, usual_protector
from tests.helpers.commands import speak
from tests.helpers.endpoint import founded_home

NAME, TOKEN = "Elena Vidal", "a-word-that-opens-a-session"
CORE = resource("checklists", "core")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "en_US")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with started_in_thread(founded_home(tmp_path / "endpoint")) as endpoint:
        yield endpoint


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A laptop that nobody has enrolled."""
    place = Home(tmp_path / "laptop")
    set_up(place, person_name=NAME, language="es", protector=KeyFileProtector(place.root)).app.close()
    return place


def code_for(running: Running) -> str:
    person = running.endpoint.add_person(Newcomer(NAME, "assessor", "elena"))
    return running.endpoint.new_code(person.person_id)


def enrol(running: Running, home: Home) -> None:
    code = code_for(running)
    assert (
        run(["sync", "--endpoint", running.address, "--code", code, "--home", str(home.root), "--json"]) == 0
    )


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_device_enrols_and_exchanges_everything_in_one_command(
    running: Running, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_for(running)
    assert run(["sync", "--endpoint", running.address, "--code", code, "--home", str(home.root)]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"This device now belongs to {NAME} in Programa de prueba.")
    assert second == "Everything is at the endpoint."
    assert third.startswith("Sent ")


def test_what_could_not_be_sent_is_told_and_is_not_success(
    tmp_path: Path, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with started_in_thread(founded_home(tmp_path / "endpoint")) as endpoint:
        enrol(endpoint, home)
        assert said(capsys)["complete"]
    assert run(["sync", "--home", str(home.root), "--json"]) == 1
    result = said(capsys)
    assert not result["complete"]
    assert len(result["troubles"]) == 1
    last = home.log.read_text().splitlines()[-1]
    assert "troubles: " in last
    assert not last.endswith("none")


def test_the_log_of_a_device_tells_of_its_work_and_of_nobody(
    running: Running, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    enrol(running, home)
    app = open_home(home)
    code = app.backups.new_recovery_code()
    app.close()
    capsys.readouterr()
    assert run(["doctor", "--home", str(home.root), "--json"]) == 1, "there is no backup yet"
    log = next(check for check in said(capsys) if check["name"] == "log")
    assert log["ok"]
    assert str(home.log) in log["text"]
    written = home.log.read_text()
    assert "greenaudit.home opened by GreenAudit" in written
    assert "greenaudit.sync sent " in written
    for secret in (
        NAME,
        NAME.split()[0],
        "elena",
        code,
        "PRIVATE KEY",
        drawn_name(NAME, 1).model_dump_json(),
    ):
        assert secret not in written


def test_a_bug_goes_to_the_log_with_its_way_and_without_its_words(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(error: Exception) -> int:
        log_to_file(home)
        raise error

    assert guarded(lambda: broken(BugError(f"no {NAME}"))) == 70
    assert guarded(lambda: broken(ValueError(NAME))) == 70
    assert guarded(lambda: broken(PermissionError(13, "Permission denied", f"/{NAME}"))) == 1
    written = home.log.read_text()
    assert "greenaudit.errors.BugError (bug)" in written
    assert "builtins.ValueError" in written
    assert "builtins.PermissionError (Permission denied)" in written
    assert "in broken" in written
    assert NAME not in written
    assert capsys.readouterr().err.count("\n") == 3


def test_a_fault_of_the_endpoint_is_a_sentence_outside_and_a_way_in_its_log(tmp_path: Path) -> None:
    home = founded_home(tmp_path / "endpoint")
    log_to_file(home)
    with started_in_thread(home) as running:
        key = unlock(home, usual_protector(home, None)).derive("database")
        engine = open_engine(home.root / "endpoint.db", key)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE web_session")
        engine.dispose()
        answer = requests.get(f"{running.address}/", cookies={SESSION_COOKIE: TOKEN}, timeout=20)
    end_log()
    assert answer.status_code == 500
    assert "Something went wrong inside GreenAudit" in answer.text
    assert "web_session" not in answer.text
    written = home.log.read_text()
    assert "OperationalError" in written
    assert "accounts.py" in written
    assert TOKEN not in written


def test_a_restored_endpoint_is_told_what_it_lacks_and_not_to_enrol(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, other, stick = founded_home(tmp_path / "endpoint"), tmp_path / "restored", str(tmp_path / "stick")
    assert run(["backup", "--home", str(place.root), "--to", stick, "--json"]) == 0
    made = said(capsys)["backup"]
    monkeypatch.setenv("GREENAUDIT_RECOVERY_CODE", renewed(place))
    assert run(["backup", "--home", str(place.root), "--to", stick, "--json"]) == 0
    made = said(capsys)["backup"]
    assert run(["restore", made, "--home", str(other)]) == 0
    told = capsys.readouterr().out
    assert "enrol" not in told
    assert "copy the endpoint's endpoint.db, authority/ and identity/" in told
    assert run(["doctor", "--home", str(other)]) == 1
    assert "endpoint.db" in capsys.readouterr().err


def renewed(place: Home) -> str:
    return keys.renew_code(place, unlock(place, usual_protector(place, None))).text


def test_what_the_programme_has_published_is_known_to_the_doctor(
    running: Running, tmp_path: Path, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["server", "publish", str(CORE), "--home", str(tmp_path / "endpoint")]) == 0
    enrol(running, home)
    for place in (home.root, tmp_path / "endpoint"):
        capsys.readouterr()
        run(["doctor", "--home", str(place), "--json"])
        checks = {check["name"]: check for check in said(capsys)}
        assert "orphans" not in checks
        assert checks["evidence"]["text"] == "1 evidence file, whole."


def test_who_stops_a_command_hears_that_no_more_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    assert guarded(stopped) == 130
    assert capsys.readouterr().err == "Stopped. Nothing more was done.\n"


def test_what_failed_beside_a_complete_synchronisation_is_told() -> None:
    stamp = Message("The authority of time stamps did not answer.")
    nothing = OnlyHere(answers=0, photos=0, changes=0)
    summary = SyncSummary(
        message=Message("Everything is at the endpoint."),
        pushed=0,
        pulled=0,
        photos_sent=0,
        photos_received=0,
        confirmed_changes=0,
        confirmed_photos=0,
        only_here=nothing,
        troubles=(stamp,),
        complete=True,
    )
    assert stamp in told(summary)
    assert told(summary.model_copy(update={"message": stamp})).count(stamp) == 1
