"""Remembers for a person where the walk was left and how long it took; never more than a move behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol
from uuid import UUID

from greenaudit.clock import Clock
from greenaudit.errors import GreenAuditError
from greenaudit.services.views import Bookmark
from ui.pages.walk.choosing import Choosing
from ui.pages.walk.stopwatch import Stopwatch
from ui.pages.walk.values import Stop
from ui.ports import Failed, Tasks

RARELY = 60
"""Seconds of walking after which the time is kept though nobody moved on."""


class BookmarkService(Protocol):
    """Bookmarks of visits; when `keep` returns, it is on the disk."""

    def of(self, assessment_id: UUID) -> Bookmark: ...

    def keep(self, assessment_id: UUID, bookmark: Bookmark) -> None: ...


class Keeping:
    """The bookmark of the visit that is open. One write at a time: quick moves are kept by the last of them."""

    def __init__(self, bookmarks: BookmarkService, clock: Clock, tasks: Tasks, failed: Failed) -> None:
        self._bookmarks, self._tasks, self._tell = bookmarks, tasks, failed
        self._watch = Stopwatch(clock)
        self._visit: UUID | None = None
        self._here = Bookmark()
        self._kept = Bookmark()
        self._writing = False

    def read(self, assessment_id: UUID) -> Bookmark:
        """The bookmark as it lies on the disk; for the store's thread."""
        return self._bookmarks.of(assessment_id)

    def enter(self, assessment_id: UUID, left: Bookmark) -> None:
        """Another visit is open now."""
        self._visit, self._here, self._kept = assessment_id, left, left
        self._watch.begin(left.spent)

    def stand(self, stop: Stop, choosing: Choosing, *, counts: bool) -> None:
        """One stands here; a move is kept at once. A signed visit is looked at, not walked: `counts` is false."""
        self._watch.walk(stop.area_id if counts else "")
        moved = (stop.question_id, stop.area_id) != (self._here.question_id, self._here.area_id)
        parts = {
            "question_id": stop.question_id,
            "area_id": stop.area_id,
            "only": choosing.only,
            "by_module": choosing.by_module,
        }
        if moved:
            parts["scroll"] = 0
        self._here = self._here.model_copy(update=parts)
        if _place(self._here) != _place(self._kept):
            self._write()

    def scrolled(self, scroll: int) -> None:
        """The question was scrolled; kept with the next move, or when it rests."""
        self._here = self._here.model_copy(update={"scroll": scroll})

    def touch(self) -> None:
        """Somebody is there."""
        self._watch.touch()

    def pause(self) -> None:
        """The window is not in use, or another page is shown."""
        self._watch.pause()
        self.keep()

    def keep(self) -> None:
        """Keeps where one is and what was counted, where that isn't kept already."""
        if self._now() != self._kept:
            self._write()

    def tick(self) -> None:
        """From time to time: keeps the place if it rests elsewhere than it was kept, and the time when it is worth a write."""
        walked = sum(self._watch.seconds().values()) - sum(self._kept.spent.values())
        if _place(self._here) != _place(self._kept) or walked >= RARELY:
            self._write()

    def minutes(self) -> Mapping[str, int]:
        """Whole minutes walked, by area."""
        return {area: seconds // 60 for area, seconds in self._watch.seconds().items() if seconds >= 60}

    def _now(self) -> Bookmark:
        return self._here.model_copy(update={"spent": self._watch.seconds()})

    def _write(self) -> None:
        if self._visit is None or self._writing:
            return
        now = self._now()
        self._writing, self._kept = True, now
        work: Callable[[], None] = partial(self._bookmarks.keep, self._visit, now)
        self._tasks.run(work, done=self._written, failed=self._failed)

    def _failed(self, error: GreenAuditError) -> None:
        """The next move tries again."""
        self._writing = False
        self._tell(error)

    def _written(self, _nothing: None) -> None:
        self._writing = False
        if _place(self._here) != _place(self._kept):
            self._write()


def _place(bookmark: Bookmark) -> tuple[object, ...]:
    return bookmark.question_id, bookmark.area_id, bookmark.only, bookmark.by_module, bookmark.scroll
