"""A drawing with the house's few gestures: text, bars, stripes as lines, tiles. Plain shapes only.

No gradients, no clips, no patterns: printers and QtSvg agree on what is left.
"""

from __future__ import annotations

from typing import Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color

from greenaudit.reports import fonts, icons
from greenaudit.reports.palette import MODULE_ICONS, Palette
from greenaudit.reports.text import lines, printable

Anchor = Literal["start", "middle", "end"]
STRIPE = 7


class Sketch:
    """Draws on one `Drawing` with the colours of one palette."""

    def __init__(self, palette: Palette, width: float, height: float) -> None:
        fonts.register()
        self.palette = palette
        self.drawing = Drawing(width, height)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 13,
        colour: str = "ink",
        face: str = fonts.SANS,
        anchor: Anchor = "start",
    ) -> None:
        """One line of text, its baseline at y."""
        fill = self.palette.colour(colour)
        shown = printable(text, face).replace("\n", " ")
        self.drawing.add(String(x, y, shown, fontName=face, fontSize=size, fillColor=fill, textAnchor=anchor))

    def wrapped(
        self,
        x: float,
        y: float,
        room: float,
        text: str,
        size: float = 13,
        colour: str = "ink",
        face: str = fonts.SANS,
    ) -> None:
        """Up to two lines of text around the middle y."""
        broken = lines(text, face, size, room)
        leading = round(size * 1.2)
        top = y + leading * (len(broken) - 1) / 2 - size * 0.35
        for number, line in enumerate(broken):
            self.text(x, round(top - leading * number), line, size, colour, face)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A solid bar."""
        self._rect(x, y, width, height, self.palette.colour(colour), None)

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str = "edge",
        fill: str = "surface",
        line: float = 1,
        radius: float = 0,
    ) -> None:
        """A box with an outline."""
        ink, paper = self.palette.colour(colour), self.palette.colour(fill)
        self._rect(x, y, width, height, paper, ink, line, radius)

    def stripes(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A bar that is only claimed, or lost: an outline with slanted lines."""
        self.frame(x + 0.75, y + 0.75, max(0.5, width - 1.5), height - 1.5, colour, line=1.5)
        start = x - height
        while start < x + width:
            left, right = max(start, x), min(start + height, x + width)
            if right > left:
                self.line(left, y + left - start, right, y + right - start, colour, 1.5)
            start += STRIPE

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: str = "line",
        width: float = 1,
    ) -> None:
        """A line."""
        ink = self.palette.colour(colour)
        self.drawing.add(Line(x0, y0, x1, y1, strokeColor=ink, strokeWidth=width))

    def dashes(self, x0: float, x1: float, y: float, colour: str = "ink", width: float = 2) -> None:
        """A level dashed line, each dash a line of its own: renderers disagree about dash patterns."""
        x = x0
        while x < x1:
            self.line(x, y, min(x + 6, x1), y, colour, width)
            x += 10

    def icon(
        self, x: float, y: float, size: float, name: str, colour: str, style: icons.Style = "fill"
    ) -> None:
        """An icon, its lower left corner at (x, y)."""
        self.drawing.add(icons.shape(name, x, y, size, self.palette.colour(colour), style))

    def tile(self, x: float, y: float, size: float, module: str) -> None:
        """A module's tile: its symbol on its colour."""
        self._rect(x, y, size, size, self.palette.module(module), None, radius=size / 7)
        self.icon(x + size * 0.19, y + size * 0.19, size * 0.62, MODULE_ICONS[module], "onModule")

    def _rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Color,
        stroke: Color | None,
        line: float = 1,
        radius: float = 0,
    ) -> None:
        box = Rect(x, y, width, height, rx=radius, ry=radius)
        box.fillColor, box.strokeColor, box.strokeWidth = fill, stroke, line
        self.drawing.add(box)
