"""Strokes that need no icon: shapes, text, the house mark. Those with icons are in `painting`."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Role, color, font
from ui.theme.stair import stair_steps

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


def paint_stair(p: QPainter, rect: QRectF, level: int, on: QColor, off: QColor) -> None:
    """The house mark: five ascending steps, filled up to the level. Also readable in grey."""
    for step, step_rect in enumerate(stair_steps(rect)):
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


def paint_key(p: QPainter, rect: QRectF, text: str) -> None:
    """The picture of a key."""
    shape(p, rect, color("sunken"), color("edge"), 1, 4)
    put(p, rect, text, "caption", "ink2", "mid", mono=True)


def elided_lines(metrics: QFontMetrics, text: str, width: int, most: int) -> list[str]:
    """A text over at most so many lines, the last one elided: for a list that leads to the whole text."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = 1
        while taken < len(words) and metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= width:
            taken += 1
        lines.append(" ".join(words[:taken]))
        words = words[taken:]
    if words:
        lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return lines
