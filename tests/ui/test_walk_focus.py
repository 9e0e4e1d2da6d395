"""The focus stays where one works: after a sheet, after a control that went, after 'Go to…'; and a sheet dims all around it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from greenaudit.services.opening import App
from tests.helpers.ui import application, settle
from tests.helpers.ui_visit import shown_walk, walk_page
from ui.i18n.qt import speak
from ui.main_window.window import MainWindow
from ui.pages.walk.page import WalkPage
from ui.widgets.sheets import Veil

QUESTION = "CHEM-STO-02"


@pytest.fixture
def page(app: App, visit: UUID) -> Iterator[WalkPage]:
    made = walk_page(app)
    window = shown_walk(made, visit, QUESTION)
    settle()
    yield made
    made.close_page()
    window.close()
    window.deleteLater()
    settle()


def window_of(page: WalkPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def test_the_control_that_opened_a_sheet_has_the_focus_again(qtbot: QtBot, page: WalkPage) -> None:
    for opener, sheet in (
        (page.proof.find_button, page.finding),
        (page.footer.not_seen, page.not_seen),
        (page.footer.not_applicable, page.not_applicable),
        (page.head.choose, page.choosing),
    ):
        opener.setFocus()
        qtbot.keyClick(opener, Qt.Key.Key_Space)
        assert sheet.isVisible()
        assert not opener.hasFocus()
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert opener.hasFocus()


def test_keys_go_on_answering_after_a_sheet(qtbot: QtBot, page: WalkPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F)
    assert page.finding.isVisible()
    qtbot.keyClick(page.finding, Qt.Key.Key_Escape)
    qtbot.keyClick(page, Qt.Key.Key_3)
    response = page.presenter.state().answer.response
    assert response is not None
    assert response.level == 3


def test_a_button_that_goes_with_its_tap_leaves_the_focus_on_the_page(qtbot: QtBot, page: WalkPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2)
    page.card.clear_button.setFocus()
    qtbot.keyClick(page.card.clear_button, Qt.Key.Key_Space)
    assert not page.card.clear_button.isVisible()
    focused = window_of(page).focusWidget()
    assert focused is not None
    assert focused is page or page.isAncestorOf(focused)
    assert focused.isVisible()


def test_back_at_the_beginning_leaves_the_focus_beside_it(qtbot: QtBot, page: WalkPage) -> None:
    first = page.presenter.way.stops[1]
    page.presenter.go_to(first.question_id)
    page.presenter.place.at = first
    page.presenter.show()
    page.footer.back.setFocus()
    qtbot.keyClick(page.footer.back, Qt.Key.Key_Space)
    assert not page.footer.back.isEnabled()
    focused = window_of(page).focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_go_to_gives_the_focus_back(qtbot: QtBot, page: WalkPage) -> None:
    window = window_of(page)
    page.footer.next.setFocus()
    window.open_go_to()
    assert window.go_to.isVisible()
    qtbot.keyClick(window.go_to.input, Qt.Key.Key_Escape)
    assert not window.go_to.isVisible()
    assert page.footer.next.hasFocus()


def test_a_sheet_dims_the_bars_too_and_a_tap_on_them_only_closes_it(qtbot: QtBot, page: WalkPage) -> None:
    window = window_of(page)
    page.not_seen.appear()
    settle()
    veil = page.not_seen.findChild(Veil) or window.findChild(Veil)
    assert veil is not None
    home = window.visit.home_button
    middle = home.mapTo(window, home.rect().center())
    assert window.childAt(middle) is veil
    assert window.childAt(page.mapTo(window, page.rect().center())) is not veil
    qtbot.mouseClick(veil, Qt.MouseButton.LeftButton, pos=veil.mapFrom(window, QPoint(middle)))
    assert not page.not_seen.isVisible()
    assert window.childAt(middle) is not veil


def test_a_finding_that_was_begun_is_there_again(qtbot: QtBot, app: App, page: WalkPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F)
    page.finding.rows["stop_and_tell"].click()
    settle()
    told = page.finding.told_to
    assert told.visibleRegion().boundingRect().height() == told.height()
    page.finding.what.setPlainText("Open drum beside the drain")
    qtbot.keyClick(page.finding, Qt.Key.Key_Escape)
    page.presenter.next()
    page._find()
    assert page.finding.what.toPlainText() == ""
    page.finding.dismiss()
    page.presenter.go_to(QUESTION)
    page._find()
    assert page.finding.what.toPlainText() == "Open drum beside the drain"
    assert page.finding.kind() == "stop_and_tell"
    page.finding.told_to.input.setText("Shift lead")
    page.finding.save.click()
    page._find()
    assert page.finding.what.toPlainText() == ""


def test_medium_windows_reach_the_areas_and_the_order_of_the_walk(qtbot: QtBot, page: WalkPage) -> None:
    window_of(page).resize(960, 640)
    settle()
    qtbot.mouseClick(page.rail_button, Qt.MouseButton.LeftButton)
    settle()
    assert page.area_sheet.isVisible()
    assert page.areas.width() > 300
    qtbot.mouseClick(page.choose_button, Qt.MouseButton.LeftButton)
    assert page.choosing.isVisible()
    page.choosing.order.buttons()[1].click()
    assert page.presenter.place.choosing.by_module
    page.choosing.dismiss()
    settle()
    assert page.areas.width() <= 80


def test_another_reason_is_typed_into_the_note_and_nowhere_else(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    page.footer.not_seen.click()
    page.not_seen.rows["other"].click()
    typed = window_of(page).focusWidget()
    assert typed is page.proof.note
    qtbot.keyClicks(typed, "no pond on site p 3")
    assert not any(sheet.isVisible() for sheet in page.sheets())
    page.flush()
    answer = app.visits.open(visit).states[QUESTION].answer
    assert answer.response is not None
    assert (answer.response.state, answer.response.reason) == ("not_seen", "other")
    assert answer.note is not None
    assert answer.note.text == "no pond on site p 3"


def test_letters_and_digits_do_nothing_while_a_sheet_is_open(qtbot: QtBot, page: WalkPage) -> None:
    page.not_seen.appear()
    for target in (page, page.not_seen.rows["no_access"]):
        for key in (Qt.Key.Key_F, Qt.Key.Key_N, Qt.Key.Key_2):
            qtbot.keyClick(target, key)
    assert [sheet for sheet in page.sheets() if sheet.isVisible()] == [page.not_seen]
    assert page.presenter.state().answer.response is None


def test_page_keys_go_on_and_back_after_a_tap_on_a_level(qtbot: QtBot, page: WalkPage) -> None:
    level = page.card.answer.first()
    assert level is not None
    here = page.presenter.place.at
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        level.setFocus()
        qtbot.keyClick(level, key)
        assert (page.presenter.place.at == here) == (key == Qt.Key.Key_PageUp)
        settle()
        level = page.card.answer.first()
        assert level is not None


def test_the_area_that_is_shown_stays_in_sight_in_another_language(page: WalkPage) -> None:
    last = page.presenter.way.stops[-1]
    page.presenter.pick_area(last.area_id)
    settle()
    words = None
    for spoken in ("fr_CA", "es_MX", "en_US"):
        page.areas.scrollToTop()
        words = speak(application(), spoken, words)
        settle()
        shown = page.areas.visualRect(page.areas.currentIndex())
        assert page.areas.viewport().rect().contains(shown)
