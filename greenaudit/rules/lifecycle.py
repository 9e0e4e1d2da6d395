"""Where an assessment stands in its life: its current revision, and whether that is closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from greenaudit.domain.assessments import Revision

VisitState = Literal["prepared", "in_progress", "signed"]


def current_revision(revisions: Iterable[Revision]) -> Revision | None:
    """The newest revision; None when there is none."""
    return max((r for r in revisions if r.deleted_at is None), key=lambda r: r.number, default=None)


def is_closed(revision: Revision | None) -> bool:
    """Whether the revision is fixed for good."""
    return revision is not None and revision.closing is not None


def state_of(revision: Revision | None, *, begun: bool) -> VisitState:
    """How a visit is listed; `begun` says that something was answered."""
    if is_closed(revision):
        return "signed"
    return "in_progress" if begun else "prepared"
