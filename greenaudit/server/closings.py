"""What is signed stays signed: no later change takes a closing back, or puts another report in the place of the signed one.

No device of ours makes such a change. Two that closed a revision without having seen each other are a conflict, as with any
field, and whoever chooses takes one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from greenaudit.domain.assessments import Revision
from greenaudit.domain.journal import Change
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.reader import Reader

SIGNED = ("closing", "report")
"""The fields of a revision that are given once."""


def check_closings(changes: Sequence[Change], reader: Reader) -> None:
    """KnownError for a change that undoes what its author saw signed."""
    asked = [change for change in changes if change.record_type == Revision.record_type]
    seen = {base for change in asked for name in SIGNED for base in change.bases.get(name, ())}
    known = {change.id: change for change in (*reader.changes(ids=seen), *asked)}
    for change in asked:
        if change.fields.get("deleted_at") is not None or any(
            _undoes(change, name, known) for name in SIGNED
        ):
            raise _signed(change)


def _undoes(change: Change, name: str, known: dict[UUID, Change]) -> bool:
    before = [known[base].fields.get(name) for base in change.bases.get(name, ()) if base in known]
    given = [value for value in before if value is not None]
    return bool(given) and change.fields.get(name) not in given


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
