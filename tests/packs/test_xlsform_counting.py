"""A form that asks how many choices were taken gets the same answer from its condition, whatever is taken."""

from __future__ import annotations

import operator
from itertools import combinations

import pytest

from greenaudit.packs.xlsform.xpath import condition_of
from greenaudit.packs.xlsform.xpath_parts import Target, Untranslatable
from greenaudit.rules.conditions import Facts, parse

SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
OPTIONS = ("a", "b", "c", "d")
NAMES = {
    "many": Target("several", "Q", {option: option for option in OPTIONS}),
    "long": Target("several", "L", {f"o{number}": f"o{number}" for number in range(30)}),
    "one": Target("one", "O", {"a": "a", "b": "b"}),
}
TAKEN = [taken for size in range(5) for taken in combinations(OPTIONS, size)]


def facts(taken: tuple[str, ...]) -> Facts:
    """What is known once these are taken."""
    said = {f'chosen("Q", "{option}")' for option in taken}
    return Facts(flags=frozenset(said | ({'answered("Q")'} if taken else set())))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("bound", ["-1", "0", "1", "1.5", "2", "3", "4", "5"])
def test_a_count_means_what_it_says_for_every_choice(sign: str, bound: str) -> None:
    expected = {taken: SIGNS[sign](len(taken), float(bound)) for taken in TAKEN}
    expression = f"count-selected(${{many}}) {sign} {bound}"
    if len(set(expected.values())) == 1:
        with pytest.raises(Untranslatable, match="no answer changes it"):
            condition_of(expression, NAMES)
        return
    condition = parse(condition_of(expression, NAMES))
    assert {taken: condition.holds(facts(taken)) for taken in TAKEN} == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("count-selected(${long}) > 1", "more than 40 ways"),
        ("count-selected(${one}) > 1", "How long an answer is"),
        ("count-selected(${many}) > 'x'", "A number is compared with a number"),
    ],
)
def test_what_cannot_be_counted_has_its_reason(expression: str, reason: str) -> None:
    with pytest.raises(Untranslatable, match=reason):
        condition_of(expression, NAMES)
