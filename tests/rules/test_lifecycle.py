"""Revisions: the newest counts, and a closing fixes it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from greenaudit.domain.assessments import ClosingAct, Revision, revision_id
from greenaudit.rules.lifecycle import current_revision, is_closed, state_of
from tests.helpers.checklists import ASSESSMENT, NOON, PROGRAMME

CLOSING = ClosingAct(
    heads={},
    number="GA-MX-7F3A-0001",
    fingerprint="0" * 64,
    closed_at=NOON + timedelta(hours=1),
    closed_by=UUID(int=9),
    signers=(),
)


def revision(number: int, *, closed: bool = False, deleted: bool = False) -> Revision:
    return Revision(
        id=revision_id(ASSESSMENT, number),
        programme_id=PROGRAMME,
        assessment_id=ASSESSMENT,
        number=number,
        opened_at=NOON,
        closing=CLOSING if closed else None,
        deleted_at=NOON if deleted else None,
    )


def test_the_newest_revision_is_current() -> None:
    found = current_revision([revision(1, closed=True), revision(3, deleted=True), revision(2)])
    assert found is not None
    assert found.number == 2
    assert current_revision([]) is None


def test_a_visit_is_prepared_then_in_progress_then_signed() -> None:
    assert state_of(None, begun=False) == "prepared"
    assert state_of(revision(1), begun=True) == "in_progress"
    assert state_of(revision(1, closed=True), begun=True) == "signed"
    assert not is_closed(revision(1))
    assert is_closed(revision(1, closed=True))
