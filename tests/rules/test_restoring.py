"""What taking an edit back writes, and whose later edit forbids it: from the changes of one record alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from greenaudit.domain.journal import GENESIS, UNDOES, Change
from greenaudit.rules.undoing import is_creation, overtaken_by, restoring
from tests.helpers.checklists import ASSESSMENT, NOON, PROGRAMME, finding

OURS, THEIRS = UUID(int=2), UUID(int=9)
WHOLE = {"programme_id": str(PROGRAMME), "assessment_id": str(ASSESSMENT), "question_id": "CHEM-STO-01"}


def change(number: int, fields: dict[str, Any], *seen: Change, **changes: Any) -> Change:
    """A change of one answer by us; its bases are the changes that it has seen in each of its fields."""
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "record_type": "answer",
        "record_id": UUID(int=1),
        "fields": fields,
        "bases": {name: tuple(c.id for c in seen if name in c.fields) for name in fields},
        "hlc": number,
        "device_id": OURS,
        "author_id": UUID(int=3),
        "scope": "registry",
        "seq": number,
        "prev_hash": GENESIS,
    }
    return Change.model_validate(values | changes)


def undo(number: int, taken: Change, fields: dict[str, Any], *seen: Change) -> Change:
    plain = change(number, fields, *seen)
    return plain.model_copy(update={"bases": {**plain.bases, UNDOES: (taken.id,)}})


FIRST = change(10, {**WHOLE, "flagged": True})
SECOND = change(11, {"flagged": False, "response": None}, FIRST)


def test_the_value_that_was_seen_comes_back() -> None:
    assert restoring(SECOND, (FIRST, SECOND), NOON) == {"flagged": True}


def test_a_first_value_goes_back_to_what_a_fresh_answer_says_and_natural_keys_stay() -> None:
    assert not is_creation(FIRST)
    assert restoring(FIRST, (FIRST,), NOON) == {"flagged": False}


def test_an_edit_that_changed_nothing_restores_nothing() -> None:
    again = change(11, {"flagged": True}, FIRST)
    assert restoring(again, (FIRST, again), NOON) == {}


def test_a_field_of_another_version_is_left_alone() -> None:
    newer = change(11, {"flagged": False, "colour": "green"}, FIRST)
    assert restoring(newer, (FIRST, newer), NOON) == {"flagged": True}


def test_of_two_values_that_were_seen_the_shown_one_comes_back() -> None:
    note, other = {"text": "a", "language": "en"}, {"text": "b", "language": "en"}
    here = change(11, {"note": note}, hlc=50)
    there = change(12, {"note": other}, hlc=51, device_id=THEIRS)
    settled = change(13, {"note": note}, here, there)
    assert restoring(settled, (here, there, settled), NOON) == {"note": other}


def test_what_began_a_record_without_a_natural_key_takes_the_record_away() -> None:
    made = change(10, finding().field_values(), record_type="finding")
    assert is_creation(made)
    assert restoring(made, (made,), NOON) == {"deleted_at": NOON.isoformat()}


def test_nobody_overtook_an_edit_that_is_still_shown() -> None:
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND)) is None


def test_an_edit_over_it_or_beside_it_forbids_taking_back() -> None:
    over = change(12, {"flagged": True}, SECOND, device_id=THEIRS)
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND, over)) == over
    beside = change(12, {"flagged": True}, FIRST, device_id=THEIRS)
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND, beside)) == beside
    elsewhere = change(12, {"note": None}, device_id=THEIRS)
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND, elsewhere)) is None


def test_taken_back_and_done_again_it_is_the_same_edit() -> None:
    back = undo(12, SECOND, {"flagged": True}, SECOND)
    assert overtaken_by(FIRST, ("flagged",), (FIRST, SECOND, back)) is None
    again = undo(13, back, {"flagged": False}, back)
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND, back, again)) is None


def test_a_taking_back_whose_edit_is_not_known_here_counts_as_somebody_s_edit() -> None:
    unknown = change(99, {"flagged": False})
    back = undo(12, unknown, {"flagged": True}, SECOND)
    assert overtaken_by(SECOND, ("flagged",), (FIRST, SECOND, back)) == back


def test_a_taking_back_to_the_beginning_comes_from_no_edit() -> None:
    only = change(10, {"flagged": True})
    back = undo(11, only, {"flagged": False}, only)
    assert overtaken_by(only, ("flagged",), (only, back)) == back


def test_a_record_that_somebody_else_wrote_to_is_not_taken_away() -> None:
    made = change(10, finding().field_values(), record_type="finding")
    mine = change(11, {"kind": "minor"}, made, record_type="finding")
    theirs = change(12, {"kind": "major"}, made, record_type="finding", author_id=UUID(int=4))
    assert overtaken_by(made, (), (made, mine)) is None
    assert overtaken_by(made, (), (made, mine, theirs)) == theirs
