"""Signing over a real store: what is missing is said, both sign in one act, and the closed visit says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Response
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.services.opening import App, open_home
from tests.helpers.sign import LaterTasks, draw, fill_in, ready_to_sign
from tests.helpers.ui import (
    LOCALES,
    SIZES,
    InlineTasks,
    KeptNotices,
    application,
    assert_fits,
    framed,
    settle,
)
from tests.helpers.ui_visit import Picks, shown_sign, sign_page, started
from ui.main_window.preferences import WindowPreferences
from ui.pages.sign.page import SignPage
from ui.pages.sign.presenter import SignPresenter
from ui.routes import Sign, Walk
from ui.widgets.signature_pad import SignaturePad


@pytest.fixture
def visit(app: App) -> UUID:
    return ready_to_sign(app)


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


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("size", [(1280, 800), (1280, 853)])
def test_all_that_signing_needs_is_in_sight_on_a_laptop(
    qtbot: QtBot, app: App, visit: UUID, size: tuple[int, int], locale: str
) -> None:
    WindowPreferences(application()).choose_locale(locale)
    page = sign_page(app)
    window = shown_sign(page, visit)
    window.resize(*size)
    settle()
    card = page.representative
    parts = (
        page.assessor.pad, card.name.input, card.position.input, card.identity.input, card.consent, card.pad,
        card.sign_button, card.decline_button, page.summary.read_button,
    )  # fmt: skip
    assert [part for part in parts if part.visibleRegion().boundingRect() != part.rect()] == []
    assert page.assessor.pad.height() == card.pad.height() >= 112
    window.close()
    WindowPreferences(application()).choose_locale("en_US")


@pytest.mark.parametrize("size", SIZES)
def test_the_button_that_closes_is_always_in_sight_and_both_pads_are_equal(
    qtbot: QtBot, app: App, visit: UUID, size: tuple[int, int]
) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    window.resize(*size)
    settle()
    button = page.representative.sign_button
    assert button.visibleRegion().boundingRect() == button.rect()
    assert page.assessor.pad.size() == page.representative.pad.size()
    window.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_lies_over_anything_once_a_visit_came_late(
    qtbot: QtBot, app: App, visit: UUID, size: tuple[int, int]
) -> None:
    tasks = LaterTasks()
    page = SignPage(KeptNotices(), lambda _parent, _name: None)
    page.use(SignPresenter(app.visits, app.closing, app.extending, app.status, tasks, page))
    window = framed(page, Sign(visit))
    window.resize(*size)
    window.show()
    settle()
    tasks.work_off()
    settle()
    for card in (page.assessor, page.representative):
        parts = [part for part in card.children() if isinstance(part, QWidget) and part.isVisible()]
        over = [
            (one, other)
            for one, other in combinations(parts, 2)
            if one.geometry().intersects(other.geometry())
        ]
        assert over == []
    window.close()


def test_until_a_visit_is_read_nothing_is_shown_and_then_all_of_it(
    qtbot: QtBot, app: App, visit: UUID
) -> None:
    tasks = LaterTasks()
    page = SignPage(KeptNotices(), lambda _parent, _name: None)
    page.use(SignPresenter(app.visits, app.closing, app.extending, app.status, tasks, page))
    window = framed(page, Sign(visit))
    window.show()
    assert not [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    tasks.work_off()
    assert page.assessor.isVisible()
    fill_in(page)
    page.representative.sign_button.click()
    tasks.work_off(1)  # signed
    tasks.work_off(1)  # read again
    assert page.signed.isVisible(), "what is closed is shown before it is verified"
    tasks.work_off()
    page.presenter.open(ready_to_sign(app), "light")
    assert not page.signed.isVisible(), "nothing of the visit before"
    tasks.work_off()
    assert page.assessor.isVisible()
    window.close()


def test_what_is_missing_is_folded_away_unless_it_must_be_there(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    assert page.facts.head.isVisible()
    assert not any(row.isVisible() for row in page.facts.rows)
    page.facts.head.click()
    settle()
    assert all(row.isVisible() for row in page.facts.rows)
    blocked = started(app)
    page.presenter.open(blocked, "light")
    settle()
    assert any(row.isVisible() for row in page.facts.rows)
    window.close()


@pytest.fixture
def other(app: App) -> Iterator[App]:
    """Who writes what a synchronisation brings."""
    made = open_home(app.context.home)
    yield made
    made.close()


def test_what_came_while_the_page_was_open_shows_and_is_signed_anew(
    qtbot: QtBot, app: App, visit: UUID, other: App
) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fill_in(page)
    window.refresh()
    assert page.presenter.draft.is_signed, "nothing came"
    other.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=Response(level=4))
    page.declining.ask(lambda _reason: None)
    app.desk.forget()
    window.refresh()
    assert page.presenter.draft.is_signed, "a sheet is written on"
    page.declining.put_away()
    assert not page.presenter.draft.is_signed
    assert page.problem.isVisible()
    assert page.presenter.state.visit.states["CHEM-STO-02"].answer.response == Response(level=4)
    assert page.representative.name.text() == "Arturo Reyes"
    window.close()


def test_nobody_signs_what_they_were_not_shown(qtbot: QtBot, app: App, visit: UUID, other: App) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fill_in(page)
    other.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=Response(level=4))
    app.desk.forget()
    qtbot.mouseClick(page.representative.sign_button, Qt.MouseButton.LeftButton)
    assert page.problem.isVisible()
    assert not app.visits.open(visit).closed
    assert not page.presenter.draft.is_signed
    window.close()


class Stamped:
    """A copy with a time stamp, as an authority would have made it."""

    def has_stamped(self, assessment_id: UUID) -> bool:
        return True

    def stamped(self, assessment_id: UUID) -> bytes | None:
        return b"%PDF with a time stamp"


def test_a_time_stamped_copy_is_offered_where_there_is_one(
    qtbot: QtBot, app: App, visit: UUID, tmp_path: Path
) -> None:
    plain = sign_page(app)
    shown_sign(plain, visit).close()
    fill_in(plain)
    plain.presenter.sign()
    assert app.visits.open(visit).closed
    assert plain.signed.stamped_button.isHidden()
    page = SignPage(KeptNotices(), Picks(target=tmp_path / "stamped.pdf").pick_target)
    page.use(SignPresenter(app.visits, app.closing, Stamped(), app.status, InlineTasks(), page))
    window = shown_sign(page, visit)
    assert page.presenter.proposed_name(stamped=True).endswith("-extended.pdf")
    qtbot.mouseClick(page.signed.stamped_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "stamped.pdf").read_bytes() == b"%PDF with a time stamp"
    window.close()


def test_a_verdict_outlives_a_change_of_the_language(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fill_in(page)
    page.presenter.sign()
    settle()
    WindowPreferences(application()).choose_locale("es_MX")
    settle()
    said = [label.text() for label in page.signed.findChildren(QLabel)]
    WindowPreferences(application()).choose_locale("en_US")
    assert "¿Sin cambios?" in said
    assert "Comprobando el archivo…" not in said
    window.close()


def test_a_file_that_cannot_be_judged_is_no_longer_being_checked(
    qtbot: QtBot, app: App, visit: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sign_page(app)
    window = shown_sign(page, visit)
    fill_in(page)

    def unreadable(assessment_id: UUID) -> NoReturn:
        raise KnownError("evidence_damaged", msg("The file is damaged."))

    monkeypatch.setattr(app.closing, "verified", unreadable)
    page.presenter.sign()
    settle()
    said = [label.text() for label in page.signed.findChildren(QLabel)]
    assert "The file is damaged." in said
    assert "Checking the file …" not in said
    window.close()
