"""Edits made apart become one state, whatever their order: heads, conflicts, and what a closing named."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.assessments import ChainHead
from greenaudit.domain.journal import WAS, Change
from greenaudit.rules import merging
from tests.helpers.merging import RECORD, SCOPE, Desk, device, histories

RESPONSE = ("answer", RECORD, "response")


def test_one_person_s_later_edit_replaces_the_earlier() -> None:
    desk = Desk(1)
    desk.make({"response": 1})
    last = desk.make({"response": 2})
    assert merging.heads(desk.chain) == {RESPONSE: (last,)}
    assert merging.state(desk.chain) == {("answer", RECORD): {"response": 2}}
    assert merging.conflicts(desk.chain) == ()


def test_edits_that_did_not_see_each_other_are_a_conflict_and_the_later_is_shown() -> None:
    one, two = Desk(1), Desk(2)
    early, late = one.make({"response": 1}, hlc=5), two.make({"response": 2}, hlc=6)
    (conflict,) = merging.conflicts([early, late])
    assert conflict.heads == (late, early)
    assert merging.state([early, late])["answer", RECORD] == {"response": 2}


def test_between_equal_clocks_the_device_decides_so_that_all_replicas_agree() -> None:
    one, two = Desk(1).make({"response": 1}), Desk(2).make({"response": 2})
    assert merging.heads([one, two]) == merging.heads([two, one]) == {RESPONSE: (two, one)}


def test_edits_of_different_fields_do_not_contend() -> None:
    one, two = Desk(1).make({"response": 1}), Desk(2).make({"note": "drum leaks"})
    assert merging.conflicts([one, two]) == ()
    assert merging.state([one, two])["answer", RECORD] == {"response": 1, "note": "drum leaks"}


def test_two_people_who_say_the_same_have_nothing_to_settle() -> None:
    one, two = Desk(1).make({"response": 3}), Desk(2).make({"response": 3})
    assert len(merging.heads([one, two])[RESPONSE]) == 2
    assert merging.conflicts([one, two]) == ()
    assert merging.agreeing("response", merging.heads([one, two])[RESPONSE]) == (two, one)


def test_a_choice_that_names_all_heads_settles_the_conflict() -> None:
    one, two = Desk(1), Desk(2)
    made = [one.make({"response": 1}), two.make({"response": 2})]
    one.take(made)
    choice = one.make({"response": 1}, bases={"response": tuple(change.id for change in made)})
    assert merging.heads([*made, choice]) == {RESPONSE: (choice,)}


def test_an_edit_that_saw_only_the_shown_value_leaves_the_other_to_look_at() -> None:
    one, two = Desk(1), Desk(2)
    hidden, shown = one.make({"response": 1}, hlc=1), two.make({"response": 2}, hlc=2)
    two.take([hidden])
    edit = two.make({"response": 3}, hlc=3)
    (conflict,) = merging.conflicts([hidden, shown, edit])
    assert conflict.heads == (edit, hidden)


def test_a_change_waits_for_the_one_before_it_and_for_its_bases() -> None:
    one, two = Desk(1), Desk(2)
    first, second = one.make({"response": 1}), one.make({"note": "x"})
    two.take([first])
    reply = two.make({"response": 2})
    assert merging.applied([second, reply]) == ()
    assert len(merging.applied([reply, second, first])) == 3


def again(change: Change, by: Desk, *was: Change) -> Change:
    """A change said once more under another device's name, after a chain forked; `was` the first one first."""
    made = by.make(change.fields, hlc=change.hlc, bases=change.bases)
    return made.model_copy(update={"bases": {**change.bases, WAS: tuple(w.id for w in (*was, change))}})


def test_a_change_that_is_said_once_more_counts_once_whichever_arrives() -> None:
    first = Desk(1).make({"response": 1})
    once_more = again(first, Desk(2))
    twice_more = again(once_more, Desk(3), first)
    for known in ([first, once_more, twice_more], [once_more, twice_more, first], [first]):
        assert merging.heads(known) == {RESPONSE: (first,)}
        assert merging.late(known, {}) == (first,)
    assert merging.heads([twice_more, once_more]) == {RESPONSE: (once_more,)}
    assert merging.heads([twice_more]) == {RESPONSE: (twice_more,)}


def test_whoever_saw_either_telling_of_an_edit_has_seen_the_edit() -> None:
    first = Desk(1).make({"response": 1})
    once_more = again(first, Desk(2))
    saw_first = Desk(3).make({"response": 2}, bases={"response": (first.id,)}, hlc=2)
    saw_second = Desk(4).make({"response": 3}, bases={"response": (once_more.id,)}, hlc=3)
    assert merging.heads([first, once_more, saw_first, saw_second]) == {RESPONSE: (saw_second, saw_first)}
    assert merging.heads([once_more, saw_first]) == {RESPONSE: (saw_first,)}
    assert merging.applied([saw_first, once_more]) == (once_more, saw_first)


def test_a_closing_holds_exactly_the_changes_up_to_its_heads() -> None:
    one, two = Desk(1), Desk(2)
    signed = [one.make({"response": 1}), two.make({"note": "x"})]
    heads = merging.chain_heads(signed)
    later = [one.make({"response": 4}), Desk(3).make({"response": 2})]
    assert heads == {
        SCOPE: {str(device(c.device_id.int - 1000)): ChainHead(seq=1, hash=c.hash) for c in signed}
    }
    assert merging.within([*later, *signed], heads) == tuple(signed)
    assert merging.late([*signed, *later], heads) == tuple(later)


@given(histories(), st.randoms())
def test_order_and_repetition_do_not_matter(history: list[Change], dice: random.Random) -> None:
    shuffled = [*history, *dice.choices(history, k=3)]
    dice.shuffle(shuffled)
    assert merging.heads(shuffled) == merging.heads(history)
    assert merging.state(shuffled) == merging.state(history)
    assert {c.id for c in merging.applied(shuffled)} == {c.id for c in history}
    assert merging.chain_heads(shuffled) == merging.chain_heads(history)
    assert merging.conflicts(shuffled) == merging.conflicts(history)


@given(histories(), st.randoms())
def test_any_part_of_a_history_applies_without_what_it_lacks(
    history: list[Change], dice: random.Random
) -> None:
    part = dice.sample(history, dice.randint(0, len(history)))
    applied = merging.applied(part)
    places = {(c.device_id, c.seq) for c in applied}
    ids = {c.id for c in applied}
    assert all(c.seq == 1 or (c.device_id, c.seq - 1) in places for c in applied)
    assert all(base in ids for c in applied for bases in c.bases.values() for base in bases)


@given(histories())
def test_every_field_that_was_ever_written_has_a_head(history: list[Change]) -> None:
    heads = merging.heads(history)
    assert {key for key, found in heads.items() if found} == {
        (c.record_type, c.record_id, name) for c in history for name in c.fields
    }


@given(histories(), st.integers(0, 12))
def test_within_and_late_part_a_history_without_rest(history: list[Change], cut: int) -> None:
    heads = merging.chain_heads(history[:cut])
    within, late = merging.within(history, heads), merging.late(history, heads)
    assert sorted(c.id for c in (*within, *late)) == sorted(c.id for c in history)
    assert {c.id for c in history[:cut]} <= {c.id for c in within}
