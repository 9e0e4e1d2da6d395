"""Where a walk was left on this device, and how long its areas were walked. Kept in the store, never in the journal.

It is one person's way of going through a visit, not a fact about the plant: nothing of it is sent or signed.
"""

from __future__ import annotations

from uuid import UUID

from pydantic import ValidationError

from greenaudit.log import logger
from greenaudit.services.context import Context
from greenaudit.services.views import Bookmark

_log = logger("visits")


class Bookmarks:
    """One bookmark a visit, in the encrypted store: a write is durable when it returns, and costs one small row."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, assessment_id: UUID) -> Bookmark:
        """The bookmark of a visit; an empty one where nobody has walked yet."""
        return bookmark_of(self._context, assessment_id)

    def keep(self, assessment_id: UUID, bookmark: Bookmark) -> None:
        """Keeps a bookmark in the place of the one before."""
        self._context.store.set_meta(_key(assessment_id), bookmark.model_dump_json())


def bookmark_of(context: Context, assessment_id: UUID) -> Bookmark:
    """The bookmark of a visit. One that can't be read is none: the walk goes on at the next open question."""
    kept = context.store.meta(_key(assessment_id))
    if kept is None:
        return Bookmark()
    try:
        return Bookmark.model_validate_json(kept)
    except ValidationError:
        _log.warning("the bookmark of %s can't be read", assessment_id)
        return Bookmark()


def _key(assessment_id: UUID) -> str:
    return f"bookmark:{assessment_id}"
