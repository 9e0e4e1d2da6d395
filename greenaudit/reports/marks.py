"""The small stair in the gutter: what an answer gives, and what its evidence lets stand."""

from __future__ import annotations

from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

from greenaudit.reports.blocks import Mark
from greenaudit.reports.palette import Palette

STEP, GAP, TALL = 5.6, 1.4, 15.0


def steps_mark(palette: Palette, level: Decimal | None, effective: Decimal | None) -> Mark | None:
    """Five steps: solid up to the effective level, striped up to the level answered, open above."""
    if level is None:
        return None
    stands = level if effective is None else effective

    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.saveState()
        canvas.setLineWidth(0.7)
        canvas.setFillColor(palette.colour("accent"))
        for number in range(5):
            left, tall = x + number * (STEP + GAP), TALL * (number + 2) / 6
            base = top - TALL - 1
            reached = number <= stands
            claimed = not reached and number <= level
            canvas.setStrokeColor(palette.colour("accent" if reached or claimed else "edge"))
            canvas.rect(left, base, STEP, tall, stroke=1, fill=1 if reached else 0)
            if claimed:
                _stripe(canvas, left, base, tall)
        canvas.restoreState()

    return draw


def _stripe(canvas: Canvas, left: float, base: float, tall: float) -> None:
    """Slanted lines in one step."""
    rise = 1.6
    y = base + rise
    while y < base + tall:
        reach = min(STEP, base + tall - y)
        canvas.line(left, y, left + reach, y + reach)
        y += rise * 1.6
