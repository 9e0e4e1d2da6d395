"""Small flowables: a paragraph with a rule or a mark beside it, a drawing at print size, a heading that is in the outline."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from greenaudit.reports.palette import palette

Mark = Callable[[Canvas, float, float], None]
"""Draws beside a paragraph: the canvas, x = 0, and the y of the paragraph's top."""


class Ruled(Paragraph):
    """A paragraph with a line at its left, on every page it runs over (`rule` and `ruleAt` in its style)."""

    def draw(self) -> None:
        super().draw()
        style = self.style
        self.canv.saveState()
        self.canv.setStrokeColor(palette().colour(style.rule))
        self.canv.setLineWidth(getattr(style, "ruleWidth", 1.2))
        self.canv.line(style.ruleAt, -1, style.ruleAt, self.height - 1)
        self.canv.restoreState()


class Marked(Paragraph):
    """A paragraph with something drawn in the gutter beside its first line."""

    mark: Mark | None = None

    def draw(self) -> None:
        super().draw()
        if self.mark is not None:
            self.mark(self.canv, 0, self.height)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Splits like any paragraph; the mark stays with the first part."""
        parts: list[Flowable] = super().split(width, height)
        if parts and isinstance(parts[0], Marked):
            parts[0].mark = self.mark
        return parts


class Heading(Paragraph):
    """A heading that enters the outline at a level, under a plain name."""

    def __init__(self, text: str, style: ParagraphStyle, entry: str = "", level: int = 0) -> None:
        super().__init__(text, style)
        self._entry, self._level = entry, level
        self.keepWithNext = 1

    def draw(self) -> None:
        super().draw()
        if self._entry:
            _, y = self.canv.absolutePosition(0, 0)
            key = f"part-{self.canv.getPageNumber()}-{y:.0f}"
            self.canv.bookmarkHorizontal(key, 0, self.height + 12)
            self.canv.addOutlineEntry(self._entry, key, self._level, closed=self._level > 0)

    def split(self, width: float, height: float) -> list[Flowable]:
        """A heading is not torn apart unless it is higher than a page."""
        return [] if self.height <= 400 else super().split(width, height)


class Figure(Flowable):
    """A drawing at the width of the column, whatever width it was drawn at."""

    def __init__(self, drawing: Drawing, width: float, space_after: float = 6) -> None:
        super().__init__()
        self._drawing, self._scale = drawing, width / drawing.width
        self.width, self.height = width, drawing.height * self._scale
        self.spaceAfter = space_after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self._scale, self._scale)
        renderPDF.draw(self._drawing, self.canv, 0, 0)
        self.canv.restoreState()


class Rule(Flowable):
    """A thin line across the column, between what stands above and below it: at the top of a page it is left out."""

    def __init__(self, width: float, colour: str = "line", space: float = 7) -> None:
        super().__init__()
        self.width, self.height = width, 1.0
        self._colour = colour
        self.spaceBefore = self.spaceAfter = space
        self.keepWithNext = 1
        self._first = False

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As wide as asked; a frame that sets it at its top has nothing above it."""
        self._first = bool(getattr(getattr(self, "_frame", None), "_atTop", 0))
        return self.width, self.height

    def draw(self) -> None:
        if self._first:
            return
        self.canv.saveState()
        self.canv.setStrokeColor(palette().colour(self._colour))
        self.canv.setLineWidth(0.7)
        self.canv.line(0, 0, self.width, 0)
        self.canv.restoreState()
