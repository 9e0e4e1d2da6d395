"""Where a walk was left, and how long its areas took: kept on this device, counted only while somebody walks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from greenaudit.clock import FixedClock
from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App
from greenaudit.services.views import Bookmark
from tests.helpers.ui import settle
from tests.helpers.ui_visit import shown_walk, walk_page
from ui.pages.home.presenter import route_of
from ui.pages.walk.page import WalkPage
from ui.pages.walk.stopwatch import IDLE, Stopwatch
from ui.routes import Walk

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock(app: App) -> FixedClock:
    """A clock that stands until the test moves it."""
    app.context.clock = FixedClock(NOON)
    return app.context.clock


def later(clock: FixedClock, **by: int) -> None:
    clock.at += timedelta(**by)


def closed(page: WalkPage) -> None:
    """The window goes, as when the app ends."""
    page.close_page()
    page.window().close()
    page.window().deleteLater()
    settle()


def test_the_time_between_two_signs_of_life_belongs_to_the_area_that_is_open() -> None:
    clock = FixedClock(NOON)
    watch = Stopwatch(clock)
    watch.begin({"A02": 30})
    watch.walk("A01")
    later(clock, minutes=3)
    watch.touch()
    later(clock, seconds=40)
    watch.walk("A02")
    later(clock, seconds=20)
    watch.touch()
    assert watch.seconds() == {"A01": 220, "A02": 50}


def test_a_long_silence_and_a_pause_are_not_counted() -> None:
    clock = FixedClock(NOON)
    watch = Stopwatch(clock)
    watch.begin({})
    watch.walk("A01")
    clock.at += IDLE + timedelta(seconds=1)
    watch.touch()
    later(clock, minutes=1)
    watch.pause()
    later(clock, minutes=2)
    watch.touch()
    later(clock, minutes=1)
    watch.touch()
    assert watch.seconds() == {"A01": 120}


@given(st.lists(st.integers(-600, 900), max_size=30))
def test_never_more_is_counted_than_went_by(gaps: list[int]) -> None:
    clock = FixedClock(NOON)
    watch = Stopwatch(clock)
    watch.begin({})
    watch.walk("A01")
    for gap in gaps:
        later(clock, seconds=gap)
        before = sum(watch.seconds().values())
        watch.touch()
        assert 0 <= sum(watch.seconds().values()) - before <= max(0, gap)


def test_the_walk_goes_on_at_the_very_question_area_and_filter(app: App, visit: UUID) -> None:
    page = walk_page(app)
    shown_walk(page, visit, "CHEM-STO-02")
    page.presenter.choose("critical", by_module=False)
    page.presenter.next()
    here = page.presenter.place.here()
    closed(page)
    for route in (route_of(app.desk.card(visit)), Walk(visit)):
        again = walk_page(app)
        shown_walk(again, visit).go(route)
        assert again.presenter.place.here() == here
        assert again.presenter.place.choosing.only == "critical"
        closed(again)


def test_going_home_and_back_keeps_the_area_of_a_question_that_has_several(app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit)
    several = next(q for q in page.presenter.place.asked() if len(q.areas) > 1)
    window.go(Walk(visit, several.id, several.areas[1]))
    window.go(route_of(app.desk.card(visit)))
    assert page.presenter.place.here().area_id == several.areas[1]
    closed(page)


def test_the_scroll_place_comes_back(app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "FOUN-PRO-02")
    window.resize(960, 640)
    settle()
    page._laying_out.stop()  # its height was found
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place
    page.resting.timeout.emit()  # it rests
    assert app.bookmarks.of(visit).scroll == place
    closed(page)
    again = walk_page(app)
    window = shown_walk(again, visit)
    window.resize(960, 640)
    settle()
    assert again.presenter.state().question.id == "FOUN-PRO-02"
    assert again._scroll.verticalScrollBar().value() == place
    closed(again)


def test_a_route_to_another_question_wins_over_the_bookmark(app: App, visit: UUID) -> None:
    app.bookmarks.keep(visit, Bookmark(question_id="CHEM-STO-02", area_id="A03", only="critical"))
    page = walk_page(app)
    shown_walk(page, visit, "FOUN-PRO-01")
    assert page.presenter.state().question.id == "FOUN-PRO-01"
    assert page.presenter.place.choosing.only == "all"
    closed(page)


def test_what_cannot_be_read_or_is_not_asked_any_more_is_no_bookmark(app: App, visit: UUID) -> None:
    app.context.store.set_meta(f"bookmark:{visit}", "{broken")
    assert app.bookmarks.of(visit) == Bookmark()
    app.bookmarks.keep(visit, Bookmark(question_id="GONE-99", area_id="Z", only="odd"))
    page = walk_page(app)
    shown_walk(page, visit)
    assert page.presenter.state().answer.response is None
    assert page.presenter.place.choosing.only == "all"
    closed(page)


def test_a_move_is_kept_at_once_and_outside_the_journal(app: App, visit: UUID) -> None:
    page = walk_page(app)
    shown_walk(page, visit, "CHEM-STO-02")
    before = app.context.store.unsent_scopes()
    page.presenter.next()
    here = page.presenter.place.here()
    left = app.bookmarks.of(visit)
    assert (left.question_id, left.area_id) == (here.question_id, here.area_id)
    assert app.context.store.unsent_scopes() == before
    closed(page)


def test_minutes_stand_beside_the_plan_and_last(app: App, visit: UUID, clock: FixedClock) -> None:
    page = walk_page(app)
    shown_walk(page, visit, "CHEM-STO-02")
    area = page.presenter.place.here().area_id
    for _ in range(3):
        later(clock, minutes=4)
        page.presenter.keeping.touch()
    page._tick()
    line = page._progress.line() if page._progress else None
    assert line is not None
    assert line.area.id == area
    assert line.minutes == 12
    assert app.bookmarks.of(visit).spent == {area: 720}
    closed(page)
    later(clock, hours=1)
    again = walk_page(app)
    shown_walk(again, visit)
    assert again.presenter.keeping.minutes() == {area: 12}
    closed(again)


def test_nothing_counts_while_the_window_is_not_in_use_or_the_visit_is_only_looked_at(
    app: App, visit: UUID, clock: FixedClock
) -> None:
    page = walk_page(app)
    shown_walk(page, visit, "CHEM-STO-02")
    page.presenter.keeping.touch()
    page.hide()
    later(clock, minutes=4)
    page.show()
    assert page.presenter.keeping.minutes() == {}
    closed(page)


def test_a_key_is_a_sign_of_life(qtbot: QtBot, app: App, visit: UUID, clock: FixedClock) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    page.presenter.keeping.touch()
    later(clock, minutes=2)
    handle = window.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_Shift)
    assert list(page.presenter.keeping.minutes().values()) == [2]
    closed(page)


def test_the_plan_stands_in_the_list_before_anything_is_walked(app: App, visit: UUID) -> None:
    page = walk_page(app)
    shown_walk(page, visit)
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=Response(level=2))
    model = page.areas.model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert " min" in str(spoken)
    closed(page)
