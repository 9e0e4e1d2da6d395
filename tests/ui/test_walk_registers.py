"""Registers on the card: rows as a table, each row a form whose cells are saved as they are given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import NOTHING_TO_LIST, Quantity, Response
from greenaudit.domain.checklists import OptionsAnswer
from greenaudit.domain.inventory import RegisterRow
from greenaudit.services.opening import App
from tests.helpers.ui import application, assert_fits, settle
from tests.helpers.ui_visit import shown_walk, walk_page
from ui.main_window.preferences import WindowPreferences
from ui.models.table import TableModel
from ui.pages.walk.editors.cells import FieldCell, WordCell
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.editors.register import RegisterEditor
from ui.pages.walk.page import WalkPage
from ui.routes import Walk

REGISTER = "CHEM-INV-01"


@pytest.fixture
def page(app: App, visit: UUID) -> Iterator[WalkPage]:
    """The walk in its window, at the register."""
    made = walk_page(app)
    window = shown_walk(made, visit, REGISTER)
    yield made
    window.close()
    window.deleteLater()
    settle()


def rows(app: App, visit: UUID) -> tuple[RegisterRow, ...]:
    return app.visits.open(visit).states[REGISTER].rows


def register(page: WalkPage) -> RegisterEditor:
    editor = page.card.answer.editor("register")
    assert isinstance(editor, RegisterEditor)
    return editor


def field(page: WalkPage, column: str) -> QLineEdit:
    cell = page.row.cells.cells[column]
    assert isinstance(cell, FieldCell)
    return cell.field.input


def add(app: App, visit: UUID, **cells: str) -> None:
    app.walk.add_row(assessment_id=visit, question_id=REGISTER, cells=cells, locale="en_US", unfinished=True)


def test_an_empty_register_says_what_to_do(page: WalkPage) -> None:
    editor = register(page)
    assert not editor.table.isVisible()
    assert editor.add.isVisible()
    assert editor.nothing.isVisible()


def test_cells_of_a_new_row_are_saved_as_they_are_given(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    qtbot.mouseClick(register(page).add, Qt.MouseButton.LeftButton)
    assert field(page, "product").hasFocus()
    qtbot.keyClicks(field(page, "product"), "Thinner X-40")
    qtbot.keyClick(field(page, "product"), Qt.Key.Key_Tab)
    assert [row.cells for row in rows(app, visit)] == [{"product": "Thinner X-40"}]
    qtbot.keyClicks(field(page, "max_on_site"), "1240")
    state = page.row.cells.cells["state"]
    assert isinstance(state, WordCell)
    qtbot.mouseClick(state.words.buttons()[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.row.done, Qt.MouseButton.LeftButton)
    assert not page.row.isVisible()
    (row,) = rows(app, visit)
    assert row.cells["max_on_site"] == "1240 kg"
    assert "state" in row.cells
    model = register(page).table.model()
    assert model.index(0, 1).data() == "Thinner X-40"
    assert model.index(0, 7).data() == "1,240"


def test_another_row_follows_without_leaving_the_form(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    qtbot.mouseClick(register(page).add, Qt.MouseButton.LeftButton)
    for name in ("Thinner", "Hardener"):
        qtbot.keyClicks(field(page, "product"), name)
        qtbot.mouseClick(page.row.another, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.row, Qt.Key.Key_Escape)
    assert [row.cells["product"] for row in rows(app, visit)] == ["Thinner", "Hardener"]


def test_a_row_opens_by_tap_and_by_enter_and_is_changed(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    add(app, visit, product="Thinner", yearly_use="9800")
    page.presenter.open(Walk(visit, REGISTER))
    table = register(page).table
    settle()
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field(page, "yearly_use").text() == "9,800"
    field(page, "yearly_use").selectAll()
    qtbot.keyClicks(field(page, "yearly_use"), "9900.5")
    qtbot.mouseClick(page.row.done, Qt.MouseButton.LeftButton)
    assert rows(app, visit)[0].cells == {"product": "Thinner", "yearly_use": "9900.5 kg"}
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.row.isVisible()


def test_a_row_is_taken_off_by_its_button_or_by_emptying_it(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    add(app, visit, product="Thinner")
    add(app, visit, product="Hardener")
    page.presenter.open(Walk(visit, REGISTER))
    table = register(page).table
    table.picked.emit(table.model().index(0, 0).data(TableModel.VALUE))
    qtbot.mouseClick(page.row.remove, Qt.MouseButton.LeftButton)
    assert [row.cells["product"] for row in rows(app, visit)] == ["Hardener"]
    table.picked.emit(table.model().index(0, 0).data(TableModel.VALUE))
    field(page, "product").clear()
    qtbot.mouseClick(page.row.done, Qt.MouseButton.LeftButton)
    assert rows(app, visit) == ()


def test_nothing_to_list_is_an_answer_and_can_be_taken_back(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    qtbot.mouseClick(register(page).nothing, Qt.MouseButton.LeftButton)
    response = app.visits.open(visit).states[REGISTER].answer.response
    assert response is not None
    assert response.options == (NOTHING_TO_LIST,)
    qtbot.mouseClick(register(page).nothing, Qt.MouseButton.LeftButton)
    assert app.visits.open(visit).states[REGISTER].answer.response is None


def test_a_number_that_cannot_be_read_stays_as_typed(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    qtbot.mouseClick(register(page).add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field(page, "product"), "Thinner")
    field(page, "yearly_use").setFocus()
    qtbot.keyClicks(field(page, "yearly_use"), "about ten")
    qtbot.keyClick(field(page, "yearly_use"), Qt.Key.Key_Tab)
    assert field(page, "yearly_use").text() == "about ten"
    assert field(page, "yearly_use").accessibleDescription()
    assert rows(app, visit)[0].cells == {"product": "Thinner"}


def test_units_read_in_the_readers_language(app: App, visit: UUID, page: WalkPage) -> None:
    everything = app.packs.shipped().by_id["FOUN-PRO-02"].answer
    assert isinstance(everything, OptionsAnswer)
    plant = Response(options=tuple(option.id for option in everything.options))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-02", response=plant)
    quantity = Quantity(value=Decimal("15.5"), unit="kg VOC/yr", entered="15.5")
    app.walk.answer(assessment_id=visit, question_id="CHEM-REL-02", response=Response(quantity=quantity))
    page.presenter.open(Walk(visit, "CHEM-REL-02"))
    WindowPreferences(application()).choose_locale("fr_CA")
    settle()
    editor = page.card.answer.editor(page.presenter.state().question.answer.kind)
    assert isinstance(editor, NumberEditor)
    assert "kg COV/an" in editor.entry.accessibleName()
    assert "15,5\u00a0kg COV/an" in editor.entry.accessibleDescription()
    found = app.visits.open(visit).states["CHEM-REL-02"].answer.response
    assert found is not None
    assert found.quantity == quantity


def test_a_register_fits(app: App, visit: UUID) -> None:
    for number in range(9):
        add(app, visit, product=f"Nickel sulfamate solution {number}", yearly_use="12345.5")
    assert_fits(lambda: walk_page(app), Walk(visit, REGISTER))
