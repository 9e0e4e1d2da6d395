"""What people do on the sign page: draw, fill in, and a visit that is ready for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from greenaudit.domain.assessments import Response
from greenaudit.services.opening import App
from tests.helpers.ui_visit import started
from ui.pages.sign.page import SignPage
from ui.ports import Done, Failed
from ui.widgets.signature_pad import SignaturePad

T = TypeVar("T")


class LaterTasks:
    """`ui.ports.Tasks` whose work waits until it is asked for, as on a slow disk."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        self._waiting.append(lambda: done(work()))

    aside = afar = run

    def stopping(self) -> bool:
        return False

    def work_off(self, most: int = 100) -> None:
        """Does what waits, and what comes of it, in its order."""
        for _ in range(most):
            if self._waiting:
                self._waiting.pop(0)()


def ready_to_sign(app: App) -> UUID:
    """A visit with the least that a closing needs."""
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
