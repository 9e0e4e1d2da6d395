"""Which edits stand and which are taken back: read backwards from the newest, as if played from the first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.journal import GENESIS, UNDOES, WITH, Change
from greenaudit.rules.undoing import done, is_undo, undone


def change(number: int, undoes: UUID | None = None, **changes: Any) -> Change:
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "record_type": "answer",
        "record_id": UUID(int=1),
        "fields": {"flagged": True},
        "bases": {} if undoes is None else {UNDOES: (undoes,)},
        "hlc": number,
        "device_id": UUID(int=2),
        "author_id": UUID(int=3),
        "scope": "registry",
        "seq": number,
        "prev_hash": GENESIS,
    }
    return Change.model_validate(values | changes)


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "other"]), max_size=40))
def test_read_from_the_newest_they_are_what_two_stacks_hold(acts: list[str]) -> None:
    """Two stacks are the plain way: an edit empties the second, undo and redo move between them."""
    journal: list[Change] = []
    stands: list[Change] = []
    taken: list[Change] = []
    for act in acts:
        made = change(len(journal) + 10)
        if act == "other":
            made = change(len(journal) + 10, record_type="revision")
        elif act == "edit":
            stands.append(made)
            taken.clear()
        elif act == "undo" and stands:
            made = change(len(journal) + 10, stands.pop().id)
            taken.append(made)
        elif act == "redo" and taken:
            made = change(len(journal) + 10, taken.pop().id)
            stands.append(made)
        else:
            continue
        journal.append(made)
    known = {item.id: item for item in journal}.get
    assert list(done(reversed(journal), known)) == [(item,) for item in stands[::-1]]
    assert list(undone(reversed(journal), known)) == [(item,) for item in taken[::-1]]


def test_what_one_act_wrote_stays_together() -> None:
    alone, first = change(1), change(2)
    others = [change(n, bases={WITH: (first.id,)}) for n in (3, 4)]
    edits = [*reversed(others), first, alone]
    assert list(done(edits, {}.get)) == [(others[1], others[0], first), (alone,)]


def test_what_takes_back_a_change_that_nobody_knows_is_taken_for_an_undo() -> None:
    assert is_undo(change(9, UUID(int=404)), {}.get)
