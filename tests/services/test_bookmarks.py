"""Where a walk was left: kept over a restart, and never in anybody's way."""

from __future__ import annotations

from uuid import UUID, uuid4

from greenaudit.services.opening import App, open_home
from greenaudit.services.views import Bookmark
from tests.helpers.apps import clock

LEFT = Bookmark(question_id="CHEM-STO-02", area_id="storage")


def test_a_walk_is_found_where_it_was_left_after_a_restart(app: App, visit: UUID) -> None:
    assert app.bookmarks.of(visit) == Bookmark()
    app.bookmarks.keep(visit, LEFT)
    app.close()
    again = open_home(app.context.home, clock=clock())
    assert again.bookmarks.of(visit) == LEFT
    assert again.bookmarks.of(uuid4()) == Bookmark()
    again.close()


def test_a_bookmark_that_cant_be_read_is_none(app: App, visit: UUID) -> None:
    app.bookmarks.keep(visit, LEFT)
    app.context.store.set_meta(f"bookmark:{visit}", '{"question_id": 3}')
    assert app.bookmarks.of(visit) == Bookmark()
    assert app.visits.list()[0].assessment_id == visit
