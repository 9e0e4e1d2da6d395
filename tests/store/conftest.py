"""Stores that are closed after the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenaudit.store.store import Store
from tests.helpers.store import AUTHOR, assessment, make_store, programme, revision

MakeStore = Callable[..., Store]


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[MakeStore]:
    """Makes stores by name: `new_store("laptop")`."""
    made: list[Store] = []

    def make(name: str, **options: object) -> Store:
        made.append(make_store(tmp_path / name, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def laptop(new_store: MakeStore) -> Store:
    """A store with one open visit."""
    store = new_store("laptop")
    with store.unit(AUTHOR) as unit:
        for value in (programme(), assessment(), revision()):
            unit.save(value)
    return store


@pytest.fixture
def tablet(new_store: MakeStore, laptop: Store) -> Store:
    """A second device that has the same visit."""
    store = new_store("tablet")
    with laptop.read() as reader:
        store.receive(reader.changes())
    return store
