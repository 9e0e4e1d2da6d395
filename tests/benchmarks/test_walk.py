"""The walk of a 1,000-question visit: opening it to the first painted card, and one answer to its repaint."""

from __future__ import annotations

import os
import sys
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
from ui.routes import Walk
from ui.theme.switching import apply

QUESTIONS, ROUNDS, ANSWERS = 1000, 15, 300
OPENING, REPAINT = 50.0, 16.0
"""Milliseconds that are allowed."""


def big_visit(app: App) -> UUID:
    """A visit with many questions, half of them answered."""
    checklist = many_questions(QUESTIONS)
    app.packs._shipped = checklist
    app.packs._loaded[checklist.sha256] = checklist
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=checklist.sha256)
    for question in checklist.questions[: QUESTIONS // 2]:
        app.walk.answer(assessment_id=visit, question_id=question.id, response=Response(level=2))
    return visit


def painted() -> None:
    """Paints what is due, now: what changed, as on a screen."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def test_walk(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme.load_fonts()
    apply(qapp, "light")
    app = laptop(tmp_path)
    visit = big_visit(app)
    page = walk_page(app)
    window = shown_walk(page, visit)
    opening, reading, repaint = [], [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        app.visits.open(visit)
        reading.append((perf_counter() - start) * 1000)
        start = perf_counter()
        page.open(Walk(visit))
        painted()
        opening.append((perf_counter() - start) * 1000)
    for number in range(ANSWERS):
        page.presenter.go_to(app.packs.shipped().questions[number].id)
        painted()
        response = Response(level=number % 3 + 2)
        saved = app.walk.answer(
            assessment_id=visit, question_id=page.presenter.state().question.id, response=response
        )
        start = perf_counter()
        page.presenter._saved(visit, saved)
        painted()
        repaint.append((perf_counter() - start) * 1000)
    window.close()
    app.close()
    with capsys.disabled():
        sys.stdout.write(
            f"\nopening {QUESTIONS} questions to the painted card: {median(opening):.1f} ms (limit {OPENING:.0f}),"
            f" of it reading {median(reading):.1f} ms\n"
            f"one answer to its repaint: median {median(repaint):.1f} ms,"
            f" p99 {quantiles(repaint, n=100)[98]:.1f} ms (limit {REPAINT:.0f})\n"
        )
