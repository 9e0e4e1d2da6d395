"""Home: what it gathers, what it shows, where it leads."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.services.views import OnlyHere
from tests.helpers.ui import InlineTasks, KeptNotices, settle
from tests.helpers.ui_cards import FakeStatus, FakeSyncing, FakeVisits, plant, signed_visit, visit
from tests.helpers.ui_pages import home_page, some_visits
from ui.i18n.qt import speak
from ui.pages.home.page import build
from ui.pages.home.presenter import current_of, route_of
from ui.pages.home.words import about, where
from ui.ports import Tools
from ui.routes import Home, NewVisit, Sign, Walk

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_visit_to_continue_is_the_one_begun_last() -> None:
    old, new = visit("Lima"), visit("Saltillo", started_at=LATER)
    assert current_of((signed_visit(), old, new)) is new
    assert current_of((signed_visit(), visit(state="prepared"))) is None


def test_where_a_visit_goes_on() -> None:
    card = visit()
    assert route_of(card) == Walk(card.assessment_id, "CHEM-STO-02")
    done = visit(resume_question=None, resume_area=None, resume_place=None)
    assert route_of(done) == Sign(done.assessment_id)
    assert route_of(signed_visit()) == Sign(signed_visit().assessment_id)
    fresh = visit(state="prepared", done=0, resume_question=None)
    assert route_of(fresh) == Walk(fresh.assessment_id)


def test_home_shows_what_is_there(qtbot: QtBot) -> None:
    page = home_page()
    qtbot.addWidget(page)
    page.open(Home())
    assert page.hero.button.accessibleName() == "Continue the walk"
    assert page.others.model().rowCount() == 2
    assert not page.hero.isHidden()
    assert page.empty.isHidden()


def test_an_empty_home_offers_to_start(qtbot: QtBot) -> None:
    page = home_page(FakeVisits())
    qtbot.addWidget(page)
    page.open(Home())
    assert page.hero.isHidden()
    assert page.empty.action is not None
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == [NewVisit()]


def test_one_press_continues_the_walk(qtbot: QtBot) -> None:
    page = home_page()
    qtbot.addWidget(page)
    page.open(Home())
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.hero.button, Qt.MouseButton.LeftButton)
    assert asked.args == [Walk(visit().assessment_id, "CHEM-STO-02")]


def test_another_visit_opens_from_the_list_by_keys(qtbot: QtBot) -> None:
    page = home_page()
    qtbot.addWidget(page)
    page.open(Home())
    with qtbot.waitSignal(page.go) as asked:
        qtbot.keyClick(page.others, Qt.Key.Key_Down)
        qtbot.keyClick(page.others, Qt.Key.Key_Return)
    assert asked.args == [Sign(signed_visit().assessment_id)]


def test_sending_says_what_came_of_it_and_looks_again(qtbot: QtBot) -> None:
    notices, syncing = KeptNotices(), FakeSyncing()
    app = SimpleNamespace(visits=some_visits(), status=FakeStatus(), syncing=syncing)
    page = build(Tools(app, InlineTasks(), notices, None))  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.open(Home())
    qtbot.mouseClick(page.only_here.button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert syncing.runs == 1
    assert len(notices.confirmed) == 1


def test_sending_without_a_network_is_no_drama(qtbot: QtBot) -> None:
    syncing = FakeSyncing(trouble=KnownError("no_network", msg("Settings")))
    page = home_page(syncing=syncing)
    qtbot.addWidget(page)
    page.open(Home())
    qtbot.mouseClick(page.only_here.button, Qt.MouseButton.LeftButton)
    assert page.only_here.button.isEnabled()
    assert page.only_here.button.accessibleName() == "Send now"


def test_a_home_that_cannot_be_read_says_so(qtbot: QtBot) -> None:
    trouble = KnownError("torn", msg("Settings"))
    page = home_page(FakeVisits(trouble=trouble))
    qtbot.addWidget(page)
    page.open(Home())
    assert page._notices.errors == [trouble]  # type: ignore[attr-defined]


def test_when_all_is_at_the_endpoint_there_is_nothing_to_send(qtbot: QtBot) -> None:
    page = home_page(status=FakeStatus(only=OnlyHere(answers=0, photos=0, changes=0)))
    qtbot.addWidget(page)
    page.open(Home())
    assert page.only_here.button.isHidden()


def test_sentences_about_visits_follow_language_and_zone(qapp: QApplication) -> None:
    late = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    card = signed_visit(closed_at=late)
    assert about(card) == "Signed on Nov 19, 2026 · GA-CA-K7QP-0003"
    assert about(visit(conflicts=1)).endswith("1 conflict")
    assert about(visit(state="prepared")).startswith("Prepared")
    speak(qapp, "fr_CA")
    assert where(visit()) == "Entrepôt et mélange de produits · question 12 de 20"
    assert about(card).startswith("Signée le 19 nov. 2026")


def test_home_says_its_dates_anew(qapp: QApplication, qtbot: QtBot) -> None:
    page = home_page(FakeVisits((visit(plant=plant("Lerma")),)))
    qtbot.addWidget(page)
    page.open(Home())
    speak(qapp, "es_MX")
    settle()
    assert page._day.text() == "Lunes 23 de noviembre"
    assert page.hero.button.accessibleName() == "Continuar el recorrido"
