"""The checklist page: read in three languages, edit a draft, see mistakes as they are typed, publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from greenaudit.messages import msg
from greenaudit.packs import load_checklist
from greenaudit.services.drafts import PackKey
from greenaudit.services.pack_sheets import Spot
from tests.helpers.ui import application, framed, settle
from tests.helpers.ui_checklist import TINY, Desk, checklist_page, write_tiny
from ui.models.tree import TreeModel
from ui.pages.checklist.cells import GrowingEdit
from ui.routes import Checklists

FILE = "CHEM-STO.yaml"
STO = Spot(FILE, "CHEM-STO-01")
SECOND = Spot(FILE, "CHEM-STO-02")
SHIPPED = Checklists("shipped", "", FILE, "CHEM-STO-02")
DRAFT = Checklists("draft", "tiny", FILE, "CHEM-STO-01")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    write_tiny(tmp_path)
    made = checklist_page(tmp_path)
    yield made
    made.page.window().close()
    made.page.window().deleteLater()
    settle()


def shown(desk: Desk, route: Checklists = DRAFT, width: int = 1280) -> Desk:
    """The page in the frame, at a place."""
    window = framed(desk.page, route)
    window.resize(width, 800)
    window.show()
    window.activateWindow()
    settle()
    return desk


def field(desk: Desk, path: str) -> GrowingEdit:
    found = desk.page.sheet.texts.field(path)
    assert isinstance(found, GrowingEdit)
    return found


def rows(desk: Desk) -> list[str]:
    """The spots that the outline shows, in order."""

    def under(parent: QModelIndex) -> list[str]:
        found = []
        for number in range(desk.page.outline.model.rowCount(parent)):
            index = desk.page.outline.model.index(number, 0, parent)
            node = index.data(TreeModel.VALUE)
            found += [node.spot.id or node.spot.file if node.spot else node.module or node.kind]
            found += under(index)
        return found

    return under(QModelIndex())


def test_the_shelf_lists_what_is_on_the_device(desk: Desk) -> None:
    shown(desk, Checklists())
    lines = desk.page.shelf.model.values()
    assert [(line.key.kind, line.id) for line in lines] == [("shipped", "core"), ("draft", "tiny")]
    desk.page.shelf.list.picked.emit(lines[1])
    assert desk.page.presenter.key == TINY


def test_a_question_stands_in_three_languages_side_by_side(desk: Desk) -> None:
    shown(desk, SHIPPED)
    first = desk.page.sheet.texts.rows[0]
    texts = [cell.label.text() for cell in first.cells.values() if cell.isVisible()]
    assert len(texts) == 3
    assert texts[1].startswith("¿La contención")
    assert first.cells["es"].label.accessibleName().startswith("Question, Español: ¿La contención")
    assert not [line for line in desk.page.sheet.texts.rows for cell in line.cells.values() if cell.edit]
    assert desk.page.main_button.accessibleName() == "Make a draft"


def test_with_less_room_a_language_is_read_beside_ones_own(desk: Desk) -> None:
    shown(desk, SHIPPED, width=960)
    row = desk.page.sheet.texts.rows[0]
    assert [language for language, cell in row.cells.items() if cell.isVisible()] == ["en", "es"]
    desk.page.sheet.language.buttons()[2].click()
    assert [language for language, cell in row.cells.items() if cell.isVisible()] == ["en", "fr"]


def test_rows_are_used_again_never_one_a_question(desk: Desk) -> None:
    shown(desk, SHIPPED)
    before = len(desk.page.sheet.texts.rows)
    for _ in range(12):
        desk.page.presenter.step(1)
    assert len(desk.page.sheet.texts.rows) <= before + 6


def test_the_outline_is_a_sound_model(desk: Desk, qtbot: QtBot) -> None:
    shown(desk, SHIPPED)
    tester = QAbstractItemModelTester(
        desk.page.outline.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    desk.page.outline.search.setText("dique")
    desk.page.outline.search.clear()
    tester.deleteLater()


def test_searching_finds_ids_and_texts_in_any_language(desk: Desk, qtbot: QtBot) -> None:
    shown(desk, SHIPPED)
    qtbot.keyClick(desk.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.outline.search.hasFocus()
    qtbot.keyClicks(desk.page.outline.search, "chem-sto-02")
    assert "CHEM-STO-02" in rows(desk)
    assert "CHEM-STO-01" not in rows(desk)
    desk.page.outline.search.setText("CONTENCION vaciado")
    assert not [row for row in rows(desk) if row.startswith("FOUN")]
    desk.page.outline.search.setText("no such words anywhere")
    assert rows(desk) == []
    assert desk.page.outline.none.isVisible()
    desk.page.outline.search.clear()
    assert len(rows(desk)) > 240


def test_arrows_in_the_outline_show_the_next_question(desk: Desk, qtbot: QtBot) -> None:
    shown(desk)
    tree = desk.page.outline.tree
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert desk.page.sheet.texts.rows[0].cells["en"].edit is not None
    assert desk.page.sheet._id.text() == "CHEM-STO-02"
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert desk.page.focusWidget() is desk.page.sheet.texts.rows[0].cells["en"].edit


def test_tab_goes_through_search_tree_facts_texts_and_foot(desk: Desk, qtbot: QtBot) -> None:
    shown(desk)
    page = desk.page
    page.back_button.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    while page.focusWidget() is not page.main_button and len(reached) < 120:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.focusWidget())
    first, last = page.sheet.texts.rows[0], page.sheet.texts.rows[12]
    order = [
        page.export_button, page.outline.search, page.outline.tree, page.sheet.fields.inputs["when"].input,
        first.cells["en"].edit, first.cells["es"].edit, first.cells["fr"].edit, last.cells["fr"].edit,
        page.before_button, page.main_button,
    ]  # fmt: skip
    assert sorted(order, key=reached.index) == order


def test_what_is_typed_is_saved_without_a_button(desk: Desk, qtbot: QtBot) -> None:
    shown(desk)
    edit = field(desk, "why.fr")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Vapeurs.")
    qtbot.waitUntil(lambda: not edit.is_pending())
    assert desk.drafts.checklist(TINY).by_id["CHEM-STO-01"].why.fr == "Vapeurs."
    assert "Saved on this device" in desk.page.saved.text()
    desk.page.sheet.fields.weight.buttons()[3].click()
    desk.page.sheet.fields.critical.click()
    question = desk.drafts.checklist(TINY).by_id["CHEM-STO-01"]
    assert (question.weight, question.critical) == (3, True)


def test_leaving_the_page_saves_what_is_still_in_a_field(desk: Desk) -> None:
    shown(desk)
    field(desk, "text.en").setPlainText("Is it locked?")
    desk.page.sheet.fields.inputs["test.minutes"].input.setText("9")
    desk.page.close_page()
    question = desk.drafts.checklist(TINY).by_id["CHEM-STO-01"]
    assert (question.text.en, question.test.minutes) == ("Is it locked?", 9)


def test_going_to_another_question_saves_the_edit_where_it_belongs(desk: Desk) -> None:
    shown(desk)
    field(desk, "text.en").setPlainText("Is it locked?")
    field(desk, "mistake.en").setPlainText("")
    desk.page.presenter.choose(SECOND)
    first, second = desk.drafts.open(TINY).sheets[-2:]
    assert (first.title.en, second.title.en) == ("Is it locked?", "Is it shut?")
    assert second.text("mistake").en == "Outer size."  # type: ignore[union-attr]
    assert desk.page.sheet._id.text() == "CHEM-STO-02"
    assert not desk.page.sheet.general.isVisible()


def test_a_mistake_stands_at_its_field_and_in_the_count(desk: Desk) -> None:
    shown(desk)
    page = desk.page
    page.presenter.edit(STO, "text.es", "")
    page.presenter.edit(SECOND, "when", "P_PAINT and")
    assert page.problem_button.accessibleName() == "2 problems"
    cell = page.sheet.texts.rows[0].cells["es"]
    assert cell.problem.isVisible()
    assert cell.edit is not None
    assert cell.edit.accessibleDescription() == "This text is blank."
    assert not page.sheet.texts.rows[0].cells["en"].problem.isVisible()
    page.presenter.edit(STO, "text.es", "¿Está cerrado?")
    assert not cell.problem.isVisible()
    assert page.problem_button.accessibleName() == "1 problem"


def test_a_jump_goes_from_problem_to_problem(desk: Desk, qtbot: QtBot) -> None:
    shown(desk)
    desk.page.presenter.edit(STO, "levels.4.fr", "")
    desk.page.presenter.edit(SECOND, "when", "P_PAINT and")
    desk.page.presenter.choose(STO)
    qtbot.keyClick(desk.page, Qt.Key.Key_F8)
    settle()
    assert desk.page.sheet._id.text() == "CHEM-STO-02"
    assert desk.page.focusWidget() is desk.page.sheet.fields.inputs["when"].input
    qtbot.keyClick(desk.page, Qt.Key.Key_F8)
    settle()
    assert desk.page.focusWidget() is field(desk, "levels.4.fr")


def test_the_list_of_problems_leads_to_each(desk: Desk) -> None:
    shown(desk, width=960)
    desk.page.presenter.edit(SECOND, "why.es", "")
    desk.page.problem_button.click()
    assert desk.page.problems.title.text() == "1 problem"
    desk.page.problems.list.picked.emit(desk.page.problems.model.values()[0])
    settle()
    assert desk.page.sheet.language.value() == "es"
    assert desk.page.focusWidget() is field(desk, "why.es")


def test_what_cannot_be_kept_stays_in_its_field_with_the_reason(desk: Desk) -> None:
    shown(desk)
    desk.page.presenter.edit(STO, "why.en", "Be\u200bcause")
    assert desk.page.problem_button.accessibleName() == "1 problem"
    desk.page.presenter.choose(SECOND)
    desk.page.presenter.choose(STO)
    assert field(desk, "why.en").toPlainText() == "Be\u200bcause"
    assert "hides or reorders" in field(desk, "why.en").accessibleDescription()
    field(desk, "why.en").setPlainText("Fumes.")
    desk.page.close_page()
    assert desk.drafts.checklist(TINY).by_id["CHEM-STO-01"].why.en == "Fumes."
    assert desk.page.problem_button.isHidden()


def test_another_windows_edit_is_shown_before_it_is_replaced(desk: Desk) -> None:
    shown(desk)
    desk.drafts.edit(TINY, STO, "why.en", "Theirs.", "Because.")
    field(desk, "why.en").setPlainText("Mine.")
    desk.page.close_page()
    assert "it now says: Theirs." in field(desk, "why.en").accessibleDescription()
    assert field(desk, "why.en").toPlainText() == "Mine."
    field(desk, "why.en").setPlainText("Mine, still.")
    desk.page.close_page()
    assert desk.drafts.checklist(TINY).by_id["CHEM-STO-01"].why.en == "Mine, still."


def test_a_draft_is_made_published_and_listed(desk: Desk) -> None:
    shown(desk, SHIPPED)
    page = desk.page
    page.main_button.click()
    assert page.presenter.key == PackKey("draft", "core")
    assert page.sheet._id.text() == "CHEM-STO-02"
    page.presenter.edit(Spot(FILE, "CHEM-STO-02"), "weight", "1")
    assert page.state.text() == "Draft, becomes 2.0"
    page.main_button.click()
    assert page.publishing.isVisible()
    assert "2.0" in page.publishing.version.text()
    page.publishing.button.click()
    (published,) = desk.drafts.published()
    assert load_checklist(published.path).by_id["CHEM-STO-02"].weight == 1
    assert "not signed" in str(desk.notices.confirmed[-1])
    page.back_button.click()
    assert [line.key.kind for line in page.shelf.model.values()][-1] == "published"


def test_publishing_with_problems_shows_them_instead(desk: Desk) -> None:
    shown(desk)
    desk.page.presenter.edit(STO, "text.es", "")
    desk.page.main_button.click()
    assert desk.page.problems.isVisible()
    assert not desk.drafts.published()


def test_a_pack_is_exported_as_folder_and_as_workbook(desk: Desk) -> None:
    shown(desk, SHIPPED)
    desk.page._export()
    desk.page._export_workbook()
    assert (desk.folder / "out" / "core-1.0" / "pack.yaml").exists()
    assert (desk.folder / "core-1.0.xlsx").exists()
    assert not desk.notices.errors


def test_a_draft_broken_by_hand_opens_with_its_problems(desk: Desk) -> None:
    path = desk.drafts.folder(TINY) / FILE
    path.write_text("section: [", encoding="utf-8")
    shown(desk)
    assert desk.page.presenter.editable
    assert desk.page.problem_button.accessibleName() == "1 problem"
    assert path.read_text(encoding="utf-8") == "section: ["


def test_a_draft_that_is_gone_is_said_and_the_shelf_is_shown(desk: Desk) -> None:
    shown(desk, Checklists("draft", "nothing"))
    assert [error.code for error in desk.notices.errors] == ["checklist_gone"]
    assert desk.page.shelf.isVisible()


def test_every_field_is_as_tall_as_its_text(desk: Desk) -> None:
    shown(desk)
    edit = field(desk, "why.en")
    edit.setPlainText("A long sentence about fumes. " * 20)
    settle()
    assert edit.verticalScrollBar().maximum() == 0
    assert edit.height() > 200


def test_go_to_offers_the_questions(desk: Desk) -> None:
    shown(desk)
    places = desk.page.destinations()
    assert [place.mark for place in places] == ["CHEM-STO-01", "CHEM-STO-02"]
    assert application() is not None


def test_areas_are_named_under_their_codes(desk: Desk) -> None:
    shown(desk)
    areas = desk.page.sheet.fields.inputs["areas"]
    code = areas.input.text().split(",")[0].strip()
    assert areas._hint.text().startswith(f"{code} ")


def test_a_place_that_was_asked_for_is_shown_where_there_is_room_for_one_side(desk: Desk) -> None:
    shown(desk, DRAFT, width=640)
    assert desk.page.sheet.isVisible()
    assert desk.page.after_button.isVisible()
    desk.page.presenter.shelf()
    desk.page.shelf.list.picked.emit(desk.page.shelf.model.values()[1])
    assert desk.page.outline.isVisible()


def test_a_form_becomes_a_draft_and_what_it_lost_is_said(desk: Desk) -> None:
    shown(desk, Checklists())
    desk.drafts.export_workbook(TINY, desk.folder / "form.xlsx")
    desk.page.shelf.import_button.click()
    assert desk.page.presenter.key == PackKey("draft", "tiny-2")
    assert desk.page.presenter.editable
    desk.page.show_not_carried(msg("Settings"), (msg("Home"), msg("Walk")))
    assert desk.page.not_carried.isVisible()


def test_a_file_that_is_no_form_is_said(desk: Desk) -> None:
    shown(desk, Checklists())
    (desk.folder / "form.xlsx").write_bytes(b"not a workbook")
    desk.page.shelf.import_button.click()
    assert desk.notices.errors or desk.page.not_carried.isVisible()
    assert desk.page.presenter.key is None


def test_a_draft_is_put_away_only_after_a_question(desk: Desk) -> None:
    shown(desk)
    desk.page.discard_button.click()
    assert desk.page.discarding.isVisible()
    desk.page.discarding.dismiss()
    assert desk.page.presenter.key == TINY
    desk.page.discard_button.click()
    desk.page.discarding.button.click()
    assert [line.key.kind for line in desk.page.shelf.model.values()] == ["shipped"]
    assert list((desk.folder / "drafts" / ".discarded").iterdir()), "it can be had back"
