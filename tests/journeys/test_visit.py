"""One visit, from a new device to a signed report at the endpoint, as a person does it in the window."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from greenaudit.clock import SystemClock
from greenaudit.domain.assessments import Response, Revision, revision_id
from greenaudit.server.run import Running
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from greenaudit.services.verification import Verification
from tests.helpers.journey import Person, desktop, programme
from tests.helpers.ui import settle
from tests.helpers.ui_visit import laptop, photo_files, started
from ui import page_factory
from ui.capture import NoCamera
from ui.pages.home.page import HomePage
from ui.pages.new_visit.page import NewVisitPage
from ui.pages.settings.page import SettingsPage
from ui.pages.setup.page import SetUpPage
from ui.pages.sign.page import SignPage
from ui.pages.walk.editors.number import NumberEditor
from ui.pages.walk.editors.options import OptionsEditor
from ui.pages.walk.page import WalkPage


def test_a_visit_from_the_gate_to_the_endpoint(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, copy = photo_files(tmp_path, 1)[0], tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photo)], ""))
    monkeypatch.setattr(page_factory, "_camera", NoCamera)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    with programme(tmp_path / "endpoint") as (running, code), desktop(qtbot, tmp_path / "laptop") as person:
        sets_up(person)
        enrols(person, running.address, code)
        visit = starts_a_visit(person)
        answers_every_kind(person)
        proves_and_tells(person)
        both_sign(person)
        app = person.desktop._services
        assert app is not None
        person.presses(person.sees(SignPage).signed.save_button)
        person.waits(copy.exists)
        person.waits(person.sees(SignPage).signed.saved.isVisible)
        verdict = Verification(SystemClock()).verify(copy, app.identities.roots())
        assert verdict.accepted, [str(line) for line in verdict.sentences]
        sends(person)
        assert_endpoint_holds(running, visit, copy)


def sets_up(person: Person) -> None:
    page = person.sees(SetUpPage)
    person.writes(page.name.input, records.ASSESSOR.name)
    person.presses(page.begin_button)
    person.waits(page.confirm_button.isVisible)
    question = page.presenter._question
    assert question is not None
    person.writes(page.group.input, question.groups[question.asked - 1])
    person.presses(page.confirm_button)
    person.sees(HomePage)


def enrols(person: Person, address: str, code: str) -> None:
    person.goes_to("Ajustes")
    page = person.sees(SettingsPage)
    person.writes(page.url.input, address)
    person.writes(page.code.input, code)
    person.presses(page.enrol_button)
    person.waits(lambda: page.cards["endpoint"].result().isVisible() and page.enrol_button.isEnabled())
    sends(person)


def sends(person: Person) -> None:
    person.goes_to("Ajustes")
    page = person.sees(SettingsPage)
    person.presses(page.sync_button)
    person.waits(lambda: not page.sync_button.isEnabled())
    person.waits(page.sync_button.isEnabled)


def starts_a_visit(person: Person) -> UUID:
    person.goes_to("Inicio")
    home = person.sees(HomePage)
    person.waits(lambda: home.new_button.isVisible())
    person.presses(home.new_button)
    page = person.sees(NewVisitPage)
    person.waits(lambda: page.plants.model().rowCount() > 0)
    names = [card.plant.name for card in page._plants.values()]
    index = page.plants.model().index(names.index(records.SALTILLO.name), 0)
    person.presses(page.plants.viewport(), page.plants.visualRect(index).center())
    person.presses(page.start_button)
    walk = person.sees(WalkPage)
    person.waits(lambda: walk.presenter.is_open)
    return walk.presenter.visit.assessment.id


def at(person: Person, question_id: str) -> WalkPage:
    """Goes to a question by its id."""
    person.goes_to(question_id)
    page = person.sees(WalkPage)
    person.waits(lambda: page.presenter.is_open and page.presenter.state().question.id == question_id)
    return page


def answered(person: Person, page: WalkPage) -> Response:
    """Waits until the answer is on the disk, and gives it."""
    app = person.desktop._services
    assert app is not None
    question_id, visit = page.presenter.state().question.id, page.presenter.visit.assessment.id
    person.waits(lambda: _stored(app, visit, question_id) is not None)
    found = _stored(app, visit, question_id)
    assert found is not None
    return found


def _stored(app: App, visit: UUID, question_id: str) -> Response | None:
    return app.desk.visit(visit).states[question_id].answer.response


def answers_every_kind(person: Person) -> None:
    page = at(person, "FOUN-PRO-03")
    options = page.card.answer.editor("options")
    assert isinstance(options, OptionsEditor)
    person.presses(dict(options.rows)["plant_only"])
    assert answered(person, page).options == ("plant_only",)

    page = at(person, "FOUN-PRO-02")
    for option in ("painting", "compressed_air"):
        person.presses(dict(options.rows)[option])
    person.waits(lambda: set(answered(person, page).options) >= {"painting", "compressed_air"})

    page = at(person, "FOUN-PRO-01")
    cells = page.card.answer.editor("table").cells.cells  # type: ignore[attr-defined]
    person.presses(cells["country"].words.buttons()[2])
    person.writes(cells["region"].field.input, "Coahuila")
    page.setFocus()
    person.waits(lambda: answered(person, page).rows == ({"country": "mx", "region": "Coahuila"},))

    page = at(person, "ENER-CAS-02")
    number = page.card.answer.editor("cuts")
    assert isinstance(number, NumberEditor)
    person.writes(number.entry, "18,4")
    quantity = answered(person, page).quantity
    assert quantity is not None
    assert (quantity.value, quantity.entered) == (Decimal("18.4"), "18,4")

    page = at(person, "CHEM-INV-04")
    person.presses(dict(options.rows)["none_found_today"])
    answered(person, page)
    page = at(person, "CHEM-STO-04")
    person.presses(page.footer.not_seen)
    person.presses(page.not_seen.rows["no_access"])
    assert answered(person, page).state == "not_seen"


def proves_and_tells(person: Person) -> None:
    page = at(person, "CHEM-STO-02")
    person.key(Qt.Key.Key_3)
    assert answered(person, page).level == 3
    person.presses(page.proof.grades[2])
    person.key(Qt.Key.Key_P)
    person.waits(lambda: len(page.presenter.state().photos) == 1)
    person.writes(page.proof.note, "Dique 4.1 × 2.6 × 0.22 m")
    page.setFocus()
    person.waits(lambda: page.presenter.state().answer.note is not None)
    person.key(Qt.Key.Key_F)
    sheet = page.finding
    person.presses(sheet.rows["stop_and_tell"])
    person.writes(sheet.what, "Tambor abierto junto a la soldadora")
    person.writes(sheet.told_to.input, "Jefe de turno")
    person.presses(sheet.save)
    person.waits(page.card.danger.isVisible)
    person.presses(page.card.gone)
    person.writes(page.danger_gone.field, "Cerrado y llevado al almacén")
    person.presses(page.danger_gone.save)
    person.waits(lambda: not page.card.danger.isVisible())


def both_sign(person: Person) -> None:
    person.presses(person.window.visit.tabs["sign"])
    page = person.sees(SignPage)
    person.waits(page.assessor.isVisible)
    person.draws(page.assessor.pad)
    card = page.representative
    person.writes(card.name.input, "Arturo Reyes Garza")
    person.writes(card.position.input, "Gerente de planta")
    person.writes(card.identity.input, "Credencial para votar")
    person.presses(card.consent, QPoint(16, 22))
    person.draws(card.pad)
    person.presses(card.sign_button)
    person.waits(page.signed.isVisible)


def assert_endpoint_holds(running: Running, visit: UUID, copy: Path) -> None:
    with running.endpoint.store.read() as reader:
        revision = reader.get(Revision, revision_id(visit, 1))
    assert revision is not None
    assert revision.closing is not None
    assert revision.report is not None
    assert running.endpoint.evidence.blobs.read(revision.report.sha256) == copy.read_bytes()


def test_a_short_visit_with_the_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    app = laptop(tmp_path)
    visit = started(app)
    shared = Response(options=("plant_only",))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-03", response=shared)
    app.close()
    with desktop(qtbot, tmp_path / "home") as person:
        home = person.sees(HomePage)
        person.waits(home.new_button.isVisible)
        person.goes_to("Saltillo")
        page = person.sees(WalkPage)
        person.waits(lambda: page.presenter.is_open)
        page = at(person, "CHEM-STO-02")
        person.key(Qt.Key.Key_2)
        assert answered(person, page).level == 2
        person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Space)
        person.waits(lambda: answered(person, page).level == 3)
        person.tabs_to(page.proof.grades[0])
        person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Space)
        person.waits(lambda: page.presenter.state().answer.proof is not None)
        person.tabs_to(person.window.visit.tabs["walk"])
        person.key(Qt.Key.Key_Right)
        signs_by_keys(person)


def signs_by_keys(person: Person) -> None:
    page = person.sees(SignPage)
    person.waits(page.assessor.isVisible)
    card = page.representative
    scribbles(person, page.assessor.pad)
    for widget, text in (
        (card.name.input, "Arturo"),
        (card.position.input, "Gerente"),
        (card.identity.input, "Gafete"),
    ):
        person.tabs_to(widget)
        person.types(text)
    person.tabs_to(card.consent)
    person.key(Qt.Key.Key_Space)
    scribbles(person, card.pad)
    person.tabs_to(card.sign_button)
    person.key(Qt.Key.Key_Space)
    person.waits(page.signed.isVisible)


def scribbles(person: Person, pad: object) -> None:
    """Signs with keys: Space sets the nib down, arrows move it, Space lifts it."""
    person.tabs_to(pad)  # type: ignore[arg-type]
    person.key(Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        person.key(key)
    person.key(Qt.Key.Key_Space)


def test_a_short_visit_with_touch_alone(qtbot: QtBot, tmp_path: Path) -> None:
    app = laptop(tmp_path)
    visit = started(app)
    shared = Response(options=("plant_only",))
    app.walk.answer(assessment_id=visit, question_id="FOUN-PRO-03", response=shared)
    app.close()
    finger = QTest.createTouchDevice()
    with desktop(qtbot, tmp_path / "home", size=(700, 780)) as person:
        person.finger = finger
        home = person.sees(HomePage)
        person.presses(home.hero.button)
        page = person.sees(WalkPage)
        person.waits(lambda: page.presenter.is_open)
        to_a_level(person, page)
        person.presses(page.card.answer.editor("level").rows[2])  # type: ignore[attr-defined]
        assert answered(person, page).level == 2
        person.waits(page.card.clear_button.isVisible)
        settle()
        page._scroll.ensureWidgetVisible(page.proof.grades[2])
        settle()
        person.presses(page.proof.grades[2])
        person.waits(lambda: page.presenter.state().answer.proof is not None)
        person.presses(person.window.stages.tabs["sign"])
        sign = person.sees(SignPage)
        person.waits(sign.assessor.isVisible)
        person.draws(sign.assessor.pad)
        assert sign.presenter.draft.assessor is not None


def to_a_level(person: Person, page: WalkPage) -> None:
    """Taps Next until levels are asked for."""
    for _ in page.presenter.way.stops:
        state = page.presenter.state()
        if state.question.answer.kind == "level":
            return
        person.presses(page.footer.next)
        person.waits(lambda before=state: page.presenter.state().question.id != before.question.id)
    raise AssertionError("no question asks for a level")
