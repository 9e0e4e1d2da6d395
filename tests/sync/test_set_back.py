"""An endpoint that was set back to an older copy gets again what only devices still have."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.clock import SystemClock
from greenaudit.domain.assessments import Answer, Assessment
from greenaudit.domain.suppliers import Person
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running, started_in_thread
from greenaudit.store import backup
from greenaudit.sync.heads import sign_own_heads
from greenaudit.sync.http import HttpLink
from greenaudit.sync.link import LinkError
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer
from tests.helpers.endpoint import Laptop, answer, contents, founded_home, visit
from tests.helpers.keys import cheap_passphrase, new_home


class Place:
    """An endpoint that is started again and again, and can be set back to how it was."""

    def __init__(self, folder: Path) -> None:
        self.home, self.copy = Home(folder / "endpoint"), folder / "copy"
        founded_home(self.home.root)

    @contextmanager
    def running(self) -> Iterator[Running]:
        with started_in_thread(self.home) as running:
            yield running

    def keep_a_copy(self) -> None:
        shutil.copytree(self.home.root, self.copy)

    def set_back(self) -> None:
        shutil.rmtree(self.home.root)
        shutil.copytree(self.copy, self.home.root)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def devices(tmp_path: Path, place: Place) -> Iterator[tuple[Laptop, Laptop]]:
    """Two enrolled laptops whose second visit is younger than the endpoint's copy; both have all of it."""
    ana, luis = Laptop(Home(tmp_path / "ana")), Laptop(Home(tmp_path / "luis"))
    with place.running() as running:
        ana.enrol(running, name="Ana")
        luis.enrol(running, name="Luis")
        visit(ana)
        assert ana.sync(running.address).complete
    place.keep_a_copy()
    with place.running() as running:
        visit(ana)
        assert ana.sync(running.address).complete
        assert luis.sync(running.address).complete
    yield ana, luis
    ana.close()
    luis.close()


def all_is_well(running: Running, *laptops: Laptop) -> None:
    """Every laptop and the endpoint show the same, and nothing is only on one of them."""
    for laptop in (*laptops, *laptops):
        laptop.sync(running.address)
    here = contents(running.endpoint.store)
    for laptop in laptops:
        assert laptop.sync(running.address).complete
        assert contents(laptop.store) == here
    assert len(here["assessment"]) == 2
    with running.endpoint.store.read() as reader:
        assert running.endpoint.evidence.missing(running.endpoint.accounts.of(laptops[0].person)) == ()
        assert reader.conflicts() == ()


def as_it_was(place: Place) -> None:
    place.set_back()


def as_a_new_device(place: Place) -> None:
    """As `greenaudit restore` leaves it."""
    place.set_back()
    with place.running() as running:
        running.endpoint.store.become_new_device()


@pytest.mark.parametrize("restore", [as_it_was, as_a_new_device])
def test_what_was_confirmed_and_is_gone_is_sent_again(
    place: Place, devices: tuple[Laptop, Laptop], restore: Callable[[Place], None]
) -> None:
    restore(place)
    with place.running() as running:
        if restore is as_a_new_device:
            running.endpoint.add_person(Newcomer("Eva", "assessor", "eva"))
        all_is_well(running, *devices)


def test_a_lost_laptops_work_comes_from_whoever_has_it(place: Place, devices: tuple[Laptop, Laptop]) -> None:
    ana, luis = devices
    place.set_back()
    with place.running() as running:
        running.endpoint.revoke(ana.store.device_id)
        all_is_well(running, luis)


def test_it_is_noticed_when_the_numbers_have_been_given_anew(
    place: Place, devices: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    place.set_back()
    with place.running() as running:
        eva = Laptop(Home(tmp_path / "eva")).enrol(running, name="Eva")
        first = visit(eva, photos=0)
        for level in range(30):
            answer(eva, first, f"Q-{level}", level=1)
        assert eva.sync(running.address).complete
        for laptop in (*devices, *devices, eva):
            laptop.sync(running.address)
        here = contents(running.endpoint.store)
        assert len(here["assessment"]) == 3
        for laptop in (*devices, eva):
            assert laptop.sync(running.address).complete
            assert contents(laptop.store) == here
    eva.close()


def test_what_a_lost_laptop_never_sent_comes_from_its_backup(place: Place, tmp_path: Path) -> None:
    home, master, code = new_home(tmp_path / "ana")
    with place.running() as running:
        ana = Laptop(home, master).enrol(running, name="Ana")
        written = visit(ana)
        sign_own_heads(ana.store, ana.identity)
        made = backup.make(ana.home, master, tmp_path / "stick", SystemClock())
        ana.close()
        running.endpoint.revoke(ana.store.device_id)
        restored = Home(tmp_path / "restored")
        backup.restore(made.folder, code.text, restored, lambda _: cheap_passphrase(), SystemClock())
        again = Laptop(restored, master).enrol(running, name="Ana")
        assert again.sync(running.address).complete
        again.close()
        with running.endpoint.store.read() as reader:
            assert reader.get(Assessment, written.id) == written
            assert len(reader.where(Answer, assessment_id=written.id)) == 3


def test_what_the_endpoint_wrote_before_and_after_it_was_set_back_both_stand(
    place: Place, tmp_path: Path
) -> None:
    ana, luis = Laptop(Home(tmp_path / "ana")), Laptop(Home(tmp_path / "luis"))
    with place.running() as running:
        ana.enrol(running, name="Ana")
        luis.enrol(running, name="Luis")
    place.keep_a_copy()
    with place.running() as running:
        before = running.endpoint.add_person(Newcomer("Eva", "assessor", "eva"))
        visit(ana)
        visit(luis)
        assert ana.sync(running.address).complete
    place.set_back()
    with place.running() as running:
        old = running.endpoint.store.device_id
        after = running.endpoint.add_person(Newcomer("Rosa", "assessor", "rosa"))
        luis.sync(running.address)  # has what was written after; Ana has what was written before
        all_is_well(running, ana, luis)
        assert running.endpoint.store.device_id != old
        for store in (ana.store, luis.store, running.endpoint.store):
            with store.read() as reader:
                people = {person.id for person in reader.where(Person)}
            assert {before.person_id, after.person_id} <= people
            assert store.check() == []
    with place.running() as running:
        all_is_well(running, ana, luis)
    ana.close()
    luis.close()


class CutBeforePulling:
    """A link that breaks when it is to pull once more after it has pushed."""

    def __init__(self, inner: HttpLink) -> None:
        self._inner = inner
        self._pushed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def push(self, batch: ChangeBatch) -> PushAnswer:
        self._pushed = True
        return self._inner.push(batch)

    def pull(self, scope: str, after: int, at: UUID | None = None) -> FeedPage:
        if self._pushed:
            raise LinkError("connection_lost", msg("cut"))
        return self._inner.pull(scope, after, at)


def test_what_was_confirmed_beyond_what_was_read_is_missed_too(place: Place, tmp_path: Path) -> None:
    """The endpoint has numbered another's changes before ours, and we were cut off before we read those."""
    ana, luis = Laptop(Home(tmp_path / "ana")), Laptop(Home(tmp_path / "luis"))
    with place.running() as running:
        ana.enrol(running, name="Ana")
        luis.enrol(running, name="Luis")
        visit(ana)
        assert ana.sync(running.address).complete
        assert luis.sync(running.address).complete
    place.keep_a_copy()
    with place.running() as running:
        visit(luis)

        def between(link: HttpLink) -> object:
            return Overtaken(CutBeforePulling(link), lambda: luis.sync(running.address))

        visit(ana)
        assert not ana.sync(running.address, between).complete
    place.set_back()
    with place.running() as running:
        for laptop in (ana, luis, ana):
            laptop.sync(running.address)
        here = contents(running.endpoint.store)
        assert len(here["assessment"]) == 3
        for laptop in (ana, luis):
            assert laptop.sync(running.address).complete
            assert contents(laptop.store) == here
    ana.close()
    luis.close()


class Overtaken:
    """A link before whose first push another device synchronises."""

    def __init__(self, inner: CutBeforePulling, other: Callable[[], object]) -> None:
        self._inner = inner
        self._other = other

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def push(self, batch: ChangeBatch) -> PushAnswer:
        other, self._other = self._other, lambda: None
        other()
        return self._inner.push(batch)
