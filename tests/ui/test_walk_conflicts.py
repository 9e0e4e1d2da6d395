"""Two people who changed one field apart: both values are shown alike, and one tap settles it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App
from tests.helpers.apps import copy_of, programme_home
from tests.helpers.exchange import exchange
from tests.helpers.ui import assert_fits, settle
from tests.helpers.ui_visit import shown_walk, started, walk_page
from ui.routes import Walk

QUESTION, REGISTER = "CHEM-STO-02", "CHEM-INV-01"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return programme_home(tmp_path_factory.mktemp("template") / "home")


@pytest.fixture
def app(template: Path, tmp_path: Path) -> Iterator[App]:
    made = copy_of(template, tmp_path / "mine")
    yield made
    made.close()


@pytest.fixture
def other(template: Path, tmp_path: Path) -> Iterator[App]:
    made = copy_of(template, tmp_path / "theirs")
    made.context.store.become_new_device()
    yield made
    made.close()


@pytest.fixture
def visit(app: App, other: App) -> UUID:
    """A visit in which an answer and a row were changed on two devices."""
    made = started(app)
    add = {"assessment_id": made, "question_id": REGISTER, "locale": "en_US", "unfinished": True}
    row = app.walk.add_row(cells={"product": "Thinner"}, **add).changed[REGISTER].rows[-1]  # type: ignore[arg-type]
    exchange(app, other)
    for each, level, amount in ((app, 1, "1240"), (other, 3, "860")):
        each.walk.answer(assessment_id=made, question_id=QUESTION, response=Response(level=level))
        each.walk.change_row(
            assessment_id=made, row_id=row.id, cells={"max_on_site": amount}, locale="en_US", unfinished=True
        )
    exchange(app, other)
    return made


def test_a_tap_settles_which_answer_stands(qtbot: QtBot, app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, QUESTION)
    kept = page.card.conflicts.buttons
    assert len(kept) == 2
    assert kept[0].size() == kept[1].size()
    first = app.desk.state(visit, QUESTION).conflicts[0].heads
    oldest = min(first, key=lambda change: (change.hlc, change.id))
    qtbot.mouseClick(kept[0], Qt.MouseButton.LeftButton)
    state = app.desk.state(visit, QUESTION)
    assert state.conflicts == ()
    assert state.answer.response == Response.model_validate(oldest.fields["response"])
    assert not page.card.conflicts.isVisible()
    window.close()
    window.deleteLater()
    settle()


def test_rows_in_conflict_are_said_in_words(app: App, visit: UUID) -> None:
    page = walk_page(app)
    window = shown_walk(page, visit, REGISTER)
    said = [label.text() for label in page.card.conflicts.findChildren(QLabel)]
    assert any("1,240 kg" in words for words in said)
    assert any("860 kg" in words for words in said)
    window.close()
    window.deleteLater()
    settle()


@pytest.mark.parametrize("question_id", [QUESTION, REGISTER])
def test_conflicts_fit(app: App, visit: UUID, question_id: str) -> None:
    assert_fits(lambda: walk_page(app), Walk(visit, question_id))
