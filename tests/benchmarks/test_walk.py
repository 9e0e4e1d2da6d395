"""The walk of a visit with 206, 1,000 and 2,000 questions: opening, jumping, filtering, one answer, each to its repaint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from greenaudit.domain.assessments import Response
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App
from tests.helpers.checklists import many_questions
from tests.helpers.ui_visit import laptop, shown_walk, walk_page
from ui import theme
from ui.pages.walk.choosing import NAMES
from ui.pages.walk.page import WalkPage
from ui.routes import Walk
from ui.theme.switching import apply

ROUNDS, ANSWERS = 15, 100
OPENING = {206: 50.0, 1000: 50.0, 2000: 100.0}
JUMP, REPAINT = 50.0, 16.0
"""Milliseconds that are allowed."""


def big_visit(app: App, count: int) -> UUID:
    """A visit with many questions, half of them answered."""
    checklist = many_questions(count)
    app.packs._shipped = checklist
    app.packs._loaded[checklist.sha256] = checklist
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=checklist.sha256)
    for question in checklist.questions[1 : count // 2]:
        app.walk.answer(assessment_id=visit, question_id=question.id, response=Response(level=2))
    return visit


def painted() -> None:
    """Paints what is due, now: what changed, as on a screen."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def timed(action: Callable[[], object]) -> float:
    """Milliseconds of an action and of painting what came of it."""
    start = perf_counter()
    action()
    painted()
    return (perf_counter() - start) * 1000


def said(what: str, spent: list[float], limit: float) -> str:
    """A line of the result; the least is what a quiet machine would give."""
    return (
        f"{what}: median {median(spent):.1f} ms, least {min(spent):.1f}, p95 {quantiles(spent, n=20)[18]:.1f} "
        f"(limit {limit:.0f})\n"
    )


def jumped(page: WalkPage, ids: list[str]) -> list[float]:
    """From one end of the visit to the other, and everywhere in between."""
    far = [ids[number * 733 % len(ids)] for number in range(ROUNDS * 8)]
    return [timed(partial(page.presenter.go_to, question_id)) for question_id in far]


def filtered(page: WalkPage) -> list[float]:
    """Every filter, by area and by module."""
    choose = page.presenter.choose
    wanted = [(only, by_module) for by_module in (False, True) for only in NAMES] * 4
    return [timed(partial(choose, only, by_module=by_module)) for only, by_module in wanted]


def answered(page: WalkPage, app: App, visit: UUID, ids: list[str]) -> list[float]:
    """An answer that has been saved, to its repaint."""
    spent = []
    for number in range(ANSWERS):
        page.presenter.go_to(ids[number])
        painted()
        saved = app.walk.answer(
            assessment_id=visit, question_id=ids[number], response=Response(level=number % 3 + 2)
        )
        spent.append(timed(partial(page.presenter._saved, visit, saved)))
    return spent


@pytest.mark.parametrize("count", [206, 1000, 2000])
def test_walk(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int) -> None:
    theme.load_fonts()
    apply(qapp, "light")
    app = laptop(tmp_path)
    visit = big_visit(app, count)
    page = walk_page(app)
    window = shown_walk(page, visit)
    painted()
    reading = [timed(partial(app.visits.open, visit)) for _ in range(ROUNDS)]
    opening = [timed(partial(page.open, Walk(visit))) for _ in range(ROUNDS)]
    ids = [question.id for question in page.presenter.place.asked()]
    lines = [
        said("reading", reading, OPENING[count]),
        said("opening to the painted card", opening, OPENING[count]),
        said("jumping anywhere", jumped(page, ids), JUMP),
        said("choosing a filter or the order", filtered(page), JUMP),
    ]
    page.presenter.choose("all", by_module=False)
    lines.append(said("one answer to its repaint", answered(page, app, visit, ids), REPAINT))
    window.close()
    app.close()
    with capsys.disabled():
        sys.stdout.write(f"\n{count} questions\n" + "".join(lines))
