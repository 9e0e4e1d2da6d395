"""A register's rows as a compact table; what has no room in a column stands under its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from greenaudit.domain.checklists import Column
from greenaudit.domain.values import figure_of
from greenaudit.messages import msg
from greenaudit.reports.content import Item
from greenaudit.reports.desk import Desk
from greenaudit.reports.styles import GUTTER
from greenaudit.reports.text import portions
from greenaudit.rules.registers import bare_cells, columns

MOST_COLUMNS = 5
LONGEST = 60
NUMBER_WIDTH = 20.0
Place = Literal["head", "first", "next"]
"""Where a line of the table stands."""


def register_table(desk: Desk, item: Item) -> list[Flowable]:
    """The rows of a register, numbered, in the columns that are filled in and short enough to stand side by side."""
    rows = [bare_cells(item.question, row.cells) for row in item.rows]
    if not rows:
        return []
    asked = columns(item.question)
    said = [{c.id: cell_text(desk, c, row[c.id]) for c in asked if row.get(c.id)} for row in rows]
    beside = [c for c in asked if _fits(c, said)][:MOST_COLUMNS]
    below = [c for c in asked if c not in beside]
    head = [desk.para(_label(desk, column), desk.styles.caption) for column in beside]
    flow: list[Flowable] = [_line(desk, ["", *head], "head")]
    for number, cells in enumerate(said, start=1):
        line = [desk.para(cells.get(column.id, ""), desk.styles.small) for column in beside]
        place: Place = "first" if number == 1 else "next"
        flow.append(_line(desk, [desk.para(str(number), desk.styles.caption), *line], place))
        rest = " · ".join(labelled(desk, _label(desk, c), cells[c.id]) for c in below if c.id in cells)
        flow += [desk.para(part, _under(desk)) for part in portions(rest)] if rest else []
    return flow


def cell_text(desk: Desk, column: Column, stored: str) -> str:
    """A cell's value as people read it: the option's name, the date and the number as the locale writes them."""
    if column.kind == "option":
        named = next((o.label.in_(desk.content.language) for o in column.options if o.id == stored), None)
        return named or stored
    if column.kind == "number" and not is_year(column):
        number = figure_of(stored)
        return stored if number is None else desk.formats.number(number)
    try:
        if column.kind == "date":
            return desk.formats.date(date.fromisoformat(stored))
    except ValueError:
        return stored
    return stored


def is_year(column: Column) -> bool:
    """Whether its numbers are years, which take no thousands mark."""
    return column.id == "year" or column.id.endswith("_year")


def _fits(column: Column, said: Sequence[Mapping[str, str]]) -> bool:
    texts = [cells[column.id] for cells in said if column.id in cells]
    return bool(texts) and all(len(t) <= LONGEST and len(t.splitlines()) < 2 for t in texts)


def _label(desk: Desk, column: Column) -> str:
    label = column.label.in_(desk.content.language)
    unit = desk.content.checklist.unit_label(column.unit, desk.content.language)
    return f"{label} ({unit})" if unit else label


def labelled(desk: Desk, label: str, value: str) -> str:
    """A value with its name before it, with the language's own space before the colon."""
    return desk.say(msg("{label}: {value}", label=label, value=value))


def _line(desk: Desk, cells: Sequence[Flowable | str], place: Place) -> Table:
    """One line of the table; every line is a table of its own, so that pages may break between any two.

    A rule stands under the head and between rows, so that what has no column stays with its row.
    """
    room = (desk.width - GUTTER - NUMBER_WIDTH) / max(1, len(cells) - 1)
    head = place == "head"
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    if head:
        style.add("LINEBELOW", (0, 0), (-1, 0), 0.8, desk.palette.colour("edge"))
    elif place == "next":
        style.add("LINEABOVE", (0, 0), (-1, 0), 0.4, desk.palette.colour("line"))
    table = Table([list(cells)], colWidths=[NUMBER_WIDTH, *[room] * (len(cells) - 1)], style=style)
    table.hAlign = "RIGHT"
    table.keepWithNext = head
    return table


def _under(desk: Desk) -> ParagraphStyle:
    style: ParagraphStyle = desk.styles.aside.clone("under", leftIndent=GUTTER + NUMBER_WIDTH, spaceAfter=3)
    return style
