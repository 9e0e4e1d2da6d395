"""The rating tiles of the cover: the whole, and each module with its bar, rating, step and confidence."""

from __future__ import annotations

from decimal import Decimal

from reportlab.graphics.shapes import Drawing

from greenaudit.domain.scores import ModuleScore, OverallScore
from greenaudit.messages import Message, msg
from greenaudit.reports import charts, fonts, words
from greenaudit.reports.desk import Desk
from greenaudit.reports.figures import strictest
from greenaudit.reports.palette import MODULE_COLOURS
from greenaudit.reports.sketch import Sketch

WIDTH, GAP = 504.0, 10.0
HEAD, TILE = 62.0, 142.0


def rating_tiles(desk: Desk) -> Drawing:
    """One line for the whole, then a tile a module."""
    sketch = Sketch(desk.palette, WIDTH, HEAD + TILE)
    _overall(desk, sketch, desk.content.score.overall)
    modules = desk.content.score.modules
    room = (WIDTH - GAP * (len(modules) - 1)) / max(1, len(modules))
    for number, (module, score) in enumerate(modules.items()):
        _tile(desk, sketch, number * (room + GAP), min(room, 240), module, score)
    return sketch.drawing


def _overall(desk: Desk, sketch: Sketch, overall: OverallScore) -> None:
    base = TILE + 14
    if overall.score is None:
        text = desk.say(msg("No overall score: not all four modules were assessed."))
        sketch.text(0, base + 6, text, 11, "ink2", fonts.MEDIUM)
        return
    figure = desk.figures.figure(overall.score)
    sketch.text(0, base, figure, 38, face=fonts.SEMI)
    x = fonts.width(figure, fonts.SEMI, 38) + 14
    if overall.rating:
        _chip(sketch, x, base - 1, 30, overall.rating)
        x += 42
    sketch.text(x, base + 17, desk.say(_overall_words(overall)), 11, face=fonts.SEMI)
    if overall.rated:
        sketch.text(x, base + 2, _confidence(desk, overall.confidence, overall.low_confidence), 9.5, "ink2")


def _overall_words(overall: OverallScore) -> Message:
    if overall.rating is None:
        return msg("Overall, out of 100 · indicative: too few questions assessed")
    if overall.raw_rating != overall.rating:
        return msg("Overall, out of 100 · rating capped at {limit}", limit=overall.rating)
    return msg("Overall, out of 100")


def _tile(desk: Desk, sketch: Sketch, x: float, room: float, module: str, score: ModuleScore) -> None:
    sketch.frame(x + 0.5, 0.5, room - 1, TILE - 1, "edge", "surface", 0.8, 6)
    inside = room - 20
    sketch.tile(x + 10, TILE - 36, 26, module)
    sketch.wrapped(x + 43, TILE - 23, inside - 33, desk.say(words.MODULES[module]), 9.5, face=fonts.SEMI)
    sketch.text(x + 10, TILE - 68, desk.figures.figure(score.score), 24, face=fonts.SEMI)
    if score.rating:
        _chip(sketch, x + room - 34, TILE - 70, 24, score.rating)
    elif score.score is not None:
        sketch.text(x + room - 10, TILE - 64, desk.say(words.INDICATIVE), 8, "ink2", anchor="end")
    _bar(sketch, x + 10, TILE - 88, inside, module, score)
    if score.rated:
        charts.tiny_stair(sketch, x + 10, 33, 28, 13, score.step)
        sketch.text(x + 44, 35, desk.say(msg("Step {n} of 4", n=score.step)), 8.5, "ink2")
        sketch.wrapped(
            x + 10, 17, inside, _confidence(desk, score.confidence, score.low_confidence), 8.5, "ink2"
        )
    else:
        sketch.wrapped(x + 10, 35, inside, desk.say(_thin(desk, score)), 8.5, "ink2")


def _thin(desk: Desk, score: ModuleScore) -> Message:
    """Of a module without a rating only how much was assessed: a step or a confidence would say more than is known."""
    if score.score is None or score.coverage is None:
        return msg("Nothing assessed, so no score")
    return msg("{share} assessed: no step and no rating yet", share=desk.formats.percent(score.coverage))


def _bar(sketch: Sketch, x: float, y: float, room: float, module: str, score: ModuleScore) -> None:
    """The score as a bar with the limits between the ratings; stripes for what a cap takes."""
    sketch.bar(x, y, room, 9, "track")
    if score.score is not None:
        limit = strictest(score.caps)
        full = float(score.score)
        counts = min(full, charts.CEILING[limit]) if limit else full
        sketch.bar(x, y, room * counts / 100, 9, MODULE_COLOURS[module])
        if full > counts:
            sketch.stripes(
                x + room * counts / 100, y, room * (full - counts) / 100, 9, MODULE_COLOURS[module]
            )
    for at in charts.LOWEST.values():
        if at:
            sketch.line(x + room * at / 100, y - 3, x + room * at / 100, y, "ink3", 0.8)


def _chip(sketch: Sketch, x: float, y: float, size: float, rating: str) -> None:
    """The rating's letter in a frame: read by its form, not by a colour."""
    sketch.frame(x, y, size, size, "ink", "surface", 1.4, size / 6)
    sketch.text(x + size / 2, y + size * 0.28, rating, size * 0.62, face=fonts.BOLD, anchor="middle")


def _confidence(desk: Desk, share: Decimal | None, low: bool) -> str:
    if share is None:
        return desk.say(msg("Confidence: no answers yet"))
    percent = desk.formats.percent(share)
    if low:
        return desk.say(msg("Confidence {percent}, low", percent=percent))
    return desk.say(msg("Confidence {percent}", percent=percent))
