"""How many choices are taken, said as a condition: which of them, in every way that is enough."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from greenaudit.messages import msg
from greenaudit.packs.xlsform.xpath_parts import Truth, Untranslatable, joined, not_

MAX_WAYS = 40
"""Ways of choosing that a condition names; with more nobody could read it."""


def counted(question: str, options: Iterable[str], sign: str, bound: Decimal) -> Truth | bool:
    """That so many options of a question are chosen: a condition, or always, or never."""
    known = tuple(dict.fromkeys(options))
    up, over = math.ceil(bound), math.floor(bound) + 1
    if sign in {">", ">="}:
        return _at_least(question, known, over if sign == ">" else up)
    if sign in {"<", "<="}:
        return _opposite(_at_least(question, known, up if sign == "<" else over))
    if up != bound:
        return sign == "!="  # nobody chooses one and a half
    exactly = _both(_at_least(question, known, up), _opposite(_at_least(question, known, over)))
    return exactly if sign == "=" else _opposite(exactly)


def _at_least(question: str, options: tuple[str, ...], count: int) -> Truth | bool:
    if count <= 0 or count > len(options):
        return count <= 0
    if count == 1:
        return Truth(f'answered("{question}")', 2)
    if math.comb(len(options), count) > MAX_WAYS:
        raise Untranslatable(
            msg(
                "There are more than {limit} ways to choose so many; a condition names at most that.",
                limit=MAX_WAYS,
            )
        )
    ways = combinations([Truth(f'chosen("{question}", "{option}")', 2) for option in options], count)
    return joined([joined(list(way), "and") for way in ways], "or")


def _opposite(held: Truth | bool) -> Truth | bool:
    return not held if isinstance(held, bool) else not_(held)


def _both(one: Truth | bool, other: Truth | bool) -> Truth | bool:
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    return joined([one, other], "and")
