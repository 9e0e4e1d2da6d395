"""A device whose clock the endpoint found wrong says so before anybody signs, until the clock is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from greenaudit.clock import FixedClock
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.services.opening import App, set_up
from greenaudit.services.sample import enter_programme
from greenaudit.services.sample_records import SALTILLO
from greenaudit.store.keys import KeyFileProtector


def warned(app: App, visit: object) -> bool:
    facts = app.closing.state(visit).facts  # type: ignore[arg-type]
    return any("its clock was wrong" in fact.text.text and not fact.must for fact in facts)


def test_a_wrong_clock_is_said_before_signing_until_it_is_right(endpoint: Running, tmp_path: Path) -> None:
    clock = FixedClock(datetime.now(UTC))
    root = tmp_path / "laptop"
    app = set_up(
        Home(root), person_name="Ana", language="es", protector=KeyFileProtector(root), clock=clock
    ).app
    person = endpoint.endpoint.add_person(Newcomer("Ana", "assessor", f"ana-{new_id()}")).person_id
    app.syncing.enrol(endpoint_url=endpoint.address, code=endpoint.endpoint.new_code(person))
    enter_programme(app)
    visit = app.visits.start(plant_id=SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
    assert not warned(app, visit)
    clock.at += timedelta(days=1)
    assert "clock" in app.syncing.run().message.text
    assert warned(app, visit)
    clock.at = datetime.now(UTC)
    app.syncing.run()
    assert not warned(app, visit)
    app.close()
