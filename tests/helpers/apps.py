"""Opened homes for tests: made once, copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from greenaudit.clock import FixedClock
from greenaudit.domain.assessments import Proof, Quantity, Response
from greenaudit.domain.signatures import Drawn
from greenaudit.paths import Home
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, open_home, set_up
from greenaudit.services.sample import certify_locally, enter_programme
from greenaudit.services.sample_hands import drawn_name
from greenaudit.services.views import Representative
from greenaudit.store.keys import KeyFileProtector

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
REPRESENTATIVE = Representative(name="Arturo Reyes", position="Gerente", identity_checked="INE")


def clock(at: datetime = NOW) -> FixedClock:
    """A clock that steps a second at each look."""
    return FixedClock(at, step=timedelta(seconds=1))


def programme_home(root: Path) -> Path:
    """A certified home with the sample programme and no visit: the template for tests."""
    home = Home(root)
    made = set_up(
        home,
        person_name=records.ASSESSOR.name,
        language="es",
        protector=KeyFileProtector(root),
        clock=clock(),
        person=records.ASSESSOR,
    )
    certify_locally(made.app, clock())
    enter_programme(made.app)
    made.app.close()
    return root


def copy_of(template: Path, target: Path, at: datetime = NOW + timedelta(hours=1)) -> App:
    """The template's app, in a folder of the test's own."""
    shutil.copytree(template, target)
    return open_home(Home(target), clock=clock(at))


def ready_to_sign(app: App, visit: UUID) -> UUID:
    """Answers the least that a closing needs."""
    choice = Response(options=("plant_only",))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-03", response=choice)
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=level(2))
    return visit


def sign_both(app: App, visit: UUID) -> None:
    """Both sides sign, the report in Spanish."""
    app.closing.sign(
        assessment_id=visit,
        assessor=hand("a"),
        representative=REPRESENTATIVE,
        representative_drawn=hand("b"),
        language="es",
    )


def level(value: int) -> Response:
    """A chosen level."""
    return Response(level=value)


def number(value: str, unit: str = "%") -> Response:
    """A number as it was typed."""
    return Response(quantity=Quantity(value=value, unit=unit, entered=value))  # type: ignore[arg-type]


def seen(months: int | None = None) -> Proof:
    """Seen with one's own eyes."""
    return Proof(grade=2, months=months)


def hand(name: str = "x") -> Drawn:
    """A drawn signature."""
    return drawn_name(name, 1)
