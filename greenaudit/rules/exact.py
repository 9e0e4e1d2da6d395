"""Exact numbers: whole ones as `int`, all others as `Fraction`, rounded only where a figure is printed.

Most levels are whole, and whole numbers add up twenty times quicker than fractions; hence the two types.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

Exact = int | Fraction

_DIGITS = 28


def exact(value: Decimal | Fraction | int) -> Exact:
    """The same number, as an `int` when it is whole."""
    if isinstance(value, int):
        return value
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def half_up(above: Exact, digits: int, below: int = 1) -> Decimal:
    """`above / below` rounded half up to so many decimals, with exactly that many shown."""
    top, bottom = above.numerator, above.denominator * below
    return Decimal((2 * top * 10**digits + bottom) // (2 * bottom)).scaleb(-digits)


def as_decimal(value: Exact) -> Decimal:
    """The number for showing; a fraction without an end is cut at 28 digits."""
    if isinstance(value, int):
        return Decimal(value)
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(value.numerator) / Decimal(value.denominator)
