"""The walk fits five sizes in three languages and three themes, for every kind of question."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSize

from greenaudit.domain.assessments import Proof, Quantity, Response
from greenaudit.domain.checklists import OptionsAnswer
from greenaudit.services.opening import App
from tests.helpers.ui import LOCALES, SIZES, application, assert_fits, settle, troubles
from tests.helpers.ui_visit import laptop, photo_files, shown_walk, started, walk_page
from ui.main_window.preferences import WindowPreferences
from ui.pages.walk.page import WalkPage
from ui.routes import Walk


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    made = laptop(tmp_path_factory.mktemp("fits"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def visit(app: App, tmp_path_factory: pytest.TempPathFactory) -> UUID:
    made = started(app)
    answer = partial(app.walk.answer, assessment_id=made)
    everything = app.packs.shipped().by_id["FOUN-PRO-02"].answer
    assert isinstance(everything, OptionsAnswer)
    flags = tuple(option.id for option in everything.options)
    answer(question_id="FOUN-PRO-02", response=Response(options=flags))
    answer(question_id="CHEM-STO-02", response=Response(level=3))
    app.walk.prove(assessment_id=made, question_id="CHEM-STO-02", proof=Proof(grade=2))
    quantity = Quantity(value=Decimal("18.4"), unit="% of output", entered="18.4")
    answer(question_id="ENER-CAS-02", response=Response(quantity=quantity))
    for path in photo_files(Path(tmp_path_factory.mktemp("photos")), 3):
        app.evidence.add_file(assessment_id=made, question_id="CHEM-STO-02", path=path)
    app.walk.tell(
        assessment_id=made, question_id="CHEM-STO-02", what="Open drum", told_to="Shift lead", language="en"
    )
    return made


@pytest.mark.parametrize(
    "question_id", ["CHEM-STO-02", "ENER-CAS-02", "FOUN-PRO-01", "FOUN-PRO-02", "CHEM-INV-01", "CHEM-PRC-04"]
)
def test_every_kind_of_question_fits(app: App, visit: UUID, question_id: str) -> None:
    assert_fits(lambda: walk_page(app), Walk(visit, question_id))


def open_finding(page: WalkPage) -> None:
    page._find()
    page.finding.rows["stop_and_tell"].click()


SHEETS = {
    "finding": open_finding,
    "areas": WalkPage.open_areas,
    "choosing": WalkPage._ask_choosing,
    "row": partial(WalkPage._open_row, line=None),
}


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_fits(app: App, visit: UUID, name: str) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, "CHEM-INV-01" if name == "row" else "CHEM-STO-02")
    preferences, found = WindowPreferences(application()), []
    for locale in LOCALES:
        preferences.choose_locale(locale)
        for width, height in SIZES:
            window.resize(width, height)
            settle()
            SHEETS[name](page)
            settle()
            found += [f"{width}×{height} {locale}: {what}" for what in troubles(window, QSize(width, height))]
            page.dismiss_sheets()
    preferences.choose_locale("en_US")
    page.close_page()
    window.close()
    window.deleteLater()
    settle()
    assert not found, "\n".join(found[:20])
