"""An edit that is said once more under another name is one edit, whichever of the two came, and in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.journal import GENESIS, WAS, Change
from greenaudit.rules import merging
from tests.helpers.merging import device, histories


def said_again(history: Sequence[Change], of: int, first: int, by: int) -> list[Change]:
    """What a device made from a number on, once more on another device's chain."""
    ids: dict[UUID, UUID] = {}
    made: list[Change] = []
    for old in history:
        if old.device_id == device(of) and old.seq >= first:
            ids[old.id] = UUID(int=by * 10_000 + len(made) + 1)
            bases = {name: tuple(ids.get(i, i) for i in found) for name, found in old.bases.items()}
            made.append(
                old.model_copy(
                    update={
                        "id": ids[old.id],
                        "device_id": device(by),
                        "seq": len(made) + 1,
                        "prev_hash": made[-1].hash if made else GENESIS,
                        "bases": {**bases, WAS: (*old.was, old.id)},
                    }
                )
            )
    return made


def picture(changes: Sequence[Change]) -> dict[Any, list[Any]]:
    """Of every field the values of its heads."""
    found = merging.heads(merging.applied(changes))
    return {key: sorted(head.fields[key[2]] for head in heads) for key, heads in found.items()}


cases = st.tuples(histories(), st.integers(0, 3), st.integers(1, 4), st.randoms())


@given(cases)
def test_both_ways_together_are_one(case: tuple[list[Change], int, int, Any]) -> None:
    history, of, first, dice = case
    everything = history + said_again(history, of, first, 7)
    dice.shuffle(everything)
    assert picture(everything) == picture(history)
    once, _ = merging.told_once(everything)
    assert sorted(map(str, (c.id for c in once))) == sorted(str(c.id) for c in history)


@given(cases)
def test_who_saw_one_is_content_with_the_other(case: tuple[list[Change], int, int, Any]) -> None:
    """The originals never come; what others built on them stands on what was said once more."""
    history, of, first, dice = case
    again = said_again(history, of, first, 7)
    gone = {old for change in again for old in change.was}
    everything = [c for c in history if c.id not in gone] + again
    dice.shuffle(everything)
    assert len(merging.applied(everything)) == len(history)
    assert picture(everything) == picture(history)


@given(cases)
def test_twice_said_again_is_still_one(case: tuple[list[Change], int, int, Any]) -> None:
    """Two copies say the same once more, and one of them does so again."""
    history, of, first, dice = case
    one, two = said_again(history, of, first, 7), said_again(history, of, first, 8)
    three = said_again([*history, *one], 7, 1, 9)
    gone = {old for change in one for old in change.was}
    everything = [c for c in history if c.id not in gone] + one + two + three
    dice.shuffle(everything)
    assert picture(everything) == picture(history)


def test_what_was_signed_and_said_again_is_not_late() -> None:
    """A change that came under both names counts for the name that a closing named."""
    original = Change(
        id=UUID(int=1),
        record_type="answer",
        record_id=UUID(int=500),
        fields={"a": 1},
        bases={},
        hlc=1,
        device_id=device(0),
        author_id=UUID(int=1),
        scope="programme:test",
        seq=1,
        prev_hash=GENESIS,
    )
    again = said_again([original], 0, 1, 7)
    named = merging.chain_heads([original])
    assert merging.late([original, *again], named) == ()
    assert merging.within([original, *again], named) == (original,)


@given(histories(), st.data(), st.randoms())
def test_nobody_passes_anothers_edits_off_as_told_already(
    history: list[Change], data: st.DataObject, dice: Any
) -> None:
    """Another author claims to say edits once more, of the same record and at the same time: each of them counts on."""
    old = data.draw(st.lists(st.sampled_from(history), min_size=1, unique_by=lambda change: change.id))
    claimed = tuple(change.id for change in old)
    liar = old[0].model_copy(
        update={
            "id": UUID(int=99_999),
            "author_id": UUID(int=2),
            "device_id": device(9),
            "seq": 1,
            "prev_hash": GENESIS,
            "fields": {"z": 0},
            "bases": {WAS: claimed},
        }
    )
    everything = [*history, liar]
    dice.shuffle(everything)
    assert {c.id for c in merging.told_once(everything)[0]} == {c.id for c in everything}
    found = merging.heads(merging.applied(everything))
    assert {key: of for key, of in found.items() if key[2] != "z"} == merging.heads(merging.applied(history))
