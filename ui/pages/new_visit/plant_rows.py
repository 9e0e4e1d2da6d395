"""A plant as a line of the list: its name, who it belongs to and supplies, when it was last visited."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from greenaudit.messages import msg
from greenaudit.services.views import PlantCard
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.theme import color, metrics
from ui.widgets.painting import put, put_icon, put_wrapped, shape

LEFT, RIGHT = 60, 20


def about(card: PlantCard) -> str:
    """Place, supplier, the car maker it supplies, and the last visit."""
    plant = card.plant
    place = ", ".join(part for part in (plant.city, plant.region, plant.country) if part)
    parts = [place, card.supplier, card.oem]
    if card.last_visit is not None:
        day = card.last_visit.astimezone(ZoneInfo(plant.timezone)).date()
        parts.append(tr(msg("last visit {day}", day=formats().date(day))))
    else:
        parts.append(tr(msg("not yet visited")))
    return " · ".join(part for part in parts if part)


class PlantRows:
    """Draws plants; the chosen one is ticked."""

    def height(self, value: PlantCard, width: int) -> int:
        return max(64, 42 + self._sub_height(value, width))

    def draw(self, p: QPainter, rect: QRectF, value: PlantCard, *, selected: bool) -> None:
        tall = self._sub_height(value, int(rect.width()))
        middle = rect.center().y()
        top, room = middle - (22 + tall) / 2, rect.width() - LEFT - RIGHT
        if selected:
            put_icon(p, QPointF(rect.x() + 20, middle - 12), "check-circle", color("accent"), 24, "fill")
        else:
            shape(p, QRectF(rect.x() + 22, middle - 10, 20, 20), None, color("edge"), 2, 10)
        put(
            p,
            QRectF(rect.x() + LEFT, top, room, 22),
            value.plant.name,
            "strong",
            "accent" if selected else "ink",
        )
        put_wrapped(p, QRectF(rect.x() + LEFT, top + 22, room, tall), about(value), "small", "ink2")

    @staticmethod
    def _sub_height(value: PlantCard, width: int) -> int:
        room = max(80, width - LEFT - RIGHT)
        return (
            metrics("small")
            .boundingRect(0, 0, room, 999, int(Qt.TextFlag.TextWordWrap), about(value))
            .height()
        )
