"""Registers: tables of any number of rows, each a record; and cells as people type them.

`composed` puts the rows' cells into the answer as it is read, so that conditions, totals and scores need not know
that they are stored apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from greenaudit.domain.assessments import NOTHING_TO_LIST, Answer, Response
from greenaudit.domain.checklists import Column, Question, TableAnswer
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.values import figure_of
from greenaudit.formats import Formats
from greenaudit.i18n import LANGUAGES
from greenaudit.messages import Message, msg
from greenaudit.rules.numbers import Ambiguous, Unreadable, read_number

Cells = dict[str, str]


def is_register(question: Question) -> bool:
    """Whether its rows are records of their own; a table of one row is a form and stays in the answer."""
    return isinstance(question.answer, TableAnswer) and question.answer.rows != 1


def columns(question: Question) -> tuple[Column, ...]:
    """The columns of a register or form."""
    return question.answer.columns if isinstance(question.answer, TableAnswer) else ()


def in_order(rows: Iterable[RegisterRow]) -> tuple[RegisterRow, ...]:
    """Rows as they are shown; those that are deleted are left out."""
    return tuple(sorted((r for r in rows if r.deleted_at is None), key=lambda r: (r.order, str(r.id))))


def composed(question: Question, answer: Answer, rows: Sequence[RegisterRow]) -> Answer:
    """The answer with its register's rows in it. Whoever says that there is nothing to list is outweighed by a row."""
    if not rows:
        return answer
    listed = tuple(bare_cells(question, row.cells) for row in rows)
    response = answer.response or Response()
    left = tuple(option for option in response.options if option != NOTHING_TO_LIST)
    return answer.model_copy(
        update={"response": response.model_copy(update={"rows": listed, "options": left})}
    )


def bare_cells(question: Question, cells: Mapping[str, str]) -> Cells:
    """Cells as figures are made from them: numbers without the column's unit. A cell in another unit stays as it is."""
    bare = dict(cells)
    for column in columns(question):
        if column.kind == "number" and column.unit and column.id in bare:
            bare[column.id] = bare[column.id].removesuffix(f" {column.unit}")
    return bare


def with_units(question: Question, cells: Mapping[str, str]) -> Cells:
    """Bare cells as they are stored: each number with its column's unit, nothing empty."""
    units = {
        column.id: column.unit for column in columns(question) if column.kind == "number" and column.unit
    }
    return {
        name: f"{text} {units[name]}" if name in units and not text.endswith(f" {units[name]}") else text
        for name, text in cells.items()
        if text
    }


def read_cell(column: Column, typed: str, locale: str) -> str | Message:
    """What is stored for a typed cell (nothing for an empty one), or the sentence that says what is wrong with it."""
    text = typed.strip()
    if not text:
        return ""
    if column.kind == "number":
        return _number(column, text, locale)
    if column.kind == "date":
        return _date(text)
    if column.kind == "option":
        return _option(column, text)
    return text


def lacking(question: Question, cells: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that must be filled in and are not."""
    return tuple(c for c in columns(question) if c.required and not cells.get(c.id))


def unexpected(question: Question, cells: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns whose number lies outside their limits; they are kept as they were given."""
    return tuple(c for c in columns(question) if is_odd(c, cells.get(c.id, "")))


def is_odd(column: Column, bare: str) -> bool:
    """Whether a cell holds a number outside its column's limits; one in another unit can't be compared."""
    if column.kind != "number" or not bare:
        return False
    number = figure_of(bare)
    return number is not None and not column.expects(number)


def _number(column: Column, text: str, locale: str) -> str | Message:
    found = read_number(text.removesuffix(column.unit), locale)
    if isinstance(found, Unreadable):
        return found.reason
    if isinstance(found, Ambiguous):
        first, second = (Formats(locale).number(value) for value in found.values)
        return msg(
            "This can mean {first} or {second}. Write it without the thousands mark, or with two decimals.",
            first=first,
            second=second,
        )
    return f"{_plain(found.value)} {column.unit}".rstrip()


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _date(text: str) -> str | Message:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return msg("Write the date as year, month, day, such as 2026-11-23.")


def _option(column: Column, text: str) -> str | Message:
    """The option by its id, or by what it is called in any language."""
    wanted = text.casefold()
    for option in column.options:
        if option.id == text or wanted in {option.label.in_(language).casefold() for language in LANGUAGES}:
            return option.id
    return msg("'{typed}' is not among the choices.", typed=text[:40])
