"""Cells of registers and forms in words, as the reader writes numbers and units."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from greenaudit.domain.checklists import Column, TableAnswer
from greenaudit.domain.values import figure_of
from greenaudit.messages import msg
from greenaudit.services import reading
from ui.i18n import tr
from ui.i18n.formatting import formats

Words = Callable[[str], str]
"""How a unit reads in the reader's language."""


def shown_cell(kind: str, stored: str) -> str:
    """A stored value as the locale writes it."""
    if kind != "number" or not stored:
        return stored
    number = figure_of(stored)  # none in a unit that is not the column's: it stays as it was written
    return stored if number is None else formats().number(number)


def is_odd(column: Column, stored: str) -> bool:
    """Whether a cell is to be looked at: needed and empty, or a number outside its column's limits."""
    return reading.is_odd(column, stored) if stored else column.required


def row_words(answer: TableAnswer, cells: Mapping[str, str], words: Words) -> str:
    """A row in words: each column that is filled in, as the reader writes it."""
    parts = []
    for column in answer.columns:
        stored = cells.get(column.id, "").removesuffix(f" {column.unit}")
        if stored:
            shown = cell_words(column, stored)
            value = f"{shown} {words(column.unit)}".rstrip()
            parts.append(tr(msg("{column}: {value}", column=column.label, value=value)))
    return "; ".join(parts)


def cell_words(column: Column, stored: str) -> str:
    """A stored cell in words, without its unit."""
    if column.options:
        return next((tr(option.label) for option in column.options if option.id == stored), stored)
    return shown_cell(column.kind, stored)
