"""What tests of the endpoint and of synchronisation share: an endpoint that runs for a module, and laptops by name."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenaudit.paths import Home
from greenaudit.server.run import Running
from tests.helpers.endpoint import Laptop, ended, running_endpoint

MakeLaptop = Callable[[str], Laptop]


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A test that starts a thread ends it; the running endpoint's own pool is its module's."""
    before = set(threading.enumerate())
    yield
    ended(set(threading.enumerate()) - before, but="AnyIO")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A new endpoint on loopback."""
    before = set(threading.enumerate())
    with running_endpoint(tmp_path_factory.mktemp("endpoint")) as running:
        yield running
    ended(set(threading.enumerate()) - before)


@pytest.fixture
def laptop(tmp_path: Path, endpoint: Running) -> Iterator[MakeLaptop]:
    """Makes enrolled laptops by name, and closes them."""
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(Home(tmp_path / name)).enrol(endpoint, name=name))
        return made[-1]

    yield make
    for one in made:
        one.close()
