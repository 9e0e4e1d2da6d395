"""A save writes one change and the row, or nothing; what the tables show is what the journal adds up to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.pool import QueuePool

from greenaudit.domain.assessments import Answer, Assessment
from greenaudit.domain.evidence import Photo
from greenaudit.domain.journal import GENESIS, WITH
from greenaudit.domain.programmes import Programme
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.errors import BugError
from greenaudit.ids import new_id
from greenaudit.rules import merging
from greenaudit.store import hlc
from greenaudit.store.errors import StoreError
from greenaudit.store.store import Store
from tests.helpers.store import (
    ASSESSMENT,
    AUTHOR,
    SCOPE,
    START,
    answer,
    answers_of,
    levelled,
    make_store,
    noted,
    photo,
    programme,
)
from tests.store.conftest import MakeStore


def test_a_new_record_is_one_change_that_names_what_was_filled_in(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        change = unit.save(answer(level=3))
    assert change is not None
    assert set(change.fields) == {"programme_id", "assessment_id", "question_id", "response"}
    assert (change.author_id, change.device_id, change.scope) == (AUTHOR, laptop.device_id, SCOPE)
    assert change.bases == {}
    with laptop.read() as reader:
        assert reader.get(Answer, answer().id) == answer(level=3)
        assert reader.history("answer", answer().id) == (change,)
    assert laptop.check() == []


def test_what_one_unit_writes_of_a_visit_names_its_first_change(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        first = unit.save(answer(level=2))
        second = unit.save(noted(answer(level=2), "dos tambores"))
    with laptop.unit(AUTHOR) as unit:
        alone = unit.save(answer(level=3))
    assert first is not None
    assert second is not None
    assert alone is not None
    assert [first.edit, second.edit, alone.edit] == [first.id, first.id, alone.id]
    assert (first.bases, second.bases) == ({}, {WITH: (first.id,)})


def test_an_edit_carries_only_what_differs_and_what_its_editor_saw(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        first = unit.save(answer(level=2))
    with laptop.unit(AUTHOR) as unit:
        second = unit.save(noted(answer(level=2), "dos tambores"))
    with laptop.unit(AUTHOR) as unit:
        third = unit.save(noted(answer(level=4), "dos tambores"))
    assert first is not None
    assert second is not None
    assert third is not None
    assert set(second.fields) == {"note"}
    assert second.bases == {}
    assert set(third.fields) == {"response"}
    assert third.bases == {"response": (first.id,)}
    assert laptop.check() == []


def test_saving_what_is_stored_writes_nothing(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        assert unit.save(answer()) is not None
        assert unit.save(answer()) is None


def test_taking_a_value_back_is_a_change_too(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        unit.save(noted(answer(), "x"))
        change = unit.save(answer())
    assert change is not None
    assert change.fields == {"note": None}
    with laptop.read() as reader:
        assert answers_of(reader)["CHEM-STO-02"].note is None


def test_an_empty_choice_that_is_not_the_default_is_written(laptop: Store) -> None:
    value = Assessment.model_validate({**_assessment_of(laptop).model_dump(), "id": new_id(), "modules": ()})
    with laptop.unit(AUTHOR) as unit:
        unit.save(value)
    assert laptop.check() == []


def _assessment_of(store: Store) -> Assessment:
    with store.read() as reader:
        value = reader.get(Assessment, ASSESSMENT)
    assert value is not None
    return value


def test_every_change_continues_the_chain_of_its_scope(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        unit.save(Organisation(id=new_id(), name="Recubrimientos", kind="supplier", country="MX"))
        unit.save(answer())
    with laptop.read() as reader:
        for scope in (SCOPE, "registry"):
            changes = reader.changes(scope)
            assert [c.seq for c in changes] == list(range(1, len(changes) + 1))
            assert [c.prev_hash for c in changes] == [GENESIS, *(c.hash for c in changes[:-1])]
            head = reader.chain_heads([scope])[scope][str(laptop.device_id)]
            assert (head.seq, head.hash) == (changes[-1].seq, changes[-1].hash)


def test_an_error_undoes_the_whole_unit(laptop: Store) -> None:
    with laptop.read() as reader:
        before = reader.changes()

    def fail() -> None:
        with laptop.unit(AUTHOR) as unit:
            unit.save(answer())
            unit.report_number("MX")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with laptop.read() as reader:
        assert reader.changes() == before
        assert reader.get(Answer, answer().id) is None
    with laptop.unit(AUTHOR) as unit:
        assert unit.report_number("MX").endswith("-0001")


def test_a_deleted_record_leaves_the_lists_and_keeps_its_history(laptop: Store) -> None:
    value = photo()
    with laptop.unit(AUTHOR) as unit:
        unit.save(value)
        unit.delete(value)
        assert unit.where(Photo, assessment_id=ASSESSMENT) == ()
        (deleted,) = unit.where(Photo, assessment_id=ASSESSMENT, deleted=True)
        assert deleted.deleted_at is not None
        assert len(unit.history("photo", value.id)) == 2
    assert laptop.check() == []


def test_reading_by_several_values_and_by_none(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        for question in ("A-1", "A-2", "A-3"):
            unit.save(answer(question, note=None))
        found = unit.where(Answer, question_id=["A-1", "A-3"], note=None)
    assert {value.question_id for value in found} == {"A-1", "A-3"}


def test_a_record_stays_in_its_programme(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        unit.save(answer())
        with pytest.raises(BugError):
            unit.save(answer(programme_id=new_id()))


def test_a_base_must_be_a_known_change_of_the_record(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        other = unit.save(answer("A-1"))
        assert other is not None
        unit.save(answer())
        for base in (other.id, new_id()):
            with pytest.raises(BugError):
                unit.save(answer(level=0), bases={"response": (base,)})


def test_decimals_and_nested_values_come_back_as_they_went_in(laptop: Store) -> None:
    with laptop.read() as reader:
        (stored,) = reader.where(Programme)
        assert stored.module_weights == Programme.model_fields["module_weights"].get_default(
            call_default_factory=True
        )


def test_report_numbers_are_given_once(laptop: Store) -> None:
    numbers = []
    for _ in range(3):
        with laptop.unit(AUTHOR) as unit:
            numbers.append(unit.report_number("MX"))
    assert numbers == [f"GA-MX-{laptop.device_code}-{n:04d}" for n in (1, 2, 3)]


def test_what_exists_only_here_is_counted_until_it_is_confirmed(laptop: Store) -> None:
    with laptop.unit(AUTHOR) as unit:
        unit.save(answer())
        unit.save(levelled(answer(), 4))
        unit.save(photo())
    with laptop.read() as reader:
        counted = reader.unconfirmed()
    assert counted.changes == 6
    assert counted.records == {"programme": 1, "assessment": 1, "revision": 1, "answer": 1, "photo": 1}
    laptop.confirm({change.id: n for n, change in enumerate(laptop.outgoing(SCOPE), 1)})
    with laptop.read() as reader:
        assert reader.unconfirmed().changes == 0


@pytest.mark.parametrize(("back", "follows"), [(timedelta(hours=3), True), (timedelta(days=400), False)])
def test_a_clock_set_back_does_not_turn_the_order_round(
    laptop: Store, back: timedelta, follows: bool
) -> None:
    with laptop.unit(AUTHOR) as unit:
        first = unit.save(answer())
    laptop.clock.at = START - back  # type: ignore[attr-defined]
    with laptop.unit(AUTHOR) as unit:
        second = unit.save(levelled(answer(), 4))
        assert unit.get(Answer, answer().id) == answer(level=4)
    assert first is not None
    assert second is not None
    assert (second.hlc > first.hlc) is follows
    assert laptop.check() == []


def test_a_clock_far_ahead_is_not_followed() -> None:
    ahead = hlc.at(START + timedelta(days=3))
    assert hlc.tick(START, [ahead]) == hlc.at(START)
    assert hlc.tick(START, [hlc.at(START + timedelta(hours=3))]) == hlc.at(START + timedelta(hours=3)) + 1
    assert hlc.moment(hlc.at(START)) == START


def test_many_threads_share_a_store(laptop: Store) -> None:
    def work(number: int) -> None:
        for step in range(5):
            with laptop.unit(AUTHOR) as unit:
                unit.save(answer(f"T-{number}-{step}"))
            with laptop.read() as reader:
                assert reader.get(Answer, answer(f"T-{number}-{step}").id) is not None

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with laptop.read() as reader:
        assert len(reader.where(Answer)) == 30
    assert laptop.check() == []


def test_a_unit_within_a_unit_is_our_mistake(laptop: Store) -> None:
    with laptop.unit(AUTHOR), pytest.raises(BugError), laptop.unit(AUTHOR):
        pass
    with laptop.unit(AUTHOR) as unit:
        assert unit.save(answer()) is not None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = make_store(tmp_path_factory.mktemp("desk"))
    yield store
    store.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "a", "b"])), min_size=1, max_size=6))
def test_the_short_way_of_saving_ends_where_the_rules_say(desk: Store, edits: list[tuple[int, str]]) -> None:
    question = f"Q-{new_id()}"
    with desk.unit(AUTHOR) as unit:
        for level, text in edits:
            unit.save(noted(answer(question, level), text))
        history = unit.history("answer", answer(question).id)
        for field in ("response", "note"):
            heads = merging.heads(history)["answer", answer(question).id, field]
            assert len(heads) == 1
    assert desk.check() == []


def test_a_plant_travels_in_the_registry(laptop: Store) -> None:
    plant = Plant(
        id=new_id(),
        organisation_id=UUID(int=1),
        name="Planta Saltillo",
        country="MX",
        region="COA",
        timezone="America/Monterrey",
        language="es",
        currency="MXN",
    )
    with laptop.unit(AUTHOR) as unit:
        unit.save(plant)
    assert [change.record_type for change in laptop.outgoing("registry")] == ["plant"]
    assert laptop.unsent_scopes() == (SCOPE, "registry")


def test_nobody_writes_into_a_store_that_was_closed(new_store: MakeStore) -> None:
    """A thread that was left behind by the window would open the file again, and hold it."""
    store = new_store("one")
    with store.unit(AUTHOR) as unit:
        unit.save(programme())
    store.close()
    with pytest.raises(StoreError, match="database_closed"), store.unit(AUTHOR):
        pass
    assert isinstance(store.engine.pool, QueuePool)
    assert store.engine.pool.checkedin() == 0
