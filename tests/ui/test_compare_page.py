"""A visit beside the one before it: what is shown, and where it leads."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.ids import natural_id
from greenaudit.messages import msg
from tests.helpers.sign import LaterTasks
from tests.helpers.ui import assert_fits, settle
from tests.helpers.ui_compare import FakeCompared, compare_page, compared, question_moved
from ui.i18n.qt import speak
from ui.pages.compare.page import ComparePage
from ui.pages.compare.presenter import ComparePresenter
from ui.pages.compare.rows import signed
from ui.routes import Compare, Sign, Walk
from ui.widgets.texts import Label

ROUTE = Compare(compared().assessment_id)


def written(page: ComparePage) -> str:
    """All that can be read on the page."""
    return " ".join(label.text() for label in page.findChildren(Label) if not label.isHidden())


def test_the_scores_then_and_now_are_shown(qtbot: QtBot) -> None:
    page = compare_page()
    qtbot.addWidget(page)
    page.open(ROUTE)
    text = written(page)
    assert all(figure in text for figure in ("41.2", "55.0", "+13.8"))
    assert "over the 120 questions" in text
    assert page.better.model().rowCount() == 2
    assert page.worse_title.text() == "1 question stands worse"


def test_a_question_leads_into_the_visit(qtbot: QtBot) -> None:
    page = compare_page()
    qtbot.addWidget(page)
    page.open(ROUTE)
    with qtbot.waitSignal(page.go) as asked:
        page.worse.picked.emit(question_moved("CHEM-STO-02", 3, 1))
    assert asked.args == [Walk(compared().assessment_id, "CHEM-STO-02")]
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Walk(compared().assessment_id)]


def test_until_another_visit_is_read_nothing_of_the_one_before_is_shown(qtbot: QtBot) -> None:
    tasks, page = LaterTasks(), compare_page()
    qtbot.addWidget(page)
    other = natural_id("another assessment")
    page.use(ComparePresenter(FakeCompared(compared(assessment_id=other)), tasks, page))
    page.open(ROUTE)
    tasks.work_off()
    assert "55.0" in written(page)
    page.open(Compare(natural_id("a third")))
    assert not page.title.isVisibleTo(page)
    with qtbot.assertNotEmitted(page.go):
        page.presenter.go_on()
    tasks.work_off()
    assert page.title.isVisibleTo(page)
    page.refresh()
    tasks.work_off()
    assert page.title.isVisibleTo(page)


def test_a_signed_visit_leads_to_its_report(qtbot: QtBot) -> None:
    page = compare_page(FakeCompared(compared(finished=True)))
    qtbot.addWidget(page)
    page.open(ROUTE)
    with qtbot.waitSignal(page.go) as asked:
        qtbot.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Sign(compared().assessment_id)]


def test_visits_that_cannot_be_compared_say_why(qtbot: QtBot) -> None:
    page = compare_page(FakeCompared(compared(reason=msg("No question was assessed at both visits."))))
    qtbot.addWidget(page)
    page.open(ROUTE)
    assert "No question was assessed" in written(page)
    assert page._body.isHidden()


def test_what_cannot_be_read_is_said(qtbot: QtBot) -> None:
    page = compare_page(FakeCompared(trouble=KnownError("visit_first", msg("Settings"))))
    qtbot.addWidget(page)
    page.open(ROUTE)
    assert page._notices.errors[0].code == "visit_first"  # type: ignore[attr-defined]
    page.presenter.go_on()
    page.presenter.look_at(question_moved("CHEM-STO-02", 3, 1))


def test_figures_are_said_in_the_language_that_is_on(qapp: QApplication, qtbot: QtBot) -> None:
    assert [signed(Decimal(n)) for n in ("1.5", "-2", "0")] == ["+1.5", "−2.0", "±0.0"]
    page = compare_page()
    qtbot.addWidget(page)
    page.open(ROUTE)
    speak(qapp, "fr_CA")
    settle()
    assert "+13,8" in written(page)


def test_it_fits() -> None:
    assert_fits(compare_page, ROUTE)


def test_the_reason_fits() -> None:
    reason = msg("The earlier visit used another checklist, so the scores can't be compared.")
    assert_fits(lambda: compare_page(FakeCompared(compared(reason=reason))), ROUTE)
