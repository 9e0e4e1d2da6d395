"""The walk over a real store: every edit is durable when the page says so, and keys do what they say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Answer, Response
from greenaudit.domain.findings import Finding
from greenaudit.services.opening import App
from tests.helpers.ui import application, said, settle
from tests.helpers.ui_visit import Picks, photo_files, shown_walk, sign_page, walk_page
from ui.capture import FileCamera
from ui.i18n.qt import speak
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.editors.options import OptionsEditor
from ui.pages.walk.page import WalkPage
from ui.routes import Walk


@pytest.fixture
def with_air(app: App, visit: UUID) -> UUID:
    """A plant that has compressed air, so that its questions are asked."""
    profile = Response(options=("compressed_air",))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-02", response=profile)
    return visit


def stored(app: App, visit: UUID, question_id: str) -> Answer:
    """The answer as it stands on the disk."""
    return app.visits.open(visit).states[question_id].answer


def response(app: App, visit: UUID, question_id: str) -> Response:
    found = stored(app, visit, question_id).response
    assert found is not None
    return found


def number_editor(page: WalkPage) -> NumberEditor:
    editor = page.card.answer.editor("cuts")
    assert isinstance(editor, NumberEditor)
    return editor


def test_a_level_is_saved_at_once_and_the_page_stays(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    shown_walk(page, visit, "CHEM-STO-02").show()
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert response(app, visit, "CHEM-STO-02").level == 2
    assert page.presenter.state().question.id == "CHEM-STO-02"
    assert [line.isChecked() for line in page.card.answer.editor("level").rows] == [
        False,
        False,
        True,
        False,
        False,
    ]  # type: ignore[attr-defined]
    page.window().close()


def test_arrows_only_move_and_space_chooses(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClick(page, Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert stored(app, visit, "CHEM-STO-02").response is None
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert response(app, visit, "CHEM-STO-02").level == 2
    window.close()


def test_digits_in_a_note_are_text(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    page.proof.note.setFocus()
    qtbot.keyClicks(page.proof.note, "3 drums, N side")
    page.proof.note.flush()
    answer = stored(app, visit, "CHEM-STO-02")
    assert answer.response is None
    assert answer.note is not None
    assert answer.note.text == "3 drums, N side"
    window.close()


def test_a_note_is_saved_by_itself_and_before_the_page_is_left(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClicks(page.proof.note, "One")
    qtbot.waitUntil(lambda: stored(app, visit, "CHEM-STO-02").note is not None)
    qtbot.keyClicks(page.proof.note, " two")
    page.close_page()
    note = stored(app, visit, "CHEM-STO-02").note
    assert note is not None
    assert note.text == "One two"
    window.close()


def test_the_missing_proof_stands_in_its_row(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClick(page, Qt.Key.Key_3)
    page.proof.grades[2].click()
    row = page.card.answer.editor("level").rows[3]  # type: ignore[attr-defined]
    assert "3" in row.accessibleDescription()
    page.proof.months[1].click()
    assert row.accessibleDescription() == ""
    proof = stored(app, visit, "CHEM-STO-02").proof
    assert proof is not None
    assert (proof.grade, proof.months) == (2, 3)
    window.close()


def test_a_number_with_a_decimal_comma_is_read_in_french(
    qtbot: QtBot, app: App, with_air: UUID, qapp: object
) -> None:
    words = speak(qapp, "fr_CA")  # type: ignore[arg-type]
    page = walk_page(app)
    window = shown_walk(page, with_air, "ENER-CAS-02")
    editor = number_editor(page)
    qtbot.keyClicks(editor.entry, "18,4")
    page.flush()
    quantity = response(app, with_air, "ENER-CAS-02").quantity
    assert quantity is not None
    assert (quantity.value, quantity.entered, quantity.unit) == (Decimal("18.4"), "18,4", "% of output")
    window.close()
    qapp.removeTranslator(words)  # type: ignore[attr-defined]


def test_a_number_with_two_meanings_is_asked_about(qtbot: QtBot, app: App, visit: UUID, qapp: object) -> None:
    words = speak(qapp, "fr_CA")  # type: ignore[arg-type]
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-SUB-01")
    editor = page.card.answer.editor("number")
    assert isinstance(editor, NumberEditor)
    qtbot.keyClicks(editor.entry, "1,500")
    page.flush()
    assert stored(app, visit, "CHEM-SUB-01").response is None
    assert editor.ask.isVisible()
    qtbot.mouseClick(editor.ask.buttons[1], Qt.MouseButton.LeftButton)
    quantity = response(app, visit, "CHEM-SUB-01").quantity
    assert quantity is not None
    assert quantity.value == 1500
    window.close()
    qapp.removeTranslator(words)  # type: ignore[attr-defined]


def test_digits_begin_a_number_wherever_the_focus_is(qtbot: QtBot, app: App, with_air: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, with_air, "ENER-CAS-02")
    editor = number_editor(page)
    page.setFocus()
    for sign in "12.5":
        qtbot.keyClicks(window.focusWidget() or page, sign)
    page.flush()
    quantity = response(app, with_air, "ENER-CAS-02").quantity
    assert quantity is not None
    assert (quantity.value, editor.entry.text()) == (Decimal("12.5"), "12.5")
    window.close()


def test_what_is_no_number_stays_as_typed_and_says_so(qtbot: QtBot, app: App, with_air: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, with_air, "ENER-CAS-02")
    editor = number_editor(page)
    qtbot.keyClicks(editor.entry, "18 or so")
    page.flush()
    assert editor.entry.text() == "18 or so"
    assert "18 or so" in editor.entry.accessibleDescription()
    assert stored(app, with_air, "ENER-CAS-02").response is None
    window.close()


def test_a_number_in_pounds_is_kept_in_kilograms_and_as_typed(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-SUB-01")
    editor = page.card.answer.editor("number")
    assert isinstance(editor, NumberEditor)
    editor.units._buttons["lb/yr"].click()
    qtbot.keyClicks(editor.entry, "1000")
    page.flush()
    quantity = response(app, visit, "CHEM-SUB-01").quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal("453.59237"), "kg/yr")
    assert quantity.entered == "1000 lb/yr"
    window.close()


def test_a_critical_question_is_set_aside_only_with_a_photo(
    qtbot: QtBot, app: App, visit: UUID, tmp_path: Path
) -> None:
    page = walk_page(app, picks=Picks(photos=list(photo_files(tmp_path, 1))))
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClick(page, Qt.Key.Key_N)
    settle()
    qtbot.mouseClick(page.not_applicable.rows["no_such_process"], Qt.MouseButton.LeftButton)
    assert page.card.problem.isVisible()
    assert stored(app, visit, "CHEM-STO-02").response is None
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_P)
    qtbot.keyClick(page, Qt.Key.Key_N)
    qtbot.keyClick(page.not_applicable.rows["no_such_process"], Qt.Key.Key_Space)
    assert response(app, visit, "CHEM-STO-02").state == "not_applicable"
    assert page.card.aside.isVisible()
    window.close()


def test_photos_come_from_the_camera_too(qtbot: QtBot, app: App, visit: UUID, tmp_path: Path) -> None:
    page = walk_page(app, camera=FileCamera(photo_files(tmp_path, 1)))
    window = shown_walk(page, visit, "CHEM-STO-02")
    page.proof.photos.camera.click()
    assert len(page.presenter.state().photos) == 1
    assert len(page.proof.photos.tiles) == 1
    window.close()


def test_a_torn_photo_gets_a_sentence(qtbot: QtBot, app: App, visit: UUID, tmp_path: Path) -> None:
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(photo_files(tmp_path, 1)[0].read_bytes()[:400])
    page = walk_page(app, picks=Picks(photos=[torn]))
    window = shown_walk(page, visit, "CHEM-STO-02")
    page.proof.photos.file.click()
    assert page.card.problem.isVisible()
    assert not page.presenter.state().photos
    window.close()


def test_a_danger_records_who_was_told_and_when(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClick(page, Qt.Key.Key_F)
    sheet = page.finding
    qtbot.mouseClick(sheet.rows["stop_and_tell"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.what, "Open drum beside the welder")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.isVisible(), "a danger needs somebody who was told"
    qtbot.keyClicks(sheet.told_to.input, "Shift lead")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    found = only_finding(app, visit)
    assert found.told is not None
    assert found.told.to == "Shift lead"
    assert page.card.danger.isVisible()
    page.card.gone.click()
    qtbot.keyClicks(page.danger_gone.field, "Closed and taken away")
    page.danger_gone.save.click()
    assert only_finding(app, visit).resolved is not None
    assert not page.card.danger.isVisible()
    window.close()


def test_a_saved_danger_is_corrected_withdrawn_and_brought_back(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    app.walk.tell(
        assessment_id=visit, question_id="CHEM-STO-02", what="Open dum", told_to="Jo", language="en"
    )
    page.refresh()
    qtbot.mouseClick(page.card.danger, Qt.MouseButton.LeftButton)
    sheet = page.finding
    assert (sheet.kind(), sheet.what.toPlainText(), sheet.told_to.text()) == (
        "stop_and_tell",
        "Open dum",
        "Jo",
    )
    assert sheet.first_tell.isVisible()
    sheet.what.setPlainText("Open drum")
    sheet.save.click()
    assert only_finding(app, visit).what.text == "Open drum"
    page.card.correct.click()
    sheet.rows["minor"].click()
    sheet.save.click()
    assert only_finding(app, visit).kind == "minor"
    assert not page.card.danger.isVisible()
    page.card.findings.lines[0].click()
    sheet.withdraw.click()
    assert app.visits.open(visit).findings == ()
    assert not page.card.findings.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert only_finding(app, visit).kind == "minor"
    assert page.card.findings.isVisible()
    page.proof.find_button.click()
    assert sheet.what.toPlainText() == "", "a new finding begins empty"
    assert not sheet.withdraw.isVisible()
    window.close()


def only_finding(app: App, visit: UUID) -> Finding:
    (found,) = app.visits.open(visit).findings
    return found


def test_two_quick_options_are_both_kept(app: App, visit: UUID, qtbot: QtBot) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "FOUN-PRO-02")
    editor = page.card.answer.editor("options")
    assert isinstance(editor, OptionsEditor)
    rows = dict(editor.rows)
    rows["stamping"].click()
    rows["machining"].click()
    assert set(response(app, visit, "FOUN-PRO-02").options) == {"stamping", "machining", "on_vehicle"}
    window.close()


def test_what_is_proposed_is_no_answer_until_it_is_tapped(app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "FOUN-PRO-02")
    editor = page.card.answer.editor("options")
    assert isinstance(editor, OptionsEditor)
    rows = dict(editor.rows)
    assert not any(line.isChecked() for line in rows.values())
    assert [name for name, line in rows.items() if line.accessibleDescription()] == ["on_vehicle"]
    assert stored(app, visit, "FOUN-PRO-02").response is None
    rows["on_vehicle"].click()
    assert response(app, visit, "FOUN-PRO-02").options == ("on_vehicle",)
    assert not rows["on_vehicle"].accessibleDescription()
    rows["on_vehicle"].click()
    assert response(app, visit, "FOUN-PRO-02").options == ()
    assert not rows["on_vehicle"].isChecked()
    window.close()


def test_what_an_answer_takes_out_is_said_before(app: App, visit: UUID, qtbot: QtBot) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "FOUN-PRO-02")
    editor = page.card.answer.editor("options")
    assert isinstance(editor, OptionsEditor)
    rows = dict(editor.rows)
    rows["painting"].click()
    rows["welding"].click()
    asked = len(page.presenter.way.stops)
    rows["painting"].click()
    assert page.effect.isVisible()
    assert response(app, visit, "FOUN-PRO-02").options == ("painting", "welding", "on_vehicle")
    page.effect.leave.click()
    assert rows["painting"].isChecked()
    assert response(app, visit, "FOUN-PRO-02").options == ("painting", "welding", "on_vehicle")
    rows["painting"].click()
    page.effect.go_on.click()
    assert response(app, visit, "FOUN-PRO-02").options == ("welding", "on_vehicle")
    assert len(page.presenter.way.stops) < asked
    window.close()


def test_a_form_saves_each_cell(app: App, visit: UUID, qtbot: QtBot) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "FOUN-PRO-01")
    cells = page.card.answer.editor("table").cells.cells  # type: ignore[attr-defined]
    qtbot.mouseClick(cells["country"].words.buttons()[2], Qt.MouseButton.LeftButton)
    region = cells["region"].field.input
    region.setFocus()
    qtbot.keyClicks(region, "Coahuila")
    page.flush()
    assert response(app, visit, "FOUN-PRO-01").rows == ({"country": "mx", "region": "Coahuila"},)
    window.close()


def test_next_goes_through_the_area_and_on(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit)
    first = page.presenter.state().question.id
    qtbot.keyClick(page, Qt.Key.Key_Return)
    second = page.presenter.state().question.id
    assert second != first
    page.footer.back.click()
    assert page.presenter.state().question.id == first
    window.close()


def test_guidance_folds_and_stays(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    assert not page.card.guide.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_G)
    assert page.card.guide.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.card.guide.isVisible()
    window.close()


def test_the_answer_can_be_taken_back(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    qtbot.keyClick(page, Qt.Key.Key_1)
    page.card.clear_button.click()
    assert stored(app, visit, "CHEM-STO-02").response is None
    assert not any(line.isChecked() for line in page.card.answer.editor("level").rows)  # type: ignore[attr-defined]
    window.close()


def test_coming_back_is_remembered(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-STO-02")
    page.proof.flag_button.click()
    assert stored(app, visit, "CHEM-STO-02").flagged
    page.proof.flag_button.click()
    assert not stored(app, visit, "CHEM-STO-02").flagged
    window.close()


def test_the_tick_comes_only_after_the_write(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    frames = []
    page.framed.connect(frames.append)
    window = shown_walk(page, visit, "CHEM-STO-02")
    assert frames[-1].saved_at == ""
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert frames[-1].saved_at != ""
    assert frames[-1].only_here > 0
    window.close()


class Windows(QObject):
    """Notes every widget that shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(said(watched))
        return False


def test_no_part_of_a_page_flashes_as_a_window(app: App, visit: UUID, qtbot: QtBot) -> None:
    page, windows = walk_page(app), Windows()
    page.window().close()
    application().installEventFilter(windows)
    walk, sign = walk_page(app), sign_page(app)
    walk.presenter.open(Walk(visit, "CHEM-STO-02"))
    for question_id in ("FOUN-PRO-01", "FOUN-PRO-02", "CHEM-SUB-01"):
        walk.presenter.go_to(question_id)
    for size in ("narrow", "medium", "wide"):
        walk.fit(size)  # type: ignore[arg-type]
        sign.fit(size)  # type: ignore[arg-type]
    sign.presenter.open(visit, "light")
    application().removeEventFilter(windows)
    assert not windows.seen
