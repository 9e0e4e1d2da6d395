"""Icons as vector paths: one SVG file serves the window, and through fontTools the report."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.reportLabPen import ReportLabPen
from fontTools.svgLib.path import parse_path
from reportlab.graphics.shapes import Group, definePath
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from greenaudit.paths import resource

Style = Literal["fill", "bold"]
Step = tuple[str, tuple[float, ...]]

BOX = 256
_OPERATIONS = (("moveTo", 2), ("lineTo", 2), ("curveTo", 6), ("closePath", 0))


@lru_cache(maxsize=128)
def outline(name: str, style: Style = "fill") -> tuple[Step, ...]:
    """The steps of an icon's outline, in a box of 256 with y downwards."""
    svg = resource("icons", f"{name}-{style}.svg").read_text(encoding="utf-8")
    recorded = RecordingPen()
    for path in re.findall(r'\sd="([^"]+)"', svg):
        parse_path(path, recorded)
    pen = ReportLabPen(None)
    recorded.replay(pen)
    points = iter(pen.path.points)
    steps = []
    for code in pen.path.operators:
        operation, count = _OPERATIONS[code]
        steps.append((operation, tuple(float(next(points)) for _ in range(count))))
    return tuple(steps)


def shape(name: str, x: float, y: float, size: float, colour: Color, style: Style = "fill") -> Group:
    """The icon as a shape for a drawing, its lower left corner at (x, y)."""
    k = size / BOX
    steps: list[Any] = [(step, *points) if points else step for step, points in outline(name, style)]
    path = definePath(steps, fillColor=colour, strokeColor=None)
    return Group(path, transform=(k, 0, 0, -k, x, y + size))


def draw(
    canvas: Canvas, name: str, x: float, y: float, size: float, colour: Color, style: Style = "fill"
) -> None:
    """The icon on a page, its lower left corner at (x, y)."""
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(size / BOX, -size / BOX)
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    for operation, points in outline(name, style):
        getattr(path, "close" if operation == "closePath" else operation)(*points)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
