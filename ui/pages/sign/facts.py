"""What is missing before one signs: what must be, and what is only said. Tapping one goes to its question."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from greenaudit.messages import msgs
from greenaudit.services.views import Fact
from ui.i18n import tr
from ui.theme import TOUCH, color, metrics
from ui.widgets.boxes import clear, col, pane
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.painting import painter_of, put_icon, put_wrapped, shape

_LEFT, _RIGHT = 44, 36


class FactRow(QAbstractButton):
    """One fact: a sign, the sentence, and an arrow where there is a question to go to."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr(fact.text))
        self.setEnabled(bool(fact.question_id))
        if fact.question_id:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(80, width - _LEFT - _RIGHT)
        wraps = int(Qt.TextFlag.TextWordWrap)
        text = metrics("body").boundingRect(0, 0, room, 999, wraps, tr(self._fact.text)).height()
        return max(TOUCH["min"], text + 16)

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, TOUCH["min"])

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        rect = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            shape(p, rect, color("sunken"))
        must = self._fact.must
        sign, tint = ("warning-octagon", "danger") if must else ("warning", "warn")
        middle = rect.center().y() - 11
        put_icon(p, QPointF(8, middle), sign, color(tint), 22, "fill")
        words = QRectF(_LEFT, 0, rect.width() - _LEFT - _RIGHT, rect.height())
        put_wrapped(p, words, tr(self._fact.text), "body", "danger" if must else "ink")
        if self._fact.question_id:
            put_icon(p, QPointF(rect.right() - 28, middle + 1), "caret-right", color("ink3"), 20)
        p.end()


class FactsCard(Card):
    """One line that unfolds, hidden when nothing is missing; what must be done first is never folded away.

    Signals:
        picked (str): the question of a fact that was tapped.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        self.rows: list[FactRow] = []
        self._lines = col(gap=0)
        self._unfolded = pane(self._lines)
        self.head = Button("", "quiet", "caret-right")
        self.head.clicked.connect(self._turn)
        super().__init__(col(self.head, self._unfolded, gap=0), (8, 6, 8, 6))
        self._unfolded.hide()
        self.hide()

    def show_facts(self, facts: tuple[Fact, ...], *, anew: bool) -> None:
        """Shows what is missing; what must be comes first. `anew`: folded as at the beginning."""
        clear(self._lines)
        self.rows = []
        lacking = sorted((fact for fact in facts if not fact.ok), key=lambda fact: not fact.must)
        self.head.say(
            msgs(
                "Before you sign: one thing to look at",
                "Before you sign: {n} things to look at",
                len(lacking),
            )
        )
        if anew:
            self._unfold(unfolded=any(fact.must for fact in lacking))
        for fact in lacking:
            line = FactRow(fact)
            line.clicked.connect(partial(self._pick, fact.question_id))
            self._lines.addWidget(line)
            self.rows.append(line)
        self.setVisible(bool(lacking))

    def _turn(self, _checked: object = None) -> None:
        self._unfold(unfolded=self._unfolded.isHidden())

    def _unfold(self, *, unfolded: bool) -> None:
        self.head.set_icon("caret-down" if unfolded else "caret-right")
        self._unfolded.setVisible(unfolded)

    def _pick(self, question_id: str, _checked: object = None) -> None:
        if question_id:
            self.picked.emit(question_id)
