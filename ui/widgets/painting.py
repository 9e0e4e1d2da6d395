"""Strokes that painted widgets and list rows share. All colours are asked for while painting."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import MODULES, color, module_color
from ui.theme.icons import Cut, pixmap
from ui.theme.stair import STEPS
from ui.widgets.shapes import (
    Align,
    paint_fill,
    paint_key,
    paint_stair,
    painter_of,
    put,
    put_wrapped,
    shape,
)

__all__ = [
    "STEPS",
    "Align",
    "paint_fill",
    "paint_key",
    "paint_ring",
    "paint_stair",
    "paint_tile",
    "painter_of",
    "put",
    "put_icon",
    "put_wrapped",
    "ratio_of",
    "shape",
]


def ratio_of(painter: QPainter) -> float:
    """The device ratio of what is painted on: the key under which icons are kept."""
    return painter.device().devicePixelRatioF()


def put_icon(p: QPainter, corner: QPointF, name: str, tint: QColor, size: int, cut: Cut = "bold") -> None:
    """An icon with its upper left corner at a point."""
    p.drawPixmap(corner, pixmap(name, tint, size, ratio_of(p), cut))


def paint_ring(p: QPainter, rect: QRectF, part: float, tint: QColor, width: float = 4) -> None:
    """How much of something is done; a tick when all of it is."""
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(color("track"), width))
    p.drawEllipse(inner)
    if part > 0:
        p.setPen(QPen(tint, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        p.drawArc(inner, 90 * 16, round(-part * 360 * 16))
    if part >= 1:
        size = round(rect.width() * 0.5)
        put_icon(p, rect.center() - QPointF(size / 2, size / 2), "check", tint, size)


def paint_tile(p: QPainter, rect: QRectF, code: str, *, on_deep: bool = False) -> None:
    """A module's tile: its colour and its symbol. Its name stands near it."""
    shape(p, rect, color("surface") if on_deep else module_color(code), radius=6)
    size = round(rect.width() * 0.62)
    tint = module_color(code) if on_deep else color("onModule")
    put_icon(p, rect.center() - QPointF(size / 2, size / 2), MODULES[code]["icon"], tint, size, "fill")
