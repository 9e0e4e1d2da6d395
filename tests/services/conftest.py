"""One template home a run; every test gets a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from tests.helpers.apps import copy_of, programme_home, ready_to_sign


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programme_home(tmp_path_factory.mktemp("template") / "home")


@pytest.fixture
def app(template: Path, tmp_path: Path) -> Iterator[App]:
    opened = copy_of(template, tmp_path / "app")
    yield opened
    opened.close()


@pytest.fixture
def visit(app: App) -> UUID:
    """A visit just started at the sample plant in Saltillo."""
    return app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)


@pytest.fixture
def ready(app: App, visit: UUID) -> UUID:
    """A visit with the least that a closing needs."""
    return ready_to_sign(app, visit)
