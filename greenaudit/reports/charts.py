"""The charts, drawn once: vectors in the PDF, SVG on the screen and on pages, the same shapes in grey.

A chart is given rows of figures and the words to print; it computes nothing but where to put them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportlab.graphics.shapes import Drawing

from greenaudit.domain.scores import Rating
from greenaudit.reports import fonts
from greenaudit.reports.palette import MODULE_COLOURS, Palette
from greenaudit.reports.sketch import Sketch

LOWEST: dict[Rating, int] = {"D": 0, "C": 50, "B": 70, "A": 85}
"""Where each rating begins; the axis of every score."""
CEILING: dict[Rating, int] = {"D": 50, "C": 70, "B": 85, "A": 100}
NARROW = 460
"""Below this width a module's name and its bar have no room beside each other."""
REACHED = Decimal("0.8")
"""The share of the weight at which a step is reached: the dashed line."""


@dataclass(frozen=True)
class ModuleBar:
    """A module: its score from `rules`, the figure and rating as printed, the limit a cap sets, the last visit's score."""

    module: str
    name: str
    score: Decimal | None
    figure: str
    rating: str = ""
    limit: Rating | None = None
    last: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class SectionBar:
    """A section: its title, its score, and how many of its questions were answered."""

    module: str
    title: str
    score: Decimal | None
    figure: str
    coverage: str


@dataclass(frozen=True)
class Step:
    """A step of the stair: its name, the share of the weight that stands on it, and that share as printed."""

    name: str
    share: Decimal
    figure: str
    reached: bool


def module_bars(rows: tuple[ModuleBar, ...], palette: Palette, width: float = 620) -> Drawing:
    """Solid: what counts. Stripes: the part of the score that a cap keeps from counting. Mark: the last visit.

    A chart is drawn for the width it is shown at: in a narrow one each bar stands under its name.
    """
    if width < NARROW:
        return _narrow_module_bars(rows, palette, width)
    left, right, step = 188, 104, 58
    height = step * len(rows) + 34
    sketch = Sketch(palette, width, height)
    span = width - left - right
    _axis(sketch, left, span, height)
    for number, row in enumerate(rows):
        y = height - 34 - step * number - 30
        sketch.tile(0, y - 4, 30, row.module)
        sketch.wrapped(40, y + 12, left - 48, row.name, 15, face=fonts.SEMI)
        _score_bar(sketch, left, y, span, 24, row)
        sketch.text(width - right + 12, y + 4, row.figure, 20, face=fonts.SEMI)
        sketch.text(width, y + 5, row.rating, 16, "ink2", fonts.SEMI, "end")
        if row.note:
            room = fonts.width(row.note, fonts.SANS, 12) + 6
            sketch.bar(left + 1, y - 18, min(room, span + right), 15, "surface")
            sketch.text(left + 4, y - 14, row.note, 12, "ink2")
    return sketch.drawing


def _narrow_module_bars(rows: tuple[ModuleBar, ...], palette: Palette, width: float) -> Drawing:
    """Name and figure on one line, the bar over the whole width under it, then its note."""
    top, line, gap = 18, 48, 18
    height = top + 2 + sum(line + (gap if row.note else 0) for row in rows)
    sketch = Sketch(palette, width, height)
    for rating, at in LOWEST.items():
        sketch.text(width * at / 100, height - 12, f"{rating} {at}" if at else rating, 12, "ink3")
    y = float(height - top)
    for row in rows:
        y -= line
        sketch.tile(0, y + 18, 22, row.module)
        figures = fonts.width(row.figure, fonts.SEMI, 17) + 34
        sketch.wrapped(30, y + 29, width - 36 - figures, row.name, 13, face=fonts.SEMI)
        sketch.text(width - 24, y + 22, row.figure, 17, face=fonts.SEMI, anchor="end")
        sketch.text(width, y + 23, row.rating, 14, "ink2", fonts.SEMI, "end")
        for at in LOWEST.values():
            sketch.line(width * at / 100, y - 4, width * at / 100, y + 16, "edge")
        _score_bar(sketch, 0, y, width, 12, row)
        if row.note:
            y -= gap
            sketch.text(0, y + 3, row.note, 12, "ink2")
    return sketch.drawing


def section_bars(
    rows: tuple[SectionBar, ...], palette: Palette, coverage: str = "", width: float = 620
) -> Drawing:
    """One bar a section, all on the same axis of 0 to 100; at the right the score and the coverage,
    under the word for it.
    """
    left, right, step = 250, 104, 34
    height = step * len(rows) + 22
    sketch = Sketch(palette, width, height)
    span = width - left - right
    _axis(sketch, left, span, height, foot=0)
    sketch.text(width, height - 14, coverage, 12, "ink3", anchor="end")
    for number, row in enumerate(rows):
        y = height - 22 - step * (number + 1) + 10
        sketch.wrapped(0, y + 7, left - 14, row.title, 13)
        sketch.bar(left, y, span, 14, "track")
        if row.score is not None:
            filled = span * float(row.score) / 100
            sketch.bar(left, y, filled, 14, MODULE_COLOURS[row.module])
        sketch.text(left + span + 46, y + 2, row.figure, 14, face=fonts.SEMI, anchor="end")
        sketch.text(width, y + 2, row.coverage, 12, "ink2", anchor="end")
    return sketch.drawing


def stair(steps: tuple[Step, ...], palette: Palette, width: float = 330, colour: str = "accent") -> Drawing:
    """The share of the weight on each step; dashed: the 80 % at which a step is reached."""
    base, gap, rise, first = 42, 8, 26, 56
    height = base + first + rise * (len(steps) - 1) + 4
    sketch = Sketch(palette, width, height)
    room = (width - gap * (len(steps) - 1)) / len(steps)
    for number, step in enumerate(steps):
        x, full = round(number * (room + gap)), first + rise * number
        _stair_step(sketch, x, base, room, full, step, colour)
        sketch.text(x, 24, str(number + 1), 14, face=fonts.SEMI)
        sketch.icon(
            x + 14,
            22,
            14,
            "check-circle" if step.reached else "lock-simple",
            "accent" if step.reached else "ink3",
        )
        sketch.wrapped(x, 10, room + gap - 2, step.name, 12)
    return sketch.drawing


def tiny_stair(sketch: Sketch, x: float, y: float, width: float, height: float, step: int) -> None:
    """The house mark: five ascending steps, filled up to and including `step` (0–4)."""
    gap = width / 30
    room = (width - 4 * gap) / 5
    for number in range(5):
        tall = height * (number + 2) / 6
        left = x + number * (room + gap)
        if number <= step:
            sketch.bar(left, y, room, tall, "accent")
        else:
            sketch.frame(left + 0.4, y + 0.4, room - 0.8, tall - 0.8, "edge", "surface", 0.8)


def _axis(sketch: Sketch, left: float, span: float, height: float, foot: float = 6) -> None:
    """The limits between the ratings, with their letters on top."""
    for rating, at in LOWEST.items():
        x = left + span * at / 100
        sketch.line(x, foot, x, height - 20, "line" if at else "edge")
        sketch.text(x + 4, height - 14, f"{rating} {at}" if at else rating, 12, "ink3")


def _score_bar(sketch: Sketch, x: float, y: float, span: float, height: float, row: ModuleBar) -> None:
    """Track, what counts, what a cap takes, and the mark of the last visit."""
    sketch.bar(x, y, span, height, "track")
    colour = MODULE_COLOURS[row.module]
    if row.score is not None:
        score = float(row.score)
        counts = min(score, CEILING[row.limit]) if row.limit else score
        sketch.bar(x, y, span * counts / 100, height, colour)
        if score > counts:
            sketch.stripes(x + span * counts / 100, y, span * (score - counts) / 100, height, colour)
    if row.last is not None:
        mark = x + span * float(row.last) / 100
        sketch.line(mark, y - 5, mark, y + height + 3, "surface", 5)
        sketch.line(mark, y - 5, mark, y + height + 3, "ink", 2)


def _stair_step(
    sketch: Sketch, x: float, base: float, room: float, full: float, step: Step, colour: str
) -> None:
    """One step: its frame, what stands on it, the dashed line and the share."""
    sketch.frame(x, base, room, full, "edge", "sunken")
    filled = full * float(step.share)
    if filled > 0:
        draw = sketch.bar if step.reached else sketch.stripes
        draw(x, base, room, filled, colour)
    line = base + full * float(REACHED)
    sketch.line(x, line, x + room, line, "surface", 4)
    sketch.dashes(x, x + room, line)
    chip = fonts.width(step.figure, fonts.SEMI, 14) + 10
    sketch.frame(x + 4, base + 5, chip, 20, "surface", "surface", 0, 3)
    sketch.text(x + 9, base + 10, step.figure, 14, face=fonts.SEMI)
