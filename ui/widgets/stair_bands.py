"""A number on its stair: five ascending steps with this question's limits, and a mark where the value stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from greenaudit.domain.checklists import LEVEL_NAMES
from ui.i18n import tr
from ui.theme import border, color, metrics
from ui.theme.stair import STEPS
from ui.widgets.painting import painter_of, put, shape

_BASE, _GAP, _HEIGHT = 124, 6, 150


class Bands(QWidget):
    """The stair of a number question. `level` None: nothing stands on it yet."""

    def __init__(self) -> None:
        super().__init__()
        self._limits: tuple[str, ...] = ("",) * STEPS
        self._level: int | None = None
        self._value = ""
        self._at = 0.5
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_limits(self, limits: tuple[str, ...]) -> None:
        """Shows what each step asks for."""
        self._limits = limits
        self.update()

    def show_value(self, value: str, level: int | None, at: float = 0.5) -> None:
        """Sets the mark on a step, `at` of its width from the left."""
        self._value, self._level, self._at = value, level, min(0.95, max(0.05, at))
        self.setAccessibleName("" if level is None else f"{value}: {level} {tr(LEVEL_NAMES[level])}")
        self.update()

    def _width(self) -> float:
        return (self.width() - _GAP * (STEPS - 1)) / STEPS

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        for step in range(STEPS):
            self._paint_step(p, step, on=step == self._level)
        if self._level is not None:
            self._paint_mark(p, self._level)
        p.end()

    def _paint_step(self, p: QPainter, step: int, *, on: bool) -> None:
        width, tall = self._width(), 40 + 12 * step
        rect = QRectF(step * (width + _GAP), _BASE - tall, width, tall).adjusted(1, 1, -1, -1)
        shape(p, rect, color("accent" if on else "surface"), color("accent" if on else "line"), border(), 6)
        ink = "onAccent" if on else "ink"
        stacked = metrics("body").horizontalAdvance(self._limits[step]) > width - 40
        if stacked:
            put(p, QRectF(rect.x(), rect.y(), width, 22), str(step), "strong", ink, "mid")
            low = QRectF(rect.x() + 2, rect.bottom() - 22, width - 6, 20)
            put(p, low, self._limits[step], "caption", ink, "mid")
        else:
            put(p, rect.adjusted(12, 0, 0, 0), str(step), "title", ink)
            put(p, rect.adjusted(34, 0, 0, 0), self._limits[step], "strong" if on else "body", ink)
        put(p, QRectF(rect.x(), _BASE + 3, width, 22), tr(LEVEL_NAMES[step]), "caption", "ink2", "mid")

    def _paint_mark(self, p: QPainter, level: int) -> None:
        width = self._width()
        x, top = level * (width + _GAP) + width * self._at, _BASE - 40.0 - 12 * level
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(color("ink"))
        p.drawPolygon([QPointF(x - 8, top - 14), QPointF(x + 8, top - 14), QPointF(x, top - 3)])
        half = metrics("strong").horizontalAdvance(self._value) / 2 + 4
        middle = min(max(x, half), self.width() - half)
        put(p, QRectF(middle - half, top - 36, 2 * half, 22), self._value, "strong", "ink", "mid")
