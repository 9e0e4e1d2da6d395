"""Signing over a real store: what is missing is said, both sign in one act, and the closed visit says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App
from tests.helpers.ui import application, assert_fits, settle
from tests.helpers.ui_visit import Picks, laptop, shown_sign, sign_page, started
from ui.pages.sign.page import SignPage
from ui.routes import Sign, Walk
from ui.widgets.signature_pad import SignaturePad


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = laptop(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visit(app: App) -> UUID:
    made = started(app)
    app.walk.answer(assessment_id=made, question_id="CHEM-STO-02", response=Response(level=2))
    shared = Response(options=("plant_only",))
    app.walk.answer(assessment_id=made, question_id="FOUN-PRO-03", response=shared)
    return made


def draw(pad: SignaturePad) -> None:
    """A stroke with the mouse."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(50, 200, 10):
        QTest.mouseMove(pad, QPoint(x, 60 + x % 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))


def fill_in(page: SignPage) -> None:
    """Everything both signatures wait for."""
    draw(page.assessor.pad)
    card = page.representative
    QTest.keyClicks(card.name.input, "Arturo Reyes")
    QTest.keyClicks(card.position.input, "Gerente de planta")
    QTest.keyClicks(card.identity.input, "Gafete")
    card.consent.click()
    draw(card.pad)


def test_the_button_waits_and_says_for_what(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    button = page.representative.sign_button
    said = []
    for step in (
        lambda: draw(page.assessor.pad),
        lambda: QTest.keyClicks(page.representative.name.input, "Arturo Reyes"),
        lambda: QTest.keyClicks(page.representative.position.input, "Gerente"),
        lambda: QTest.keyClicks(page.representative.identity.input, "Gafete"),
        page.representative.consent.click,
        lambda: draw(page.representative.pad),
    ):
        assert not button.isEnabled()
        said.append(button.accessibleDescription())
        step()
    assert button.isEnabled()
    assert len(set(said)) == 6
    window.close()


def test_both_sign_and_the_visit_is_closed_for_good(
    qtbot: QtBot, app: App, visit: UUID, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    page = sign_page(app, Picks(target=copy))
    window = shown_sign(page, visit)
    fill_in(page)
    qtbot.mouseClick(page.representative.sign_button, Qt.MouseButton.LeftButton)
    state = app.closing.state(visit)
    assert state.closed
    assert [signer.name for signer in state.signers][1] == "Arturo Reyes"
    assert page.signed.isVisible()
    assert not page.assessor.isVisible()
    qtbot.mouseClick(page.signed.save_button, Qt.MouseButton.LeftButton)
    assert app.verification.verify(copy, app.identities.roots()).accepted
    assert page.signed.saved.isVisible()
    window.close()


def test_a_copy_that_cannot_be_written_gets_a_sentence(
    qtbot: QtBot, app: App, visit: UUID, tmp_path: Path
) -> None:
    page = sign_page(app, Picks(target=tmp_path / "no folder" / "copy.pdf"))
    window = shown_sign(page, visit)
    fill_in(page)
    page.representative.sign_button.click()
    page.signed.save_button.click()
    assert page.problem.isVisible()
    window.close()


def test_the_plant_may_decline_with_a_reason(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    draw(page.assessor.pad)
    QTest.keyClicks(page.representative.name.input, "Arturo Reyes")
    page.representative.decline_button.click()
    page.declining.save.click()
    assert page.declining.isVisible(), "a reason is needed"
    QTest.keyClicks(page.declining.field, "We contest finding 3")
    page.declining.save.click()
    signer = app.closing.state(visit).signers[1]
    assert signer.refused
    assert signer.reason == "We contest finding 3"
    assert page.signed.isVisible()
    window.close()


def test_declining_needs_the_assessor_too(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    page.representative.decline_button.click()
    QTest.keyClicks(page.declining.field, "No time")
    page.declining.save.click()
    assert page.problem.isVisible()
    assert not app.closing.state(visit).closed
    window.close()


def test_a_fact_leads_to_its_question(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fact = next(f for f in app.closing.state(visit).facts if f.question_id)
    with qtbot.waitSignal(page.go) as went:
        next(row for row in page.facts.rows if row.isEnabled()).click()
    assert isinstance(went.args[0], Walk)
    assert fact.question_id
    window.close()


def test_the_report_can_be_read_before_it_is_signed(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    page.summary.read_button.click()
    assert page.report.isVisible()
    assert page.report.document.pageCount() > 1
    page.report.dismiss()
    window.close()


def test_a_pens_stroke_comes_once_and_with_its_pressure(qtbot: QtBot) -> None:
    pad = SignaturePad("Sign here")
    pad.resize(400, 140)
    pad.show()
    for kind, x, pressure in (
        (QTabletEvent.Type.TabletPress, 20, 0.2),
        (QTabletEvent.Type.TabletMove, 60, 0.8),
        (QTabletEvent.Type.TabletRelease, 60, 0.0),
    ):
        application().sendEvent(pad, pen(kind, QPointF(x, 50), pressure))
    drawn = pad.strokes()
    assert drawn is not None
    assert drawn.strokes == (
        ((20, 50, pytest.approx(0.2, abs=0.01)), (60, 50, pytest.approx(0.8, abs=0.01))),
    )
    pad.close()


def pen(kind: QTabletEvent.Type, at: QPointF, pressure: float) -> QTabletEvent:
    none = Qt.KeyboardModifier.NoModifier
    return QTabletEvent(
        kind, QPointingDevice.primaryPointingDevice(), at, at, pressure, 0, 0, 0, 0, 0, none,
        Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
    )  # fmt: skip


def test_a_finger_draws_too(qtbot: QtBot) -> None:
    pad = SignaturePad("Sign here")
    pad.resize(400, 140)
    pad.show()
    finger = QTest.createTouchDevice()
    touch = QTest.touchEvent(pad, finger)
    touch.press(0, QPoint(20, 50), pad).commit()
    touch.move(0, QPoint(60, 60), pad).commit()
    touch.release(0, QPoint(60, 60), pad).commit()
    drawn = pad.strokes()
    assert drawn is not None
    assert len(drawn.strokes) == 1
    pad.close()


def test_strokes_keep_their_shape_when_the_pad_grows(qtbot: QtBot) -> None:
    holder = QWidget()
    pad = SignaturePad("Sign here")
    pad.setParent(holder)
    pad.setGeometry(0, 0, 400, 140)
    holder.resize(1000, 400)
    holder.show()
    settle()
    draw(pad)
    before = pad.strokes()
    pad.setGeometry(0, 0, 800, 280)
    settle()
    after = pad.strokes()
    assert before is not None
    assert after is not None
    (x0, y0, _), (x1, y1, _) = before.strokes[0][0], after.strokes[0][0]
    assert (x1, y1) == (pytest.approx(2 * x0), pytest.approx(2 * y0))
    holder.close()


def test_the_sign_page_fits(app: App, visit: UUID) -> None:
    assert_fits(lambda: sign_page(app), Sign(visit))


def test_the_signed_page_fits(app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fill_in(page)
    page.representative.sign_button.click()
    window.close()
    assert_fits(lambda: sign_page(app), Sign(visit))
