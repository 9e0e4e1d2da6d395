"""Numbers as people type them. What can be meant in two ways is asked about, never guessed: no factor of ten slips in.

A comma or point that stands once, with exactly three digits behind it, may be a decimal mark or may group thousands:
- the locale's grouping mark groups: `1,500` is 1500 in the United States and Mexico;
- a decimal point is one where the locale writes it: nobody in the three countries groups with points;
- a comma in French is asked about (`1,500` is 1,5 to one neighbour and 1500 to the next), and so is a point there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from greenaudit.messages import Message, msg

MAX_LENGTH = 40

_BLANKS = "\u00a0\u202f\u2007\u2009"
_APOSTROPHES = "\u2019\u02bc"
_SHAPE = re.compile(r"([+-]?)([0-9., ']*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can only mean this."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A number that can mean two things; the person chooses."""

    values: tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a number, and why."""

    reason: Message


Reading = Number | Ambiguous | Unreadable


def read_number(text: str, locale: str) -> Reading:
    """What a typed number means to somebody of this locale."""
    plain = _plain(text)
    if not plain or len(plain) > MAX_LENGTH:
        return Unreadable(msg("Type a number, such as {example}.", example=_example(locale)))
    match = _SHAPE.fullmatch(plain)
    digits = match.group(2) if match else ""
    if match is None or not any(sign.isdigit() for sign in digits):
        return Unreadable(
            msg(
                "'{typed}' is not a number. Type digits only; the unit stands beside the field.",
                typed=text.strip()[:40],
            )
        )
    reading = _read(digits, locale)
    if reading is None:
        return Unreadable(
            msg(
                "'{typed}' has its marks in odd places. Type it again, such as {example}.",
                typed=text.strip()[:40],
                example=_example(locale),
            )
        )
    return _signed(reading, negative=match.group(1) == "-")


def _plain(text: str) -> str:
    """The same number with one kind of blank, apostrophe and minus."""
    plain = text.strip()
    for blank in _BLANKS:
        plain = plain.replace(blank, " ")
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, "'")
    return plain.replace("\u2212", "-")


def _read(digits: str, locale: str) -> Number | Ambiguous | None:
    marks = [sign for sign in digits if not sign.isdigit()]
    kinds = list(dict.fromkeys(marks))
    if not marks:
        return Number(Decimal(digits))
    if len(kinds) > 2:
        return None
    if len(kinds) == 2:
        return _grouped_with_decimals(digits, group=kinds[0], point=kinds[1])
    mark = kinds[0]
    if mark in " '":
        return _number(_ungrouped(digits, mark))
    if len(marks) > 1:
        return _number(_ungrouped(digits, mark))
    return _one_mark(digits, mark, locale)


def _grouped_with_decimals(digits: str, *, group: str, point: str) -> Number | None:
    """`1,500.5` and `1.500,5`: the last kind of mark stands once and is the decimal one."""
    if point in " '" or digits.count(point) != 1:
        return None
    whole, decimals = digits.split(point)
    ungrouped = _ungrouped(whole, group)
    if ungrouped is None or not decimals:
        return None
    return Number(Decimal(f"{ungrouped}.{decimals}"))


def _one_mark(digits: str, mark: str, locale: str) -> Number | Ambiguous | None:
    """A single comma or point."""
    whole, decimals = digits.split(mark)
    if not decimals:
        return None
    as_decimal = Decimal(f"{whole or '0'}.{decimals}")
    if len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return Number(as_decimal)
    as_group = Decimal(whole + decimals)
    point, group = _marks(locale)
    if mark == group:
        return Number(as_group)
    if mark == point == ".":
        return Number(as_decimal)
    return Ambiguous((as_decimal, as_group))


def _ungrouped(digits: str, mark: str) -> str | None:
    """Digits without their grouping marks; None when the groups aren't threes."""
    first, *rest = digits.split(mark)
    if not 1 <= len(first) <= 3 or any(len(part) != 3 for part in rest):
        return None
    return first + "".join(rest)


def _number(digits: str | None) -> Number | None:
    return None if digits is None else Number(Decimal(digits))


def _signed(reading: Number | Ambiguous, *, negative: bool) -> Reading:
    if not negative:
        return reading
    if isinstance(reading, Number):
        return Number(-reading.value)
    return Ambiguous((-reading.values[0], -reading.values[1]))


@lru_cache(maxsize=16)
def _marks(locale: str) -> tuple[str, str]:
    """The locale's decimal mark and its grouping mark."""
    return get_decimal_symbol(locale), get_group_symbol(locale)


def _example(locale: str) -> str:
    return "1" + _marks(locale)[0] + "5"
