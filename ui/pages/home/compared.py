"""Signed visits that have one before them, as lines that lead to the comparison."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from greenaudit.messages import msg
from greenaudit.services.views import VisitCard
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.home.words import day_of
from ui.theme import color
from ui.widgets.painting import put, put_icon

LEFT, RIGHT = 76, 60


def compared_of(cards: tuple[VisitCard, ...]) -> tuple[VisitCard, ...]:
    """Those that can be compared with the visit before."""
    return tuple(
        card
        for card in cards
        if card.previous_id is not None and card.state == "signed" and card.trouble is None
    )


def compared_words(card: VisitCard) -> str:
    """What a line says."""
    moment = card.closed_at or card.started_at
    day = formats().date(day_of(moment, card.plant.timezone))
    return tr(msg("{plant}, visit of {day}", plant=card.plant.name, day=day))


class CompareRows:
    """Draws the lines."""

    def height(self, value: VisitCard, width: int) -> int:
        return 56

    def draw(self, p: QPainter, rect: QRectF, value: VisitCard, *, selected: bool) -> None:
        middle = rect.center().y()
        put_icon(p, QPointF(rect.x() + 28, middle - 12), "stack", color("ink2"), 24)
        room = QRectF(rect.x() + LEFT, rect.y(), rect.width() - LEFT - RIGHT, rect.height())
        put(p, room, compared_words(value), "strong")
        put_icon(p, QPointF(rect.right() - 36, middle - 10), "caret-right", color("ink3"), 20)
