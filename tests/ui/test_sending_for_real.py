"""The window sends by itself to a real endpoint, on a thread of its own, and Home says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from greenaudit.domain.programmes import Link
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, set_up
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.endpoint import ended, running_endpoint
from tests.helpers.ui import KeptNotices
from ui.tasks import BackgroundTasks
from ui.wiring.sending import Sender

LONG = 30_000


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Running]:
    """An endpoint with a plant of its programme."""
    before = set(threading.enumerate())
    with running_endpoint(tmp_path / "endpoint") as running:
        programme = running.endpoint.facts.programme_id
        link = Link(id=new_id(), programme_id=programme, plant_id=records.SALTILLO.id, oem_id=records.OEM.id)
        running.endpoint.write(records.COAHUILA, records.OEM, records.SALTILLO, link)
        yield running
    ended(set(threading.enumerate()) - before)


@pytest.fixture
def app(tmp_path: Path, ready: Running) -> Iterator[App]:
    """An enrolled device that has never synchronised."""
    home = Home(tmp_path / "laptop")
    made = set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app
    account = ready.endpoint.add_person(Newcomer("Ana", "assessor", "ana"))
    made.syncing.enrol(endpoint_url=ready.address, code=ready.endpoint.new_code(account.person_id))
    yield made
    made.close()


def test_what_is_only_here_leaves_by_itself(qtbot: QtBot, app: App) -> None:
    notices, owner, came = KeptNotices(), QObject(), []
    tasks = BackgroundTasks(notices.error)
    sender = Sender(tasks, notices, owner)
    try:
        sender.begin(app, lambda: came.append(True))
        qtbot.waitUntil(lambda: bool(sender.state.last) and not sender.state.busy, timeout=LONG)
        assert came, "the plant of the programme came"
        app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
        assert app.status.only_here().changes > 0
        sender.nudge()
        qtbot.waitUntil(lambda: not sender.state.busy, timeout=LONG)
        assert app.status.only_here().changes == 0
        assert sender.state.enrolled
        assert sender.state.trouble is None
        assert not notices.errors
    finally:
        sender.end()
        tasks.close()
        owner.deleteLater()
