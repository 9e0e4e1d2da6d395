"""Home: what it gathers, what it shows, where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.services.views import OnlyHere
from tests.helpers.ui import KeptSending, settle
from tests.helpers.ui_cards import FakeStatus, FakeVisits, checklist_card, plant, signed_visit, visit
from tests.helpers.ui_pages import OFFER, full_home, home_page, some_visits
from ui.i18n.qt import speak
from ui.pages.home.presenter import current_of, route_of
from ui.pages.home.words import about, where
from ui.ports import SendingState
from ui.routes import Compare, Home, NewVisit, Settings, Sign, Walk

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


def test_an_empty_home_that_is_not_enrolled_leads_to_where_one_enrols(qtbot: QtBot) -> None:
    page = home_page(FakeVisits(), sending=KeptSending(SendingState()))
    qtbot.addWidget(page)
    page.open(Home())
    assert page.empty.isHidden()
    assert page.enrol.action is not None
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.enrol.action, Qt.MouseButton.LeftButton)
    assert asked.args == [Settings("endpoint")]
    page.show_sending(SendingState(enrolled=True))
    assert page.enrol.isHidden()
    assert not page.empty.isHidden()


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


def test_a_press_sends_and_home_looks_again_when_it_is_done(qtbot: QtBot) -> None:
    sending, visits = KeptSending(), some_visits()
    page = home_page(visits, sending=sending)
    qtbot.addWidget(page)
    page.open(Home())
    qtbot.mouseClick(page.only_here.button, Qt.MouseButton.LeftButton)
    assert sending.sent == 1
    sending.stand(SendingState(enrolled=True, busy=True))
    assert not page.only_here.button.isEnabled()
    visits.cards = ()
    sending.stand(SendingState(enrolled=True, last="10:42"))
    assert page.only_here.button.isEnabled()
    assert page.hero.isHidden(), "what came is shown"


def test_home_says_how_what_is_here_leaves(qtbot: QtBot) -> None:
    sending = KeptSending()
    page = home_page(sending=sending)
    qtbot.addWidget(page)
    page.open(Home())
    assert "by themselves" in page.only_here._words.text()
    sending.stand(SendingState(enrolled=True, by_itself=False))
    assert "Send them when" in page.only_here._words.text()
    sending.stand(SendingState(enrolled=True, trouble=msg("Settings")))
    assert page.only_here._trouble.text() == "Settings"
    assert not page._notices.errors, "no drama"  # type: ignore[attr-defined]


def test_a_device_that_is_not_enrolled_is_led_to_where_one_enrols(qtbot: QtBot) -> None:
    page = home_page(sending=KeptSending(SendingState()))
    qtbot.addWidget(page)
    page.open(Home())
    assert page.only_here.button.accessibleName() == "Enrol this device"
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.only_here.button, Qt.MouseButton.LeftButton)
    assert asked.args == [Settings("endpoint")]


def test_conflicts_stand_on_the_card_and_lead_to_their_question(qtbot: QtBot) -> None:
    page = full_home()
    qtbot.addWidget(page)
    page.open(Home())
    assert page.hero.conflict_button.accessibleName() == "Look at 2 conflicts"
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.hero.conflict_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Walk(visit().assessment_id, "CHEM-STO-02")]


def test_a_visit_leads_to_the_one_before_it(qtbot: QtBot) -> None:
    page = full_home()
    qtbot.addWidget(page)
    page.open(Home())
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.hero.compare_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Compare(visit().assessment_id)]
    assert page.compared.model().rowCount() == 1
    assert [place.route for place in page.destinations()] == [
        Compare(visit().assessment_id),
        Compare(signed_visit().assessment_id),
    ]


def test_a_visit_that_cannot_be_opened_says_why_and_is_not_continued(qtbot: QtBot) -> None:
    why = msg("Settings")
    page = home_page(FakeVisits((visit(trouble=why), visit("Lima", done=1))))
    qtbot.addWidget(page)
    page.open(Home())
    assert page.hero._plant.text() == "Lima"
    assert about(visit(trouble=why)) == "Settings"
    page.others.picked.emit(visit(trouble=why))
    assert page._notices.errors[0].message == why  # type: ignore[attr-defined]


def test_a_visit_that_has_not_begun_may_take_a_later_checklist(qtbot: QtBot) -> None:
    prepared = visit(state="prepared", done=0, newer=checklist_card(version="1.1"))
    visits = FakeVisits((prepared,), offered=OFFER)
    page = home_page(visits)
    qtbot.addWidget(page)
    page.show()
    page.open(Home())
    assert about(prepared).endswith("checklist 1.1 is here")
    page.others.picked.emit(prepared)
    assert page.offer.isVisible()
    with qtbot.waitSignal(page.go) as asked:
        page.offer.keep_button.click()
    assert asked.args == [Walk(prepared.assessment_id, "CHEM-STO-02")]
    assert not visits.updated
    page.others.picked.emit(prepared)
    with qtbot.waitSignal(page.go) as asked:
        page.offer.use_button.click()
    assert (asked.args, visits.updated) == ([Walk(prepared.assessment_id)], [OFFER.card.sha256])
    visits.offered = None
    with qtbot.waitSignal(page.go):
        page.others.picked.emit(prepared)


def test_the_sample_says_that_it_is_one(qtbot: QtBot) -> None:
    page, real = full_home(), home_page()
    for each in (page, real):
        qtbot.addWidget(each)
        each.open(Home())
    assert not page._sample.isHidden()
    assert real._sample.isHidden()


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
    assert about(visit(kind="rapid")).endswith("rapid")
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
