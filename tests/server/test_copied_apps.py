"""A person's way out when the app's folder was copied: what they are told, and one code."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenaudit.domain.suppliers import Organisation, Person
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.services.opening import App, open_home, set_up
from greenaudit.signing.identities import Identity
from greenaudit.store.keys import KeyFileProtector
from greenaudit.sync.forks import FORKED

Open = Callable[[str], App]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens apps by the name of their folder; `ana` is set up at first, the others are copies of it."""
    apps: list[App] = []
    root = tmp_path / "ana"
    set_up(Home(root), person_name="Ana", language="es", protector=KeyFileProtector(root)).app.close()

    def opened(name: str) -> App:
        if name != "ana":
            shutil.copytree(root, tmp_path / name)
        apps.append(open_home(Home(tmp_path / name)))
        return apps[-1]

    yield opened
    for app in apps:
        app.close()


@pytest.fixture
def code(endpoint: Running) -> Callable[[], str]:
    """One-time codes of one person."""
    person = endpoint.endpoint.add_person(Newcomer("Ana", "assessor", f"ana-{new_id()}")).person_id
    return lambda: endpoint.endpoint.new_code(person)


def enter(app: App, name: str) -> Organisation:
    """Writes a supplier, as entering a plant does."""
    made = Organisation(id=new_id(), name=name, kind="supplier", country="MX")
    with app.context.store.unit(app.context.author_id) as unit:
        unit.save(made)
    return made


def suppliers(app: App) -> set[str]:
    with app.context.store.read() as reader:
        return {found.name for found in reader.where(Organisation)}


def test_a_copied_app_says_so_and_one_code_mends_it(
    endpoint: Running, opened: Open, code: Callable[[], str]
) -> None:
    one = opened("ana")
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    enter(one, "first")
    assert one.syncing.run().complete
    two = opened("copy")
    enter(one, "of one")
    enter(two, "of two")
    assert one.syncing.run().complete
    found = two.syncing.run()
    assert not found.complete
    assert found.message == two.syncing.enrol_again == two.status.readiness()[0].text
    assert found.only_here.changes == 1
    with pytest.raises(KnownError, match=FORKED):
        two.syncing.run()
    signer = two.identities.identity()
    assert signer.certificates is not None  # she can still sign before she has the code
    two.syncing.enrol(endpoint_url=endpoint.address, code=code())
    assert two.identities.identity().public_key_pem != one.identities.identity().public_key_pem
    assert two.syncing.run().complete
    assert two.syncing.enrol_again is None
    assert two.status.readiness()[0].ok
    assert one.syncing.run().complete
    assert {"first", "of one", "of two"} <= suppliers(one)
    assert suppliers(one) == suppliers(two)


def test_a_wrong_code_leaves_the_copy_its_keys(
    endpoint: Running, opened: Open, code: Callable[[], str]
) -> None:
    one = opened("ana")
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    two = opened("copy")
    enter(one, "of one")
    enter(two, "of two")
    assert one.syncing.run().complete
    two.syncing.run()
    before = two.identities.identity().public_key_pem
    with pytest.raises(KnownError, match="code_wrong"):
        two.syncing.enrol(endpoint_url=endpoint.address, code="AAAA-BBBB-CCCC-DDDD")
    assert two.identities.identity().public_key_pem == before
    two.syncing.enrol(endpoint_url=endpoint.address, code=code())
    assert two.syncing.run().complete


def test_new_keys_take_their_place_when_that_was_cut_off(
    endpoint: Running, opened: Open, code: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened("ana")
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    two = opened("copy")
    enter(one, "of one")
    enter(two, "of two")
    assert one.syncing.run().complete
    two.syncing.run()
    with monkeypatch.context() as killed:
        killed.setattr(two.identities, "use_enrolled", lambda: None)
        two.syncing.enrol(endpoint_url=endpoint.address, code=code())
    two.identities.forget()  # as after a restart
    assert two.identities.identity().public_key_pem != one.identities.identity().public_key_pem
    assert two.syncing.run().complete


def test_two_copies_of_an_app_that_was_never_enrolled_are_two_devices(
    endpoint: Running, opened: Open, code: Callable[[], str]
) -> None:
    one, two = opened("ana"), None
    enter(one, "before the copy")
    one.close()
    two = opened("copy")
    one = opened("ana")
    enter(one, "of one")
    enter(two, "of two")
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    two.syncing.enrol(endpoint_url=endpoint.address, code=code())
    assert one.context.store.device_id != two.context.store.device_id
    assert one.syncing.run().complete
    second = two.syncing.run()
    assert second.complete, second.troubles
    assert one.syncing.run().complete
    assert suppliers(one) == suppliers(two)
    assert {"before the copy", "of one", "of two"} <= suppliers(one)
    with one.context.store.read() as reader:
        assert reader.conflicts() == ()
        assert [person.name for person in reader.where(Person)].count("Ana") >= 1


def test_a_device_that_was_ended_begins_again_under_another_name(
    endpoint: Running, opened: Open, code: Callable[[], str]
) -> None:
    one = opened("ana")
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    old, keys = one.context.store.device_id, one.identities.identity()
    enter(one, "not sent before it was ended")
    endpoint.endpoint.revoke(old)
    assert not one.syncing.run().complete
    one.syncing.enrol(endpoint_url=endpoint.address, code=code())
    assert one.context.store.device_id != old
    assert isinstance(keys, Identity)
    assert one.identities.identity().public_key_pem != keys.public_key_pem
    assert one.syncing.run().complete
    with endpoint.endpoint.store.read() as reader:
        assert "not sent before it was ended" in {found.name for found in reader.where(Organisation)}
