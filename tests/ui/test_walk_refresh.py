"""A synchronisation brings something while the walk is open: it shows, and what is being written here stays."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App, open_home
from tests.helpers.apps import REPRESENTATIVE, hand, level
from tests.helpers.ui import settle
from tests.helpers.ui_visit import shown_walk, walk_page
from ui.main_window.window import MainWindow
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.page import WalkPage
from ui.routes import Walk

QUESTION, NUMBER = "CHEM-STO-02", "ENER-CAS-02"


@pytest.fixture
def other(app: App) -> Iterator[App]:
    """Who writes what the synchronisation brings."""
    made = open_home(app.context.home)
    yield made
    made.close()


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


def synchronised(app: App, page: WalkPage) -> None:
    """What the window does when a synchronisation has brought something."""
    app.desk.forget()
    window = page.window()
    assert isinstance(window, MainWindow)
    window.refresh()
    settle()


def test_what_came_shows_without_a_step(app: App, other: App, visit: UUID, page: WalkPage) -> None:
    other.walk.answer(assessment_id=visit, question_id=QUESTION, response=level(3))
    other.walk.note(assessment_id=visit, question_id=QUESTION, text="Dike intact", language="en")
    synchronised(app, page)
    assert page.presenter.state().answer.response == level(3)
    assert page.proof.note.toPlainText() == "Dike intact"


def test_what_is_being_typed_stays_and_what_came_is_kept_beside_it(
    qtbot: QtBot, app: App, other: App, visit: UUID, page: WalkPage
) -> None:
    note = page.proof.note
    note.setFocus()
    qtbot.keyClicks(note, "Dike cra")
    other.walk.note(assessment_id=visit, question_id=QUESTION, text="Dike intact", language="en")
    synchronised(app, page)
    assert note.hasFocus()
    qtbot.keyClicks(note, "cked")
    note.flush()
    assert note.toPlainText() == "Dike cracked"
    state = app.visits.open(visit).states[QUESTION]
    said = {head.fields["note"]["text"] for conflict in state.conflicts for head in conflict.heads}
    assert said == {"Dike cracked", "Dike intact"}


def test_a_field_with_the_focus_in_which_nothing_was_typed_shows_what_came(
    app: App, other: App, visit: UUID, page: WalkPage
) -> None:
    page.proof.note.setFocus()
    other.walk.note(assessment_id=visit, question_id=QUESTION, text="Dike intact", language="en")
    synchronised(app, page)
    assert page.proof.note.toPlainText() == "Dike intact"
    assert page.proof.note.hasFocus()


def test_a_sheet_that_is_written_on_holds_it_back_until_it_is_put_away(
    app: App, other: App, visit: UUID, page: WalkPage
) -> None:
    page.finding.ask(QUESTION)
    other.walk.answer(assessment_id=visit, question_id=QUESTION, response=level(3))
    synchronised(app, page)
    assert page.finding.isVisible()
    assert page.presenter.state().answer.response is None
    page.finding.put_away()
    assert page.presenter.state().answer.response == level(3)


def test_an_answer_given_before_it_showed_is_a_conflict(
    app: App, other: App, visit: UUID, page: WalkPage
) -> None:
    other.walk.answer(assessment_id=visit, question_id=QUESTION, response=level(3))
    app.desk.forget()
    page.presenter.answer(lambda _before: Response(level=1))
    (conflict,) = page.presenter.state().conflicts
    assert {head.fields["response"]["level"] for head in conflict.heads} == {1, 3}


def test_a_visit_that_was_signed_elsewhere_is_closed_here(
    app: App, other: App, visit: UUID, page: WalkPage
) -> None:
    assert page.is_editable()
    other.walk.answer(assessment_id=visit, question_id=QUESTION, response=level(2))
    other.walk.answer(
        assessment_id=visit, question_id="FOUN-PRO-03", response=Response(options=("plant_only",))
    )
    signatures = {"assessor": hand("a"), "representative": REPRESENTATIVE, "representative_drawn": hand("b")}
    other.closing.sign(assessment_id=visit, language="es", **signatures)  # type: ignore[arg-type]
    synchronised(app, page)
    assert not page.is_editable()


def test_a_page_on_which_no_visit_is_open_has_nothing_to_read(app: App) -> None:
    made = walk_page(app)
    made.refresh()
    assert not made.presenter.is_open
    made.deleteLater()


def test_what_could_not_be_read_stays_when_something_else_is_saved(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    profile = Response(options=("compressed_air",))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-02", response=profile)
    page.open(Walk(visit, NUMBER))
    editor = page.card.answer.editor("cuts")
    assert isinstance(editor, NumberEditor)
    editor.entry.setFocus()
    qtbot.keyClicks(editor.entry, "about 5")
    page.proof.note.setFocus()
    qtbot.mouseClick(page.proof.grades[2], Qt.MouseButton.LeftButton)
    assert editor.entry.text() == "about 5"
    assert editor.entry.property("wrong")
    qtbot.keyClick(editor.entry, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor.entry, "7")
    page.flush()
    response = app.visits.open(visit).states[NUMBER].answer.response
    assert response is not None
    assert response.quantity is not None
    assert response.quantity.entered == "7"
