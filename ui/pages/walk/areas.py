"""The areas: a ring, the code, critical questions still open, and how much is done. In medium a rail of rings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

from greenaudit.messages import msg
from ui.i18n import tr
from ui.models.tree import TreeModel
from ui.pages.walk.values import AreaLine
from ui.theme import color, metrics
from ui.widgets.lists import TouchList
from ui.widgets.painting import paint_ring, put, put_icon, put_wrapped

_WRAPS = int(Qt.TextFlag.TextWordWrap)
_LEFT = 58


class AreaRows:
    """Paints a row; `rail` for the narrow strip of rings."""

    def __init__(self) -> None:
        self.rail = False

    def height(self, value: AreaLine, width: int) -> int:
        if self.rail:
            return 64
        room = width - _LEFT - 12
        return 36 + metrics("body").boundingRect(0, 0, room, 99, _WRAPS, tr(value.area.title)).height()

    def draw(self, p: QPainter, rect: QRectF, value: AreaLine, *, selected: bool) -> None:
        progress = value.progress
        part = progress.done / progress.total if progress.total else 0.0
        x = rect.center().x() - 15 if self.rail else rect.x() + 16
        paint_ring(p, QRectF(x, rect.y() + (8 if self.rail else 13), 30, 30), part, color("accent"))
        if self.rail:
            self._draw_rail(p, rect, value, selected=selected)
        else:
            self._draw_row(p, rect, value, selected=selected)

    def _draw_rail(self, p: QPainter, rect: QRectF, value: AreaLine, *, selected: bool) -> None:
        tint = "accent" if selected else "ink2"
        under = QRectF(rect.x(), rect.y() + 40, rect.width(), 18)
        put(p, under, value.area.id, "caption", tint, "mid", mono=True)
        if value.progress.open_critical:
            put_icon(p, QPointF(rect.right() - 18, rect.y() + 4), "star", color("danger"), 12, "fill")

    def _draw_row(self, p: QPainter, rect: QRectF, value: AreaLine, *, selected: bool) -> None:
        left, top, right = rect.x() + _LEFT, rect.y() + 7, rect.right() - 12
        tint = "accent" if selected else "ink3"
        put(p, QRectF(left, top, 40, 18), value.area.id, "caption", tint, mono=True)
        code = metrics("caption", mono=True).horizontalAdvance(value.area.id) + 8
        put(p, QRectF(left + code, top, 96, 18), tr(value.time()), "caption", "ink3")
        progress = value.progress
        count = f"{progress.done}/{progress.total}"
        put(p, QRectF(left, top, right - left, 18), count, "caption", "ink2", "right", mono=True)
        if progress.open_critical:
            number = str(progress.open_critical)
            right -= metrics("caption", mono=True).horizontalAdvance(count) + 10
            put(p, QRectF(left, top, right - left, 18), number, "caption", "danger", "right")
            right -= metrics("caption").horizontalAdvance(number) + 17
            put_icon(p, QPointF(right, top + 2), "star", color("danger"), 14, "fill")
        name = QRectF(left, rect.y() + 27, rect.width() - _LEFT - 12, rect.height() - 36)
        put_wrapped(p, name, tr(value.area.title), "body", "accent" if selected else "ink")


class AreaList(TouchList):
    """The list of areas. It leaves digits and letters to the page: they answer, they don't search."""

    def __init__(self) -> None:
        self._painter = AreaRows()
        self._areas: TreeModel[AreaLine] = TreeModel(_spoken)
        super().__init__(self._areas, self._painter, msg("Areas"))

    def show_areas(self, areas: tuple[AreaLine, ...], here: str) -> None:
        """Shows how far each area is; rows that stayed the same aren't touched."""
        now = self._areas.values()
        if [value.area.id for value in now] != [value.area.id for value in areas]:
            self._areas.set_values(areas)
        else:
            for place, (old, new) in enumerate(zip(now, areas, strict=True)):
                if old != new:
                    self._areas.replace(place, new)
        place = next((k for k, value in enumerate(areas) if value.area.id == here), -1)
        if place >= 0 and self.currentIndex().row() != place:
            self.setCurrentIndex(self._areas.index(place, 0))

    def set_rail(self, *, rail: bool) -> None:
        """A rail of rings, or rows with names."""
        self._painter.rail = rail
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A smaller list keeps the area that is shown in sight, whole."""
        super().resizeEvent(event)
        self._show_current()

    def changeEvent(self, event: QEvent) -> None:
        """In another language names wrap otherwise: the area that is shown stays in sight."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip():
            event.ignore()
            return
        super().keyPressEvent(event)


def _spoken(value: AreaLine) -> str:
    progress = value.progress
    open_critical = progress.open_critical
    critical = tr(msg("critical open: {count}", count=open_critical)) if open_critical else ""
    done = f"{progress.done}/{progress.total}"
    parts = (value.area.id, tr(value.area.title), done, critical, tr(value.time()))
    return ", ".join(part for part in parts if part)
