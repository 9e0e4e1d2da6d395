"""A programme with the sample's plants at a real endpoint, and a laptop that has walked, signed and sent a visit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.opening import Setup, found
from greenaudit.server.run import Running, started_in_thread
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, set_up
from greenaudit.store.keys import KeyFileProtector, ProgrammeKey
from tests.helpers.apps import ready_to_sign, sign_both
from tests.helpers.endpoint import PASSWORD, ended


@dataclass(frozen=True)
class Sent:
    """The endpoint that holds the visit, the laptop that made it, and the signed report."""

    running: Running
    app: App
    visit: UUID
    recovery_code: str
    programme_key: ProgrammeKey
    running_home: Home

    @property
    def device(self) -> UUID:
        """The laptop's id."""
        return self.app.context.store.device_id

    @property
    def number(self) -> str:
        """The report's number."""
        return self.app.closing.state(self.visit).number


@contextmanager
def sent_visit(folder: Path) -> Iterator[Sent]:
    """Enrols, answers what a closing needs, signs, synchronises."""
    before = set(threading.enumerate())
    endpoint, home = Home(folder / "endpoint"), Home(folder / "laptop")
    founded = found(
        endpoint,
        Setup(records.PROGRAMME.name, "MX", "Ada", PASSWORD, programme_id=records.PROGRAMME.id),
    )
    with started_in_thread(endpoint) as running:
        running.endpoint.write(*(record for record in records.RECORDS if record != records.ASSESSOR))
        newcomer = Newcomer(records.ASSESSOR.name, "assessor", "elena")
        account = running.endpoint.add_person(newcomer, person=records.ASSESSOR)
        made = set_up(home, person_name="Elena", language="es", protector=KeyFileProtector(home.root))
        try:
            app = made.app
            app.syncing.enrol(endpoint_url=running.address, code=running.endpoint.new_code(account.person_id))
            app.syncing.run()
            visit = _signed(app)
            assert app.syncing.run().complete
            yield Sent(
                running,
                app,
                visit,
                made.recovery_code,
                founded.programme_key,
                endpoint,
            )
        finally:
            made.app.close()
    ended(set(threading.enumerate()) - before)


def _signed(app: App) -> UUID:
    """A visit with the least that a closing needs, and both signatures."""
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
    sign_both(app, ready_to_sign(app, visit))
    return visit
