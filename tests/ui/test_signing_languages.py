"""What a signer reads is what they sign: each in their own language, anew when what they agreed to has changed."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App
from greenaudit.signing.reading import open_strictly
from tests.helpers.apps import level
from tests.helpers.sign import draw, fill_in, ready_to_sign
from tests.helpers.ui import application, settle
from tests.helpers.ui_visit import shown_sign, sign_page
from ui.main_window.preferences import WindowPreferences
from ui.pages.sign.consents import LanguagePick
from ui.pages.sign.page import SignPage


@pytest.fixture
def visit(app: App) -> UUID:
    return ready_to_sign(app)


@pytest.fixture
def page(qtbot: QtBot, app: App, visit: UUID) -> Iterator[SignPage]:
    WindowPreferences(application()).choose_locale("en_US")
    page = sign_page(app)
    window = shown_sign(page, visit)
    settle()
    yield page
    window.close()
    WindowPreferences(application()).choose_locale("en_US")


def pick(picker: LanguagePick, code: str) -> QPushButton:
    button = next(one for one in picker.buttons() if one.text() == code)
    button.click()
    return button


def shown(page: SignPage) -> tuple[str, str]:
    return page.assessor.sentence.text(), page.representative.sentence.text()


def signed_for(app: App, visit: UUID) -> list[str]:
    pdf = open_strictly(app.closing.signed_pdf(visit))
    return [str(one.sig_object["/Reason"]).split(" | ")[0] for one in pdf.embedded_regular_signatures]


def test_the_assessor_reads_the_window_s_language_and_the_plant_its_own(page: SignPage, app: App) -> None:
    assert shown(page) == (app.closing.consent("assessor", "en"), app.closing.consent("representative", "es"))
    assert page.representative.consent.text() == "Acepto"
    WindowPreferences(application()).choose_locale("fr_CA")
    settle()
    assert shown(page)[0] == app.closing.consent("assessor", "fr")
    pick(page.summary.language, "EN")
    assert shown(page)[1] == app.closing.consent("representative", "en")


def test_what_stands_beside_the_pads_is_what_the_signatures_carry(
    qtbot: QtBot, page: SignPage, app: App, visit: UUID
) -> None:
    pick(page.assessor.language, "FR")
    pick(page.representative.language, "EN")
    read = shown(page)
    assert read == (app.closing.consent("assessor", "fr"), app.closing.consent("representative", "en"))
    fill_in(page)
    qtbot.mouseClick(page.representative.sign_button, Qt.MouseButton.LeftButton)
    assert tuple(signed_for(app, visit)) == read


def test_what_was_agreed_to_does_not_follow_the_window(page: SignPage, app: App) -> None:
    draw(page.assessor.pad)
    WindowPreferences(application()).choose_locale("es_MX")
    settle()
    assert shown(page)[0] == app.closing.consent("assessor", "en")
    assert page.presenter.draft.assessor is not None
    page.assessor.clear.click()
    assert shown(page)[0] == app.closing.consent("assessor", "es"), "nothing is agreed to any more"


def test_another_language_is_another_sentence_to_agree_to(page: SignPage) -> None:
    fill_in(page)
    pick(page.representative.language, "FR")
    assert not page.representative.consent.isChecked()
    assert page.presenter.draft.representative is None
    assert page.presenter.draft.assessor is not None
    pick(page.assessor.language, "ES")
    assert page.presenter.draft.assessor is None
    assert not page.representative.sign_button.isEnabled()


def test_a_report_in_another_language_is_agreed_to_anew(page: SignPage) -> None:
    fill_in(page)
    pick(page.summary.language, "FR")
    assert not page.representative.consent.isChecked()
    assert page.presenter.draft.assessor is not None


def test_a_visit_that_changed_since_is_signed_anew(page: SignPage, app: App, visit: UUID) -> None:
    fill_in(page)
    page.presenter.open(visit, "light")
    assert page.representative.sign_button.isEnabled(), "nothing has changed"
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=level(4))
    page.presenter.open(visit, "light")
    assert page.problem.isVisible()
    assert not page.presenter.draft.is_signed
    assert page.representative.name.text() == "Arturo Reyes"
    assert not page.representative.sign_button.isEnabled()


def test_another_visit_begins_with_nothing_of_the_one_before(page: SignPage, app: App) -> None:
    fill_in(page)
    pick(page.summary.language, "FR")
    other = ready_to_sign(app)
    app.walk.answer(
        assessment_id=other, question_id="FOUN-PRO-03", response=Response(options=("plant_only",))
    )
    page.presenter.open(other, "light")
    assert not page.presenter.draft.is_signed
    assert page.representative.name.text() == ""
    assert page.presenter.language == "es"
