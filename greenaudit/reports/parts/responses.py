"""What was answered, in words, for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from greenaudit.domain.assessments import NOTHING_TO_LIST, Response
from greenaudit.domain.checklists import (
    LEVEL_NAMES,
    Column,
    CutsAnswer,
    LevelAnswer,
    OptionsAnswer,
    PointsAnswer,
    TableAnswer,
)
from greenaudit.domain.text import Text
from greenaudit.messages import Message, msg
from greenaudit.reports.content import Item
from greenaudit.reports.desk import Desk
from greenaudit.reports.parts.registers import cell_text, labelled


def level_line(desk: Desk, item: Item) -> tuple[str, str] | None:
    """The level with its name, and its anchor; when the evidence holds it back, what counts is said first."""
    if item.level is None:
        return None
    said = _level(desk, item.level)
    if item.effective is not None and item.effective != item.level:
        counts = desk.say(msg("counts as level {n}", n=_figure(desk, item.effective)))
        said = f"{said} · {counts}"
    anchor = _anchor(item, item.level)
    return said, desk.text_of(anchor) if anchor else ""


def detail_lines(desk: Desk, item: Item) -> list[str]:
    """Number, options, text, date, rows: whatever the answer holds beside its level."""
    response = item.answer.response
    if response is None:
        return []
    said = [*_quantity(desk, item, response), *_options(desk, item, response)]
    if response.text.strip():
        said.append(response.text)
    if response.day is not None:
        said.append(desk.formats.date(response.day))
    if not item.rows:
        said += [" · ".join(_cells(desk, item, row)) for row in response.rows]
    said += _cells(desk, item, response.also)
    return said


def _level(desk: Desk, level: Decimal) -> str:
    number = _figure(desk, level)
    if level == level.to_integral_value() and 0 <= level <= 4:
        name = LEVEL_NAMES[int(level)].in_(desk.content.language)
        return desk.say(msg("Level {n}, {name}", n=number, name=name))
    return desk.say(msg("Level {n}", n=number))


def _figure(desk: Desk, level: Decimal) -> str:
    """A level as printed: whole, or with two decimals where it lies between anchors."""
    whole = level == level.to_integral_value()
    return desk.formats.number(level, 0 if whole else 2)


def _anchor(item: Item, level: Decimal) -> Text | None:
    levels = item.question.levels
    if levels is None or level != level.to_integral_value():
        return None
    return levels[int(level)]


def _quantity(desk: Desk, item: Item, response: Response) -> list[str]:
    """The value with its unit, as typed when that differs, and its place on the stair."""
    quantity = response.quantity
    if quantity is None:
        return []
    said = [desk.say(msg("Value: {value}", value=_measured(desk, quantity.value, quantity.unit)))]
    asked = item.question.answer
    if isinstance(asked, CutsAnswer):
        said.append(desk.say(_cuts(desk, asked)))
        if asked.confirm_4 is not None and response.confirmed:
            said.append(desk.say(msg("Confirmed: {what}", what=asked.confirm_4.in_(desk.content.language))))
    elif isinstance(asked, PointsAnswer):
        points = "; ".join(
            f"{_measured(desk, value, asked.unit)} → {_figure(desk, level)}" for value, level in asked.points
        )
        said.append(desk.say(msg("Level by value: {points}", points=points)))
    return said


def _cuts(desk: Desk, asked: CutsAnswer) -> Message:
    cuts = " · ".join(desk.formats.number(cut) for cut in asked.cuts)
    unit = desk.content.checklist.unit_label(asked.unit, desk.content.language)
    if asked.better == "high":
        return msg("Levels 1 to 4 from {cuts} {unit} upwards", cuts=cuts, unit=unit)
    return msg("Levels 1 to 4 within {cuts} {unit}", cuts=cuts, unit=unit)


def _measured(desk: Desk, value: Decimal, unit: str) -> str:
    """A figure with its unit as the report's language says it."""
    return desk.formats.quantity(value, desk.content.checklist.unit_label(unit, desk.content.language))


def _options(desk: Desk, item: Item, response: Response) -> list[str]:
    asked = item.question.answer
    if isinstance(asked, TableAnswer) and NOTHING_TO_LIST in response.options:
        return [desk.say(msg("Nothing to list here."))]
    labels = (
        {option.id: option.label.in_(desk.content.language) for option in asked.options}
        if isinstance(asked, OptionsAnswer)
        else {}
    )
    return [f"• {labels.get(chosen, chosen)}" for chosen in response.options]


def _cells(desk: Desk, item: Item, cells: Mapping[str, str]) -> list[str]:
    """What is written in a form, or beside an answer: each value with its column's name."""
    known = {column.id: column for column in _columns(item)}
    return [
        labelled(desk, known[name].label.in_(desk.content.language), _cell(desk, known[name], value))
        if name in known
        else labelled(desk, name, value)
        for name, value in cells.items()
        if value
    ]


def _cell(desk: Desk, column: Column, stored: str) -> str:
    """A cell's value, with its column's unit where the value says none."""
    unit = desk.content.checklist.unit_label(column.unit, desk.content.language)
    said = cell_text(desk, column, stored.removesuffix(f" {column.unit}") if column.unit else stored)
    return f"{said}\u00a0{unit}" if unit and column.kind == "number" else said


def _columns(item: Item) -> tuple[Column, ...]:
    asked = item.question.answer
    if isinstance(asked, TableAnswer):
        return asked.columns
    return asked.also if isinstance(asked, LevelAnswer | OptionsAnswer) else ()
