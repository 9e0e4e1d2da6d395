"""A home that was copied: two laptops go on under one name, and each one's work reaches the endpoint."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenaudit.clock import SystemClock
from greenaudit.domain.assessments import Answer, Assessment, Revision, revision_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running
from greenaudit.store import backup
from greenaudit.store.store import FORKED_FROM
from greenaudit.sync.engine import synchronise
from greenaudit.sync.forks import FORKED, must_enrol_again
from tests.helpers.endpoint import Laptop, answer, contents, visit
from tests.helpers.keys import cheap_passphrase, new_home
from tests.helpers.store import closing
from tests.sync.conftest import MakeLaptop

Copy = Callable[[Laptop, str], Laptop]


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Copy]:
    """Copies a laptop's whole home, as a cloned disk does, and opens the copy."""
    made: list[Laptop] = []

    def copy(one: Laptop, name: str) -> Laptop:
        one.store.close()
        shutil.copytree(one.home.root, tmp_path / name)
        one.reopen()
        made.append(Laptop(Home(tmp_path / name), one.key, enrolled=one.enrolled))
        return made[-1]

    yield copy
    for one in made:
        one.close()


def enrol_again(laptop: Laptop, running: Running, name: str = "Ana") -> None:
    laptop.enrol(running, name=name, person=laptop.person)


def level_of(laptop: Laptop, of: Answer) -> int | None:
    with laptop.store.read() as reader:
        kept = reader.get(Answer, of.id)
    return None if kept is None or kept.response is None else kept.response.level


def all_end_equal(running: Running, *laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.sync(running.address)
    here = contents(running.endpoint.store)
    for laptop in laptops:
        report = laptop.sync(running.address)
        assert report.complete, report.errors
        assert contents(laptop.store) == here
        assert laptop.store.check() == []
    assert running.endpoint.store.check() == []


def conflicts(laptop: Laptop, of: Assessment) -> list[tuple[str, str]]:
    with laptop.store.read() as reader:
        return [(found.record_type, found.field) for found in reader.conflicts(assessment_id=of.id)]


def test_the_second_of_two_copies_keeps_its_work_and_sends_it_under_a_name_of_its_own(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one)
    assert one.sync(endpoint.address).complete
    two = copied(one, "two")
    old = two.store.device_id
    answer(one, begun, "Q-one", level=1)
    written = answer(two, begun, "Q-two", level=2)
    answer(two, begun, "Q-two", level=3)
    assert one.sync(endpoint.address).complete
    report = two.sync(endpoint.address)
    assert [error.code for error in report.errors] == [FORKED]
    assert (two.store.device_id != old, two.store.meta(FORKED_FROM)) == (True, str(old))
    assert report.only_here.changes == 2  # counted, shown, and never lost
    assert level_of(two, written) == 3
    assert must_enrol_again(two.store) == report.errors[0].message
    enrol_again(two, endpoint)
    assert must_enrol_again(two.store) is None
    all_end_equal(endpoint, one, two)
    assert level_of(one, written) == 3
    assert conflicts(one, begun) == conflicts(two, begun) == []


def test_it_goes_on_working_between_the_discovery_and_the_new_code(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    two = copied(one, "two")
    answer(one, begun, "Q-0", level=1)
    assert one.sync(endpoint.address).complete
    answer(two, begun, "Q-1", level=2)
    two.sync(endpoint.address)
    later = answer(two, begun, "Q-1", level=4)
    two.reopen()
    enrol_again(two, endpoint)
    all_end_equal(endpoint, one, two)
    assert level_of(one, later) == 4
    assert conflicts(one, begun) == []


def test_what_both_copies_changed_is_a_conflict_for_a_person_and_nothing_else_is(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    assert one.sync(endpoint.address).complete
    two = copied(one, "two")
    for level in (3, 1):
        answer(one, begun, "Q-0", level=level)
        answer(two, begun, "Q-0", level=level + 1)
    answer(two, begun, "Q-1", level=4)
    assert one.sync(endpoint.address).complete
    two.sync(endpoint.address)
    enrol_again(two, endpoint)
    all_end_equal(endpoint, one, two)
    assert conflicts(one, begun) == conflicts(two, begun) == [("answer", "response")]


def test_a_visit_that_was_signed_on_the_copy_shows_what_was_signed(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    assert one.sync(endpoint.address).complete
    two = copied(one, "two")
    answer(one, begun, "Q-2", level=1)
    answer(one, begun, "Q-1", level=0)
    signed = answer(two, begun, "Q-1", level=4)
    scope = f"programme:{two.programme}"
    with two.store.unit(two.person) as unit:
        revision = unit.get(Revision, revision_id(begun.id, 1))
        assert revision is not None
        shown = unit.where(Answer, assessment_id=begun.id)
        unit.save(revision.model_copy(update={"closing": closing(unit.chain_heads([scope]))}))
    assert one.sync(endpoint.address).complete
    two.sync(endpoint.address)
    enrol_again(two, endpoint)
    all_end_equal(endpoint, one, two)
    for store in (one.store, two.store, endpoint.endpoint.store):
        with store.read() as reader:
            act = reader.closing(begun.id)
            assert act is not None
            assert reader.within(Answer, act.heads, assessment_id=begun.id) == shown
            late = {change.record_id for change in reader.late_changes(begun.id)}
            assert signed.id in late  # the other copy's answer to the same question
    assert level_of(two, signed) in (0, 4)


def test_a_copy_of_a_copy_finds_its_way_too(endpoint: Running, laptop: MakeLaptop, copied: Copy) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    assert one.sync(endpoint.address).complete
    two = copied(one, "two")
    answer(one, begun, "Q-0", level=4)
    answer(two, begun, "Q-1", level=4)
    assert one.sync(endpoint.address).complete
    two.sync(endpoint.address)
    enrol_again(two, endpoint)
    three = copied(two, "three")
    answer(two, begun, "Q-two", level=2)
    answer(three, begun, "Q-three", level=3)
    assert two.sync(endpoint.address).complete
    assert [error.code for error in three.sync(endpoint.address).errors] == [FORKED]
    enrol_again(three, endpoint)
    all_end_equal(endpoint, one, two, three)
    assert conflicts(one, begun) == []


def test_an_old_image_of_the_disk_goes_on_from_where_its_laptop_was(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    assert one.sync(endpoint.address).complete
    image = copied(one, "image")
    later = answer(one, begun, "Q-0", level=4)
    assert one.sync(endpoint.address).complete
    report = image.sync(endpoint.address)  # nothing was written on it yet: it takes its own later work
    assert report.complete
    assert level_of(image, later) == 4
    assert must_enrol_again(image.store) is None


def test_a_laptop_that_was_never_enrolled_sends_its_work_from_where_it_was_restored(
    endpoint: Running, tmp_path: Path
) -> None:
    home, master, code = new_home(tmp_path / "ana")
    unknown = Laptop(home, master)
    account = endpoint.endpoint.add_person(Newcomer("Ana", "assessor", "ana-restored"))
    begun = visit(unknown, programme=endpoint.endpoint.facts.programme_id, person=account.person_id)
    made = backup.make(home, master, tmp_path / "stick", SystemClock())
    unknown.close()
    restored = Home(tmp_path / "restored")
    backup.restore(made.folder, code.text, restored, lambda _: cheap_passphrase(), SystemClock())
    again = Laptop(restored, master)
    again.enrol(endpoint, name="Ana", person=account.person_id)
    report = again.sync(endpoint.address)
    assert report.complete, report.errors
    with endpoint.endpoint.store.read() as reader:
        assert reader.get(Assessment, begun.id) == begun
        assert len(reader.where(Answer, assessment_id=begun.id)) == 3
    assert again.store.check() == []
    again.close()


def test_a_restored_backup_whose_laptop_had_sent_more_doubles_nothing(
    endpoint: Running, tmp_path: Path
) -> None:
    home, master, code = new_home(tmp_path / "ana")
    one = Laptop(home, master).enrol(endpoint, name="Ana")
    begun = visit(one, photos=0)
    made = backup.make(home, master, tmp_path / "stick", SystemClock())
    changed = answer(one, begun, "Q-0", level=4)
    assert one.sync(endpoint.address).complete
    restored = Home(tmp_path / "restored")
    backup.restore(made.folder, code.text, restored, lambda _: cheap_passphrase(), SystemClock())
    again = Laptop(restored, master)
    again.enrol(endpoint, name="Ana", person=one.person)
    mine = answer(again, begun, "Q-1", level=4)
    all_end_equal(endpoint, one, again)
    assert (level_of(again, changed), level_of(one, mine)) == (4, 4)
    assert conflicts(again, begun) == []
    one.close()
    again.close()


def test_a_copy_that_never_signed_its_changes_and_its_living_original_count_once(
    endpoint: Running, tmp_path: Path
) -> None:
    """The restored copy says the laptop's unsent work once more; then the laptop comes and sends it itself, and more."""
    home, master, code = new_home(tmp_path / "ana")
    one = Laptop(home, master).enrol(endpoint, name="Ana")
    begun = visit(one, photos=0)
    made = backup.make(home, master, tmp_path / "stick", SystemClock())  # nobody signed the chain's head
    restored = Home(tmp_path / "restored")
    backup.restore(made.folder, code.text, restored, lambda _: cheap_passphrase(), SystemClock())
    again = Laptop(restored, master)
    again.enrol(endpoint, name="Ana", person=one.person)
    assert again.sync(endpoint.address).complete
    changed = answer(one, begun, "Q-0", level=4)
    all_end_equal(endpoint, one, again)
    assert level_of(again, changed) == 4
    assert conflicts(again, begun) == conflicts(one, begun) == []
    one.close()
    again.close()


def test_a_stranger_with_another_key_makes_no_device_leave_its_name(
    endpoint: Running, laptop: MakeLaptop, copied: Copy
) -> None:
    one = laptop("Ana")
    begun = visit(one, photos=0)
    assert one.sync(endpoint.address).complete
    two = copied(one, "two")
    answer(one, begun, "Q-0", level=4)
    answer(two, begun, "Q-1", level=4)
    assert one.sync(endpoint.address).complete
    other = laptop("Otra").identity
    link = two.link(endpoint.address)
    report = synchronise(two.store, two.blobs, other, link)
    link.close()
    assert {error.code for error in report.errors} == {"feed_unproven"}
    assert two.store.meta(FORKED_FROM) is None
