"""How the comparison is drawn: a module's two bars, and questions with their level then and now."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import Module
from greenaudit.messages import msg
from greenaudit.services.views import ComparedQuestion, ComparedScore
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.theme import color, metrics
from ui.widgets.boxes import col, row
from ui.widgets.painting import put, put_icon, put_wrapped
from ui.widgets.signs import MODULE_NAMES, Bar, BarPart, ModuleTile
from ui.widgets.texts import Label

TINTS: dict[Module, str] = {"CHEM": "chem", "WAST": "wast", "ENER": "ener", "FOUN": "foun"}


def figure(value: Decimal | None) -> str:
    """A score as it is shown: one decimal, a dash where there is none."""
    return "–" if value is None else formats().number(value, 1)


def signed(value: Decimal | None) -> str:
    """A change with its sign."""
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{formats().number(abs(value), 1)}"


def level(value: Decimal) -> str:
    """A level: whole where it is whole."""
    return formats().number(value, 0 if value == value.to_integral_value() else 1)


def tone_of(change: Decimal | None) -> str:
    """Green for better, amber for worse; the sign says it too."""
    if not change:
        return "ink2"
    return "accent" if change > 0 else "warn"


def module_row(module: Module, score: ComparedScore) -> QWidget:
    """A module: its name, then and now as bars with their figures, and the change."""
    name = Label(MODULE_NAMES[module], "strong", wrap=True)
    change = Label(signed(score.change), "title", tone_of(score.change))
    head = row(ModuleTile(module, 28), (name, 1), change, gap=12)
    result = QWidget()
    if score.before is None and score.after is None:
        nothing = Label(msg("Nothing of it was assessed at both visits."), "small", "ink2", wrap=True)
        result.setLayout(col(head, nothing, gap=6))
        return result
    result.setLayout(
        col(
            head,
            _bar(tr(msg("Then")), score.before, "ink3"),
            _bar(tr(msg("Now")), score.after, TINTS[module]),
            gap=6,
        )
    )
    return result


def _bar(title: str, score: Decimal | None, tint: str) -> QWidget:
    words, value = Label(title, "small", "ink2"), Label(figure(score), "strong")
    words.setFixedWidth(metrics("small").horizontalAdvance(title) + 4 if len(title) > 10 else 76)
    value.setFixedWidth(56)
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    part = BarPart(float(score or 0) / 100, tint)
    result = QWidget()
    result.setLayout(row(words, (Bar((part,), 10), 1), value, gap=10))
    result.setAccessibleName(f"{title} {figure(score)}")
    return result


class QuestionRows:
    """Draws questions; the whole text wraps, since a question is never cut off."""

    _LEFT, _RIGHT = 20, 150

    def height(self, value: ComparedQuestion, width: int) -> int:
        return max(56, self._tall(value, width) + 44)

    def draw(self, p: QPainter, rect: QRectF, value: ComparedQuestion, *, selected: bool) -> None:
        tall = self._tall(value, int(rect.width()))
        top, room = rect.center().y() - (tall + 20) / 2, rect.width() - self._LEFT - self._RIGHT
        put(p, QRectF(rect.x() + self._LEFT, top, room, 18), value.question.id, "caption", "ink3", mono=True)
        words = QRectF(rect.x() + self._LEFT, top + 20, room, tall)
        put_wrapped(p, words, tr(value.question.text), "body")
        better = value.after > value.before
        moved = f"{level(value.before)} → {level(value.after)}"
        box = QRectF(rect.right() - self._RIGHT, rect.y(), self._RIGHT - 52, rect.height())
        put(p, box, moved, "strong", "accent" if better else "warn", "right")
        put_icon(p, QPointF(rect.right() - 36, rect.center().y() - 10), "caret-right", color("ink3"), 20)

    def _tall(self, value: ComparedQuestion, width: int) -> int:
        room = max(80, width - self._LEFT - self._RIGHT)
        flags = int(Qt.TextFlag.TextWordWrap)
        return metrics("body").boundingRect(0, 0, room, 9999, flags, tr(value.question.text)).height()


def spoken(value: ComparedQuestion) -> str:
    """A line for screen readers."""
    return f"{value.question.id} {tr(value.question.text)}: {level(value.before)} → {level(value.after)}"
