"""A visit as a line of the list: its ring, the plant, what is so, how much is answered."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from greenaudit.services.views import VisitCard
from ui.pages.home.words import about
from ui.theme import color, metrics
from ui.widgets.painting import paint_ring, put, put_icon, put_wrapped

LEFT, RIGHT = 76, 130


class VisitRows:
    """Draws visits. The second line wraps: a date is never cut off."""

    def height(self, value: VisitCard, width: int) -> int:
        return max(60, 38 + self._sub_height(about(value), width - LEFT - RIGHT))

    def draw(self, p: QPainter, rect: QRectF, value: VisitCard, *, selected: bool) -> None:
        share = value.done / value.total if value.total else 0.0
        middle = rect.center().y()
        if value.trouble is None:
            ring = QRectF(rect.x() + 20, middle - 20, 40, 40)
            paint_ring(p, ring, 1.0 if value.state == "signed" else share, color("accent"), 40 / 9)
        else:
            put_icon(p, QPointF(rect.x() + 26, middle - 14), "warning", color("warn"), 28, "fill")
        room = rect.width() - LEFT - RIGHT
        sub = about(value)
        tall = self._sub_height(sub, int(room))
        top = middle - (22 + tall) / 2
        put(p, QRectF(rect.x() + LEFT, top, room, 22), value.plant.name, "strong")
        tone = "ink2" if value.trouble is None else "warn"
        put_wrapped(p, QRectF(rect.x() + LEFT, top + 22, room, tall), sub, "small", tone)
        if value.trouble is not None:
            return
        count = QRectF(rect.right() - RIGHT, rect.y(), RIGHT - 52, rect.height())
        put(p, count, f"{value.done}/{value.total}", "small", "ink2", "right", mono=True)
        put_icon(p, QPointF(rect.right() - 36, middle - 10), "caret-right", color("ink3"), 20)

    @staticmethod
    def _sub_height(text: str, width: int) -> int:
        from_top = metrics("small").boundingRect(
            0, 0, max(80, width), 999, int(Qt.TextFlag.TextWordWrap), text
        )
        return from_top.height()
