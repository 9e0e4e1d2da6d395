"""Tables in a full visit: columns that stand still, cards, rows that come back, limits said before and after typing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from greenaudit.domain.checklists import Checklist, Column, Limits, NumberAnswer, Remark, TableAnswer
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from tests.helpers.checklists import text
from tests.helpers.ui import settle
from tests.helpers.ui_visit import shown_walk, started, walk_page
from ui.models.table import TableModel
from ui.models.tree import TreeModel
from ui.pages.walk.editors.cells import FieldCell, label_of
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.editors.register import RegisterEditor
from ui.pages.walk.expected import expected, outside
from ui.pages.walk.page import WalkPage
from ui.routes import Walk

REGISTER, NUMBER = "CHEM-INV-01", "CHEM-SUB-01"
SHARE = Column(
    id="share", label=text("Share"), kind="number", unit="%", least=Decimal(0), most=Decimal(100),
    required=True, hint=text("Of the weight."),
)  # fmt: skip
bounds = st.none() | st.integers(-50, 50).map(Decimal)


@pytest.fixture
def visit(app: App) -> UUID:
    made = started(app)
    for number in range(3):
        app.walk.add_row(
            assessment_id=made, question_id=REGISTER, cells={"product": f"Paint {number}"}, locale="en_US",
            unfinished=True,
        )  # fmt: skip
    return made


@pytest.fixture
def page(app: App, visit: UUID) -> Iterator[WalkPage]:
    made = walk_page(app)
    shown_walk(made, visit, REGISTER)
    settle()
    yield made
    closed(made)


def closed(page: WalkPage) -> None:
    window = page.window()
    page.close_page()
    window.close()
    window.deleteLater()
    settle()


def register(page: WalkPage) -> RegisterEditor:
    editor = page.card.answer.editor("register")
    assert isinstance(editor, RegisterEditor)
    return editor


def products(app: App, visit: UUID) -> list[str]:
    return [row.cells["product"] for row in app.visits.open(visit).states[REGISTER].rows]


def focused(page: WalkPage) -> QWidget | None:
    return page.window().focusWidget()


def test_the_first_columns_stay_in_sight(page: WalkPage) -> None:
    table = register(page).table
    frozen = table._frozen
    assert frozen is not None
    assert frozen.isVisible()
    assert not frozen.isColumnHidden(1)
    assert frozen.isColumnHidden(2)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    settle()
    assert table.columnViewportPosition(1) < 0
    assert frozen.columnViewportPosition(1) > 0
    table.setCurrentIndex(table.model().index(0, 2))
    assert table.visualRect(table.currentIndex()).left() >= frozen.width_shown() - 1


def test_a_row_that_lacks_something_says_so_where_it_stays_in_sight(
    app: App, visit: UUID, page: WalkPage
) -> None:
    state = app.visits.open(visit).states[REGISTER]
    assert isinstance(state.question.answer, TableAnswer)
    model = register(page).table.model()
    needed = [k for k, column in enumerate(state.question.answer.columns, start=1) if column.required]
    empty = [k for k in needed if not model.index(0, k).data()]
    assert empty
    assert all(model.index(0, k).data(TableModel.TONE) == "warn" for k in (0, *empty))


def test_a_narrow_window_shows_a_card_a_row(qtbot: QtBot, app: App, visit: UUID, page: WalkPage) -> None:
    page.window().resize(640, 960)
    settle()
    editor = register(page)
    assert editor.cards.isVisible()
    assert not editor.table.isVisible()
    spoken = editor.cards.model().index(1, 0).data(Qt.ItemDataRole.DisplayRole)
    assert "Paint 1" in str(spoken)
    assert "To be filled in" in str(spoken)
    editor.cards.setCurrentIndex(editor.cards.model().index(1, 0))
    qtbot.keyClick(editor.cards, Qt.Key.Key_Return)
    assert page.row.isVisible()
    qtbot.keyClick(page.row, Qt.Key.Key_Escape)
    qtbot.keyClick(editor.cards, Qt.Key.Key_Delete)
    assert products(app, visit) == ["Paint 0", "Paint 2"]
    value = editor.cards.currentIndex().data(TreeModel.VALUE)
    assert value.cells["product"] == "Paint 2"


def test_a_row_taken_off_leaves_the_focus_on_the_next_and_comes_back(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    editor = register(page)
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.table.model().index(1, 1))
    qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert products(app, visit) == ["Paint 0", "Paint 2"]
    assert focused(page) is editor.table
    assert editor.table.currentIndex().data() == "Paint 2"
    assert editor.gone.isVisible()
    qtbot.mouseClick(editor.bring_back, Qt.MouseButton.LeftButton)
    assert products(app, visit) == ["Paint 0", "Paint 1", "Paint 2"]
    assert not editor.gone.isVisible()


def test_the_last_row_leaves_the_focus_where_the_next_begins(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    editor = register(page)
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.table.model().index(2, 1))
    for _ in range(3):
        qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert products(app, visit) == []
    assert focused(page) is editor.add


def test_the_sheet_of_a_row_gives_the_focus_to_the_table(
    qtbot: QtBot, app: App, visit: UUID, page: WalkPage
) -> None:
    table = register(page).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.mouseClick(page.row.remove, Qt.MouseButton.LeftButton)
    assert products(app, visit) == ["Paint 1", "Paint 2"]
    assert focused(page) is table
    assert table.currentIndex().data() == "Paint 1"


def test_a_row_with_something_unread_stays_open(qtbot: QtBot, app: App, visit: UUID, page: WalkPage) -> None:
    table = register(page).table
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    cell = page.row.cells.cells["yearly_use"]
    assert isinstance(cell, FieldCell)
    cell.field.input.setText("about ten")
    qtbot.mouseClick(page.row.done, Qt.MouseButton.LeftButton)
    assert page.row.isVisible()
    assert cell.field.input.hasFocus()
    page.dismiss_sheets()  # the page is left all the same: what was typed waits
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    again = page.row.cells.cells["yearly_use"]
    assert isinstance(again, FieldCell)
    assert again.field.text() == "about ten"
    assert again.field.input.accessibleDescription()
    again.field.input.setText("10")
    qtbot.mouseClick(page.row.done, Qt.MouseButton.LeftButton)
    assert not page.row.isVisible()
    assert app.visits.open(visit).states[REGISTER].rows[0].cells["yearly_use"] == "10 kg"


def test_a_cell_says_what_it_wants_and_what_is_odd(qtbot: QtBot) -> None:
    cell = FieldCell(label_of(SHARE, "%"), "number", SHARE)
    qtbot.addWidget(cell)
    cell.show()
    kept: list[str] = []
    cell.changed.connect(kept.append)
    assert "needed" in cell.field.input.accessibleName()
    assert "From 0 to 100." in cell.field._hint.text()
    assert "Of the weight." in cell.field._hint.text()
    qtbot.keyClicks(cell.field.input, "120")
    cell.flush()
    assert kept == ["120"]
    assert "more than 100" in cell.field.input.accessibleDescription()
    cell.field.input.clear()
    qtbot.keyClicks(cell.field.input, "12")
    cell.flush()
    assert kept == ["120", "12"]
    assert cell.field.input.accessibleDescription() == ""


@given(bounds, bounds, st.booleans(), st.decimals(-80, 80, places=1))
def test_what_is_outside_is_said_exactly_where_it_is_unexpected(
    least: Decimal | None, most: Decimal | None, whole: bool, value: Decimal
) -> None:
    limits = Limits(least=least, most=most, whole=whole)
    assert (outside(limits, value) is None) == limits.expects(value)
    assert (expected(limits) is None) == (limits == Limits())


def test_numbers_cells_and_notes_of_an_imported_form(qtbot: QtBot, app: App) -> None:
    checklist = form_of(app.packs.shipped())
    app.packs._shipped = checklist
    app.packs._loaded[checklist.sha256] = checklist
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=checklist.sha256)
    page = walk_page(app)
    shown_walk(page, visit, NUMBER)
    editor = page.card.answer.editor("number")
    assert isinstance(editor, NumberEditor)
    assert editor._expected.text() == "A whole number from 1 to 50."
    assert page.card._required.isVisible()
    assert page.card.before.isVisible()
    assert page.card.after.isVisible()
    qtbot.keyClicks(editor.entry, "70")
    assert editor.doubt.isVisible()
    assert "more than 50" in editor.doubt.sentence.text()
    qtbot.keyClicks(editor.entry, "x")
    page.step_on()
    page.presenter.go_to(NUMBER)
    assert editor.entry.text() == "70x"
    assert editor.entry.property("wrong")
    closed(page)


def form_of(shipped: Checklist) -> Checklist:
    """The shipped checklist with a number question as an imported form has it: limits, required, notes around it."""
    number = shipped.by_id[NUMBER].model_copy(
        update={
            "answer": NumberAnswer(unit="kg", whole=True, least=Decimal(1), most=Decimal(50)),
            "required": True,
            "when": "",
            "remarks": (
                Remark(id="r1", text=text("Read this first")),
                Remark(id="r2", text=text("Afterwards"), after=True),
            ),
        }
    )
    questions = tuple(number if question.id == NUMBER else question for question in shipped.questions)
    return shipped.model_copy(update={"questions": questions, "version": "9.0"})


def test_the_models_of_both_views_hold(app: App, visit: UUID, page: WalkPage) -> None:
    editor = register(page)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(view.model(), mode) for view in (editor.table, editor.cards)]
    page.presenter.open(Walk(visit, REGISTER))
    assert editor.table.model().rowCount(QModelIndex()) == len(products(app, visit)) == 3
    answer = page.presenter.state().question.answer
    assert isinstance(answer, TableAnswer)
    assert testers
