"""Numbers as people type them, for front ends: what a text means, in which units, where it stands, and what is odd.

Pure functions: a page may ask at every keystroke.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from greenaudit.domain.checklists import CutsAnswer, PointsAnswer, Question
from greenaudit.messages import Message, msg
from greenaudit.rules.exact import exact
from greenaudit.rules.levels import on_line, stair
from greenaudit.rules.numbers import Ambiguous, Number, Reading, Unreadable, read_number
from greenaudit.rules.ordering import is_bare
from greenaudit.rules.registers import is_odd

__all__ = [
    "Ambiguous",
    "Number",
    "Reading",
    "Unreadable",
    "converted",
    "doubt",
    "is_bare",
    "is_odd",
    "level_at",
    "other_units",
    "read_number",
]

_POUND = Decimal("0.45359237")
_GALLON = Decimal("3.785411784")
_DIGITS = Context(prec=12, rounding=ROUND_HALF_EVEN)

_UNITS: dict[str, dict[str, Decimal]] = {
    "kg/yr": {"t/yr": Decimal(1000), "lb/yr": _POUND},
    "kg VOC/yr": {"t VOC/yr": Decimal(1000), "lb VOC/yr": _POUND},
    "g VOC/L as applied": {"lb VOC/gal": _DIGITS.divide(_POUND * 1000, _GALLON)},
}
"""Units that people in the three countries read off their papers, and what one of them is in the question's unit."""

_FAR = 2
"""Levels between this visit and the last from which one looks twice."""


def other_units(unit: str) -> tuple[str, ...]:
    """The units beside its own in which a question's number may be typed."""
    return tuple(_UNITS.get(unit, ()))


def converted(value: Decimal, typed_in: str, unit: str) -> Decimal:
    """A number typed in one unit, in the question's own."""
    if typed_in == unit:
        return value
    shown = _DIGITS.multiply(value, _UNITS[unit][typed_in])
    return shown if shown.is_zero() else shown.normalize(_DIGITS)


def level_at(question: Question, value: Decimal) -> Decimal | None:
    """The level that a value reaches on the question's stair or line; None where it isn't scored by a number."""
    answer = question.answer
    if isinstance(answer, CutsAnswer):
        return Decimal(stair(answer, exact(value)))
    if isinstance(answer, PointsAnswer):
        level = Fraction(on_line(answer, exact(value)))
        return _DIGITS.divide(Decimal(level.numerator), Decimal(level.denominator))
    return None


def doubt(unit: str, value: Decimal, level: Decimal | None, previous: Decimal | None) -> Message | None:
    """What makes one look twice at a number beside what is known already. It warns and never blocks."""
    if value < 0:
        return msg("A number below zero is unusual here. Is the sign right?")
    if unit.startswith("%") and value > 100:
        return msg("More than 100 % is unusual here. Is the decimal mark in its place?")
    if level is not None and previous is not None and abs(level - previous) >= _FAR:
        return msg("The last visit gave level {level}. Does that much of a change fit?", level=previous)
    return None
