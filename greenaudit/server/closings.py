"""What is signed stays signed: no later change takes a closing back, or puts another report in the place of the signed one.
A revision is the n-th of one visit for good: its id says so, so that nobody hangs a signed one on another visit.

No device of ours makes such a change. Two that closed a revision without having seen each other are a conflict, as with any
field, and whoever chooses takes one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from greenaudit.domain.assessments import Revision, revision_id
from greenaudit.domain.journal import Change
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.reader import Reader

SIGNED = ("closing", "report")
"""The fields of a revision that are given once."""
NAMED = ("assessment_id", "number")
"""The fields of a revision from which its id is made."""


def check_closings(changes: Sequence[Change], reader: Reader) -> None:
    """KnownError for a change that undoes what its author saw signed, or names another visit or number than the id."""
    asked = [change for change in changes if change.record_type == Revision.record_type]
    seen = {base for change in asked for name in SIGNED for base in change.bases.get(name, ())}
    known = {change.id: change for change in (*reader.changes(ids=seen), *asked)}
    for change in asked:
        if _misnamed(change):
            raise _other_revision(change)
        if change.fields.get("deleted_at") is not None or any(
            _undoes(change, name, known) for name in SIGNED
        ):
            raise _signed(change)


def _misnamed(change: Change) -> bool:
    """Whether a change gives a visit and a number that don't make the revision's id; one alone would be another's."""
    if not any(name in change.fields for name in NAMED):
        return False
    visit, number = (change.fields.get(name) for name in NAMED)
    try:
        return not isinstance(number, int) or change.record_id != revision_id(UUID(visit), number)
    except (ValueError, TypeError, AttributeError):  # not the id of anything
        return True


def _undoes(change: Change, name: str, known: dict[UUID, Change]) -> bool:
    before = [known[base].fields.get(name) for base in change.bases.get(name, ()) if base in known]
    given = [value for value in before if value is not None]
    return bool(given) and change.fields.get(name) not in given


def _other_revision(change: Change) -> KnownError:
    return KnownError(
        "record_refused",
        msg(
            "Change {number} of device {device} gives a revision another visit or number than its own. Nothing of this batch "
            "was taken over; ask the programme for help.",
            number=change.seq,
            device=str(change.device_id),
        ),
    )


def _signed(change: Change) -> KnownError:
    return KnownError(
        "record_refused",
        msg(
            "Change {number} of device {device} alters a signed visit. What is signed can't change: a new revision corrects "
            "it. Nothing of this batch was taken over.",
            number=change.seq,
            device=str(change.device_id),
        ),
    )
