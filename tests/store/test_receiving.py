"""Changes from elsewhere: in any order, as often as they come, each chain proven, nothing half taken over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from greenaudit.clock import FixedClock
from greenaudit.domain.assessments import Answer
from greenaudit.domain.journal import SCHEMA, ChainSignature, Change
from greenaudit.ids import new_id
from greenaudit.store.errors import BrokenChainError
from greenaudit.store.store import Store
from tests.helpers.store import (
    ASSESSMENT,
    AUTHOR,
    SCOPE,
    START,
    answer,
    answers_of,
    everything,
    levelled,
    noted,
)
from tests.store.conftest import MakeStore


def edit(store: Store, *values: Answer) -> list[Change]:
    """Saves answers, each in a unit of its own, and gives the changes."""
    changes = []
    for value in values:
        with store.unit(AUTHOR) as unit:
            change = unit.save(value)
        assert change is not None
        changes.append(change)
    return changes


def altered(change: Change, **fields: object) -> Change:
    return change.model_copy(update=fields)


def test_a_second_device_shows_the_same(laptop: Store, new_store: MakeStore) -> None:
    edit(laptop, answer(level=2), levelled(answer(), 3), answer("ENER-AIR-01"))
    other = new_store("other")
    received = other.receive(laptop.outgoing(SCOPE))
    assert (received.applied, received.waiting, received.repeated) == (6, 0, 0)
    with laptop.read() as ours, other.read() as theirs:
        assert answers_of(ours) == answers_of(theirs)
        assert ours.chain_heads() == theirs.chain_heads()
        assert theirs.unconfirmed().changes == 0, "what others made does not exist only here"


def test_repeating_a_batch_changes_nothing(laptop: Store, tablet: Store) -> None:
    made = edit(laptop, answer())
    tablet.receive(made)
    received = tablet.receive([*made, *made])
    assert (received.applied, received.waiting, received.repeated, received.records) == (0, 0, 2, frozenset())
    assert tablet.check() == []


def test_changes_wait_for_their_predecessor(laptop: Store, tablet: Store) -> None:
    first, second, third = edit(laptop, answer(), levelled(answer(), 3), levelled(answer(), 4))
    assert tablet.receive([third]).waiting == 1
    assert tablet.receive([second]).waiting == 2
    with tablet.read() as reader:
        assert answers_of(reader) == {}
    assert tablet.receive([third]).repeated == 1
    received = tablet.receive([first])
    assert (received.applied, received.waiting) == (3, 0)
    with tablet.read() as reader:
        assert answers_of(reader)["CHEM-STO-02"].response == answer(level=4).response


def test_a_change_waits_for_a_base_from_another_device(
    laptop: Store, tablet: Store, new_store: MakeStore
) -> None:
    (first,) = edit(laptop, answer())
    tablet.receive([first])
    (reply,) = edit(tablet, levelled(answer(), 4))
    assert reply.bases == {"response": (first.id,)}
    third = new_store("third")
    assert third.receive([reply]).waiting == 1
    with laptop.read() as reader:
        assert third.receive(reader.changes()).waiting == 0
    with third.read() as reader:
        assert answers_of(reader)["CHEM-STO-02"] == answer(level=4)


def test_edits_made_apart_are_a_conflict_that_a_person_settles(laptop: Store, tablet: Store) -> None:
    tablet.receive(edit(laptop, answer()))
    mine, theirs = edit(laptop, levelled(answer(), 1)), edit(tablet, levelled(answer(), 4))
    laptop.receive(theirs)
    tablet.receive(mine)
    with laptop.read() as ours, tablet.read() as others:
        (conflict,) = ours.conflicts(assessment_id=ASSESSMENT)
        assert others.conflicts(record_ids=[answer().id]) == ours.conflicts() == (conflict,)
        shown = ours.get(Answer, answer().id)
    assert {head.id for head in conflict.heads} == {mine[0].id, theirs[0].id}
    assert shown is not None
    heads = tuple(head.id for head in conflict.heads)
    with laptop.unit(AUTHOR) as unit:
        choice = unit.save(shown, bases={"response": heads})
    assert choice is not None
    tablet.receive([choice])
    for store in (laptop, tablet):
        with store.read() as reader:
            assert reader.conflicts() == ()
            assert reader.get(Answer, answer().id) == shown
        assert store.check() == []


def test_two_people_answer_one_question_apart_and_meet_in_one_record(laptop: Store, tablet: Store) -> None:
    mine, theirs = edit(laptop, answer(level=1)), edit(tablet, noted(answer(level=1), "igual"))
    laptop.receive(theirs)
    tablet.receive(mine)
    for store in (laptop, tablet):
        with store.read() as reader:
            assert answers_of(reader)["CHEM-STO-02"] == noted(answer(level=1), "igual")
            assert reader.conflicts() == (), "they said the same"
        assert store.check() == []


def test_a_record_made_where_only_a_part_of_it_had_come_is_merged_with_it(
    laptop: Store, tablet: Store, new_store: MakeStore
) -> None:
    tablet.receive(edit(laptop, answer()))
    edit(tablet, noted(answer(), "fuga"))
    third = new_store("third")
    with tablet.read() as reader:
        third.receive([c for c in reader.changes() if c.device_id == tablet.device_id])
    with third.read() as reader:
        assert answers_of(reader) == {}
    edit(third, answer(level=0))
    assert third.check() == []
    with third.read() as reader:
        assert answers_of(reader)["CHEM-STO-02"] == noted(answer(level=0), "fuga")


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("chain_forked", {"id": UUID(int=77), "prev_hash": "0" * 64, "seq": 1}),
        ("chain_broken", {"prev_hash": "f" * 64}),
        ("change_altered", {"fields": {"flagged": True}}),
        ("change_unreadable", {"fields": {"flagged": 0.5}}),
    ],
)
def test_a_chain_that_does_not_hold_is_refused_as_a_whole(
    laptop: Store, tablet: Store, code: str, spoil: dict[str, object]
) -> None:
    first, second = edit(laptop, answer(), levelled(answer(), 3))
    if code == "change_altered":
        tablet.receive([first, second])
    before = everything(tablet)
    with pytest.raises(BrokenChainError) as refused:
        tablet.receive([first, altered(second, **spoil)])
    assert refused.value.code == code
    assert refused.value.details["device"] == str(laptop.device_id)
    assert str(laptop.device_id) in str(refused.value.message)
    assert everything(tablet) == before


def test_a_fork_among_waiting_changes_is_refused(laptop: Store, tablet: Store) -> None:
    _, second, third = edit(laptop, answer(), levelled(answer(), 3), levelled(answer(), 4))
    tablet.receive([third])
    for other in (altered(third, id=new_id()), altered(second, fields={"flagged": True})):
        with pytest.raises(BrokenChainError):
            tablet.receive([other])


def test_a_restored_copy_goes_on_as_a_new_device(laptop: Store) -> None:
    before = (laptop.device_id, laptop.device_code)
    laptop.become_new_device()
    (change,) = edit(laptop, answer())
    assert (change.seq, change.device_id) == (1, laptop.device_id)
    assert before[0] != laptop.device_id
    assert before[1] != laptop.device_code


def test_what_is_not_known_here_is_kept_and_relayed_but_not_shown(laptop: Store, tablet: Store) -> None:
    (real,) = edit(laptop, answer(level=1))
    unknown_type = altered(real, record_type="thermogram", fields={"celsius": "81"})
    newer = altered(
        unknown_type,
        id=new_id(),
        schema_version=SCHEMA + 1,
        record_type="answer",
        fields={"response": {"level": 9}},
        seq=real.seq + 1,
        prev_hash=unknown_type.hash,
    )
    unknown_field = altered(
        newer,
        id=new_id(),
        schema_version=SCHEMA,
        fields={"weather": "rain", "flagged": True, "note": 7},
        seq=real.seq + 2,
        prev_hash=newer.hash,
    )
    assert tablet.receive([unknown_type, newer, unknown_field]).applied == 3
    assert {unknown_type.id, newer.id, unknown_field.id} <= {c.id for c in tablet.outgoing(SCOPE)}
    with tablet.read() as reader:
        assert answers_of(reader) == {}
        assert reader.history("answer", answer().id) == (newer, unknown_field)
    assert tablet.check() == []


def test_clocks_far_ahead_are_told_and_not_followed(
    laptop: Store, tablet: Store, new_store: MakeStore
) -> None:
    fast = new_store("fast", clock=FixedClock(START + timedelta(days=800), timedelta(seconds=1)))
    (change,) = edit(fast, answer(level=4))
    assert tablet.receive([change]).clocks_ahead == frozenset({fast.device_id})
    (reply,) = edit(tablet, levelled(answer(), 1))
    assert reply.hlc < change.hlc
    with tablet.read() as reader:
        assert answers_of(reader)["CHEM-STO-02"] == answer(level=1)
        assert reader.conflicts() == ()


def test_signatures_of_chain_heads_are_kept_for_passing_on(laptop: Store, tablet: Store) -> None:
    made = edit(laptop, answer(), levelled(answer(), 3))
    signatures = [
        ChainSignature(device_id=c.device_id, scope=c.scope, seq=c.seq, hash=c.hash, signature="MEUC")
        for c in made
    ]
    tablet.receive(made, signatures)
    tablet.receive(made, signatures)
    with tablet.read() as reader:
        kept = reader.signatures_between(SCOPE, made[0].device_id, 1, made[-1].seq)
        assert kept == tuple(signatures)
    wrong = signatures[0].model_copy(update={"hash": "e" * 64})
    with pytest.raises(BrokenChainError) as refused:
        tablet.receive([], [wrong])
    assert refused.value.code == "chain_signature_wrong"
