"""Strokes that painted widgets and list rows share. All colours are asked for while painting."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import MODULES, Cut, Role, color, font, module_color, pixmap

STEPS = 5
Align = Literal["left", "right", "mid"]
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "mid": Qt.AlignmentFlag.AlignHCenter,
}


def painter_of(widget: QWidget) -> QPainter:
    """A smooth painter. Bind it to a name and `end()` it, or use it to the end of the paint event."""
    result = QPainter(widget)
    result.setRenderHint(QPainter.RenderHint.Antialiasing)
    return result


def ratio_of(painter: QPainter) -> float:
    """The device ratio of what is painted on: the key under which icons are kept."""
    return painter.device().devicePixelRatioF()


def shape(
    p: QPainter,
    rect: QRectF,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1,
    radius: float = 8,
) -> None:
    """A rounded rectangle."""
    p.setPen(QPen(line, width) if line is not None else QPen(Qt.PenStyle.NoPen))
    if fill is None:
        p.setBrush(Qt.BrushStyle.NoBrush)
    else:
        p.setBrush(fill)
    p.drawRoundedRect(rect, radius, radius)


def put(
    p: QPainter,
    rect: QRectF,
    text: str,
    role: Role = "body",
    tint: str | QColor = "ink",
    align: Align = "left",
    *,
    mono: bool = False,
) -> None:
    """One line of text, elided to its rectangle. Not for questions, anchors, figures or units."""
    p.setFont(font(role, mono=mono))
    p.setPen(color(tint) if isinstance(tint, str) else tint)
    shown = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    p.drawText(rect, int(_ALIGN[align] | Qt.AlignmentFlag.AlignVCenter), shown)


def put_wrapped(p: QPainter, rect: QRectF, text: str, role: Role = "body", tint: str = "ink") -> None:
    """Text over as many lines as it needs; measure with `metrics(role)` first."""
    p.setFont(font(role))
    p.setPen(color(tint))
    p.drawText(rect, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter), text)


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


def paint_stair(p: QPainter, rect: QRectF, level: int, on: QColor, off: QColor) -> None:
    """The house mark: five ascending steps, filled up to the level. Also readable in grey."""
    gap = 2.0
    width = (rect.width() - gap * (STEPS - 1)) / STEPS
    for step in range(STEPS):
        height = rect.height() * (0.28 + 0.18 * step)
        step_rect = QRectF(rect.x() + step * (width + gap), rect.bottom() - height, width, height)
        shape(p, step_rect, on if step <= level else off, radius=1.5)


def paint_fill(p: QPainter, rect: QRectF, tint: QColor, *, hatched: bool = False) -> None:
    """Solid, or outlined stripes for figures that nobody has proved yet, so that grey print tells them apart."""
    if not hatched:
        p.fillRect(rect, tint)
        return
    p.save()
    p.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    p.fillRect(rect, color("surface"))
    p.setPen(QPen(tint, 2.5))
    height = int(rect.height())
    for x in range(int(rect.x()) - height, int(rect.right()) + height, 8):
        p.drawLine(QPointF(x, rect.bottom()), QPointF(x + height, rect.top()))
    p.setPen(QPen(tint, 2))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(rect.adjusted(1, 1, -1, -1))
    p.restore()


def paint_tile(p: QPainter, rect: QRectF, code: str, *, on_deep: bool = False) -> None:
    """A module's tile: its colour and its symbol. Its name stands near it."""
    shape(p, rect, color("surface") if on_deep else module_color(code), radius=6)
    size = round(rect.width() * 0.62)
    tint = module_color(code) if on_deep else color("onModule")
    put_icon(p, rect.center() - QPointF(size / 2, size / 2), MODULES[code]["icon"], tint, size, "fill")


def paint_key(p: QPainter, rect: QRectF, text: str) -> None:
    """The picture of a key."""
    shape(p, rect, color("sunken"), color("edge"), 1, 4)
    put(p, rect, text, "caption", "ink2", "mid", mono=True)
