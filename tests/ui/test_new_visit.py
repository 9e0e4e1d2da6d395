"""New visit: what has to be chosen, and that the visit starts with exactly that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.ids import natural_id
from greenaudit.messages import msg
from tests.helpers.ui import settle
from tests.helpers.ui_cards import FakeVisits, checklist_card, plant, plant_card
from tests.helpers.ui_pages import new_visit_page, some_visits
from ui.i18n.qt import speak
from ui.pages.new_visit.plant_rows import about
from ui.pages.new_visit.presenter import Draft
from ui.ports import SendingState
from ui.routes import NewVisit, Settings, Walk

SALTILLO = plant().id


def test_what_is_missing_is_said_in_order() -> None:
    assert str(Draft().missing) == "Choose a plant first."
    assert str(Draft(plant_id=SALTILLO).missing) == "Choose a checklist first."
    assert str(Draft(SALTILLO, "a" * 64, modules=()).missing) == "Choose at least one module."
    assert Draft(SALTILLO, "a" * 64).missing is None


def test_a_visit_starts_with_what_was_chosen(qtbot: QtBot) -> None:
    visits = some_visits()
    page = new_visit_page(visits)
    qtbot.addWidget(page)
    page.open(NewVisit())
    assert not page.start_button.isEnabled()
    page.plants.picked.emit(plant_card())
    qtbot.mouseClick(page.kind.buttons()[1], Qt.MouseButton.LeftButton)
    page.modules["WAST"].click()
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert visits.started == [
        {
            "plant_id": SALTILLO,
            "checklist_sha": "a" * 64,
            "modules": ("CHEM", "ENER", "FOUN"),
            "kind": "rapid",
            "accept": False,
        }
    ]
    assert asked.args == [Walk(natural_id("test assessment", "started"))]


def test_the_only_plant_is_chosen_and_what_it_would_take_is_said(qtbot: QtBot) -> None:
    page = new_visit_page(FakeVisits(plant_cards=(plant_card(),), checklist_cards=(checklist_card(),)))
    qtbot.addWidget(page)
    page.open(NewVisit())
    assert page.start_button.isEnabled()
    assert "136 questions" in page._outlook.text()
    qtbot.mouseClick(page.kind.buttons()[1], Qt.MouseButton.LeftButton)
    assert "40 questions" in page._outlook.text()
    assert "4 h 33" in page._outlook.text()
    page.modules["WAST"].click()
    assert "30 questions" in page._outlook.text()


def test_a_plant_can_be_chosen_before_the_page_opens(qtbot: QtBot) -> None:
    page = new_visit_page()
    qtbot.addWidget(page)
    page.open(NewVisit(SALTILLO))
    assert page.presenter.draft.plant_id == SALTILLO
    assert page.start_button.isEnabled()


def test_with_several_checklists_one_must_be_chosen(qtbot: QtBot) -> None:
    other = checklist_card(sha256="b" * 64, version="2.0")
    visits = FakeVisits(plant_cards=(plant_card(),), checklist_cards=(checklist_card(), other))
    page = new_visit_page(visits)
    qtbot.addWidget(page)
    page.open(NewVisit(SALTILLO))
    assert not page.start_button.isEnabled()
    page._checklist_rows["b" * 64].click()
    assert page.presenter.draft.checklist_sha == "b" * 64
    assert page.start_button.isEnabled()


def test_an_unsigned_checklist_is_used_by_whoever_accepts_it(qtbot: QtBot) -> None:
    other = checklist_card(sha256="b" * 64, version="2.0", standing="unsigned")
    visits = FakeVisits(plant_cards=(plant_card(),), checklist_cards=(checklist_card(), other))
    page = new_visit_page(visits)
    qtbot.addWidget(page)
    page.open(NewVisit(SALTILLO))
    assert page.presenter.draft.checklist_sha == "a" * 64, "the one that is trusted is proposed"
    page._checklist_rows["b" * 64].click()
    assert not page._unsigned.isHidden()
    assert not page.start_button.isEnabled()
    page.accept.click()
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert (visits.started[0]["checklist_sha"], visits.started[0]["accept"]) == ("b" * 64, True)
    page._checklist_rows["a" * 64].click()
    page._checklist_rows["b" * 64].click()
    assert not page.accept.isChecked(), "it is asked anew"


def test_a_checklist_says_whose_word_it_is(qtbot: QtBot) -> None:
    cards = (
        checklist_card(),
        checklist_card(sha256="b" * 64, standing="signed"),
        checklist_card(sha256="c" * 64, standing="unsigned"),
    )
    page = new_visit_page(FakeVisits(plant_cards=(plant_card(),), checklist_cards=cards))
    qtbot.addWidget(page)
    page.open(NewVisit(SALTILLO))
    said = [row.accessibleDescription() for row in page._checklist_rows.values()]
    assert [words.rpartition(" · ")[2] for words in said] == [
        "ships with GreenAudit",
        "signed by your programme",
        "not signed",
    ]


def test_a_start_that_fails_can_be_tried_again(qtbot: QtBot) -> None:
    visits = some_visits()
    page = new_visit_page(visits)
    qtbot.addWidget(page)
    page.open(NewVisit(SALTILLO))
    visits.trouble = KnownError("full", msg("Settings"))
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert page._notices.errors == [visits.trouble]  # type: ignore[attr-defined]
    assert page.start_button.isEnabled()
    visits.trouble = None
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert len(visits.started) == 1


def test_nothing_starts_before_it_may(qtbot: QtBot) -> None:
    visits = some_visits()
    page = new_visit_page(visits)
    qtbot.addWidget(page)
    page.open(NewVisit())
    page.presenter.start()
    assert not visits.started


def test_without_plants_the_page_says_where_they_come_from(qtbot: QtBot) -> None:
    page = new_visit_page(FakeVisits(checklist_cards=(checklist_card(),)))
    qtbot.addWidget(page)
    page.open(NewVisit())
    assert not page.none.isHidden()
    assert page.none.action is not None
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.none.action, Qt.MouseButton.LeftButton)
    assert asked.args == [Settings("endpoint")]
    page.show_sending(SendingState(enrolled=True))
    assert page.none.action.accessibleName() == "Send and receive now"


def test_plants_are_described_in_the_language_that_is_on(qapp: QApplication) -> None:
    assert about(plant_card()).endswith("last visit Jan 14, 2026")
    speak(qapp, "es_MX")
    settle()
    assert about(plant_card(last_visit=None)).endswith("aún sin visitar")
