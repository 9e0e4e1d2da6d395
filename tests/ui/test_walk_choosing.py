"""Filters, order, undo and search of the walk: how one person looks at a visit; nothing of it but an undo is stored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Proof, Response
from greenaudit.services.opening import App
from tests.helpers.ui import KeptNotices, assert_fits, settle
from tests.helpers.ui_visit import shown_walk, walk_page
from ui.main_window.window import MainWindow
from ui.pages.walk.choosing import NAMES, Only
from ui.pages.walk.page import WalkPage
from ui.routes import Walk

FIRST = "CHEM-STO-02"


@pytest.fixture
def page(app: App) -> WalkPage:
    return walk_page(app)


@pytest.fixture
def window(page: WalkPage, visit: UUID) -> Iterator[MainWindow]:
    """The walk in its window, at a question of levels."""
    made = shown_walk(page, visit, FIRST)
    yield made
    made.close()
    made.deleteLater()
    settle()


def here(page: WalkPage) -> str:
    return page.presenter.state().question.id


def walked(page: WalkPage, only: Only) -> set[str]:
    """The questions that Next leads to."""
    presenter = page.presenter
    presenter.choose("all", by_module=False)
    presenter.place.at = presenter.way.stops[0]
    presenter.choose(only, by_module=False)
    found = {here(page)}
    for _ in presenter.way.stops:
        stop = presenter.place.beside(1)
        if stop is None:
            break
        presenter.next()
        found.add(here(page))
    return found


@pytest.mark.usefixtures("window")
def test_next_leads_only_to_what_passes_the_filter(app: App, visit: UUID, page: WalkPage) -> None:
    app.walk.answer(assessment_id=visit, question_id=FIRST, response=Response(level=1))
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-01", response=Response(level=3))
    app.walk.prove(assessment_id=visit, question_id="CHEM-STO-01", proof=Proof(grade=2))
    app.walk.flag(assessment_id=visit, question_id="FOUN-PRO-01", flagged=True)
    page.presenter.open(Walk(visit, FIRST))
    states = page.presenter.visit.states
    assert walked(page, "low") == {FIRST}
    assert walked(page, "unproved") == {FIRST}
    assert walked(page, "flagged") == {"FOUN-PRO-01"}
    assert walked(page, "critical") == {q for q, s in states.items() if s.applies and s.question.critical}
    assert not walked(page, "unanswered") & {FIRST, "CHEM-STO-01"}


def test_figures_and_lists_without_evidence_pass_the_filter(app: App, visit: UUID, page: WalkPage) -> None:
    app.walk.add_row(
        assessment_id=visit, question_id="CHEM-INV-01", cells={"product": "Paint"}, locale="en_US",
        unfinished=True,
    )  # fmt: skip
    page.presenter.open(Walk(visit, FIRST))
    assert walked(page, "unproved") == {"CHEM-INV-01"}
    assert page.presenter.place.counts()["unproved"] == 1
    listed = app.visits.filter(visit, "without_evidence")
    assert set(listed) == walked(page, "unproved")


def test_a_fresh_visit_begins_with_the_plant_and_goes_on_to_the_first_area(
    app: App, visit: UUID, page: WalkPage
) -> None:
    profile = [q.id for q in app.visits.open(visit).checklist.questions if q.section == "FOUN-PRO"]
    window = shown_walk(page, visit)
    (card,) = (card for card in app.visits.list() if card.assessment_id == visit)
    assert here(page) == card.resume_question == profile[0]
    for question_id in profile:
        assert here(page) == question_id
        page.step_on()
    assert page.presenter.place.here().area_id == "A01"
    page.step_back()
    assert here(page) == profile[-1]
    page.presenter.pick_area("A24")
    assert here(page) == profile[0]
    window.close()
    window.deleteLater()
    settle()


def test_after_the_last_that_passes_all_are_walked_to_again(
    qtbot: QtBot, page: WalkPage, window: MainWindow
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_1)
    page.presenter.choose("low", by_module=False)
    assert here(page) == FIRST
    assert page.footer.next.accessibleName() == "Next"
    page.footer.next.click()
    assert page.presenter.place.choosing.only == "all"
    notices = page._notices
    assert isinstance(notices, KeptNotices)
    assert notices.confirmed
    page.footer.next.click()
    assert here(page) != FIRST
    assert window.isVisible()


@pytest.mark.usefixtures("window")
def test_the_filter_is_chosen_on_its_sheet_and_said_on_its_button(qtbot: QtBot, page: WalkPage) -> None:
    qtbot.mouseClick(page.head.choose, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.choosing.rows["critical"], Qt.MouseButton.LeftButton)
    assert not page.choosing.isVisible()
    critical = sum(s.applies and s.question.critical for s in page.presenter.visit.states.values())
    assert page.head.choose.accessibleName() == f"Critical questions: {critical}"


@pytest.mark.usefixtures("window")
def test_module_by_module_every_question_comes_once_and_one_stays_where_one_is(page: WalkPage) -> None:
    asked = {stop.question_id for stop in page.presenter.way.stops}
    page.presenter.choose("all", by_module=True)
    assert here(page) == FIRST
    stops = [stop.question_id for stop in page.presenter.way.stops]
    assert len(stops) == len(set(stops))
    assert set(stops) == asked
    modules = [stop[:4] for stop in stops]
    assert sum(a != b for a, b in pairwise(modules)) == len(set(modules)) - 1
    page.presenter.pick_area("A24")
    assert "A24" in page.presenter.state().question.areas


@pytest.mark.usefixtures("window")
def test_ctrl_z_takes_the_last_edit_back_and_ctrl_y_does_it_again(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_3)
    page.footer.next.click()
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here(page) == FIRST
    assert app.visits.open(visit).states[FIRST].answer.response is None
    qtbot.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    response = app.visits.open(visit).states[FIRST].answer.response
    assert response is not None
    assert response.level == 3


def test_slash_opens_the_search_which_finds_notes(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage, window: MainWindow
) -> None:
    app.walk.note(assessment_id=visit, question_id=FIRST, text="Válvula atorada", language="es")
    page.presenter.open(Walk(visit, "FOUN-PRO-01"))
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Slash)
    qtbot.waitUntil(window.go_to.isVisible)
    found = [place for place in page.destinations() if "Válvula" in place.words]
    assert [place.route for place in found] == [Walk(visit, FIRST)]


def test_filters_can_be_reached_from_go_to(page: WalkPage, window: MainWindow) -> None:
    acts = {place.title: place.act for place in page.destinations() if place.act is not None}
    assert set(NAMES.values()) <= set(acts)
    assert window.isVisible()


def test_a_chosen_filter_fits(app: App, visit: UUID) -> None:
    def made() -> WalkPage:
        page = walk_page(app)
        page.presenter.open(Walk(visit, FIRST))
        page.presenter.choose("unproved", by_module=True)
        return page

    assert_fits(made, Walk(visit, FIRST))


@pytest.mark.usefixtures("window")
def test_a_filter_that_nothing_passes_is_said_and_not_kept(page: WalkPage) -> None:
    page.presenter.choose("flagged", by_module=False)
    assert page.presenter.place.choosing.only == "all"
    notices = page._notices
    assert isinstance(notices, KeptNotices)
    assert notices.confirmed
