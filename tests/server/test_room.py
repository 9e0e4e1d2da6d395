"""One device can't fill the endpoint: a floor that stays free, and so much a day; what was refused comes later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.server.answers import refusal
from greenaudit.server.room import Room
from greenaudit.server.run import Running
from greenaudit.store.files import no_room
from greenaudit.wire.enrolment import Refusal
from tests.helpers.endpoint import contents, visit
from tests.server.conftest import MakeLaptop

DAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
Narrow = Callable[[Room], None]


@pytest.fixture
def room_of(endpoint: Running) -> Iterator[Narrow]:
    """Gives the endpoint another room for the time of a test."""
    usual = endpoint.endpoint.room

    def narrow(room: Room) -> None:
        endpoint.endpoint.room = endpoint.endpoint.uploads.room = room

    yield narrow
    narrow(usual)


def full(folder: Path) -> Room:
    return Room(folder, FixedClock(DAY), floor=100, free=lambda _: 99)


def test_a_full_endpoint_says_so_and_takes_the_photos_later(
    endpoint: Running, laptop: MakeLaptop, room_of: Narrow, tmp_path: Path
) -> None:
    ana = laptop("ana")
    visit(ana, photos=3)
    assert not ana.sync(endpoint.address).errors
    visit(ana, photos=3)
    usual = endpoint.endpoint.room
    room_of(full(tmp_path))
    report = ana.sync(endpoint.address)
    assert {error.code for error in report.errors} == {"endpoint_full"}
    assert len(report.errors) == 2  # of each scope's changes once, and no file was even tried
    assert "Nothing is lost" in report.errors[0].message.text
    assert report.only_here.photos == 3
    room_of(usual)
    assert ana.sync(endpoint.address).complete
    assert contents(ana.store) == contents(endpoint.endpoint.store)


def test_what_is_too_much_for_a_day_goes_the_next_day(
    endpoint: Running, laptop: MakeLaptop, room_of: Narrow, tmp_path: Path
) -> None:
    ana, clock = laptop("ana"), FixedClock(DAY)
    visit(ana, photos=3, size=50_000)
    room_of(Room(tmp_path, clock, floor=0, daily=120_000))
    report = ana.sync(endpoint.address)
    assert [error.code for error in report.errors] == ["device_allowance"]
    assert report.only_here.photos == 1
    room_of(Room(tmp_path, FixedClock(DAY + timedelta(days=1)), floor=0, daily=120_000))
    assert ana.sync(endpoint.address).complete


def test_a_day_is_counted_by_device_and_begins_anew(tmp_path: Path) -> None:
    clock = FixedClock(DAY, timedelta(hours=6))
    room = Room(tmp_path, clock, daily=100)
    one, other = uuid4(), uuid4()
    room.take(one, 60)  # nine in the morning
    room.take(other, 60)
    with pytest.raises(KnownError, match="device_allowance"):
        room.take(one, 60)
    room.take(one, 60)  # three at night


def test_a_device_hears_nothing_of_the_endpoints_own_paths(tmp_path: Path) -> None:
    answer = refusal(no_room(tmp_path / "uploads"))
    told = Refusal.from_bytes(bytes(answer.body))
    assert (answer.status_code, told.code) == (507, "endpoint_full")
    assert str(tmp_path) not in told.text
    assert not told.params
