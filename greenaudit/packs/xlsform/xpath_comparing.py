"""What a form compares, said as a condition."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from greenaudit.messages import msg
from greenaudit.packs.xlsform.xpath_counting import counted
from greenaudit.packs.xlsform.xpath_parts import Either, Target, Truth, Untranslatable, Value, joined, not_

SIGNS = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
"""The signs of comparison, each with the one that says the same the other way round."""
_OURS = {"=": "==", "!=": "!="}
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def chosen(target: Target, option: str) -> Truth:
    """That a choice is taken, by the name that the form gave it."""
    if option not in target.options:
        raise Untranslatable(msg("'{name}' has no option '{option}'.", name=target.id, option=option))
    return Truth(f'chosen("{target.id}", "{target.options[option]}")', 2)


def compared(left: Value | Either, sign: str, right: Value | Either) -> Truth:
    """The condition that a comparison says; Untranslatable where it says none."""
    held = _held(left, sign, right)
    if isinstance(held, bool):
        raise Untranslatable(msg("It compares fixed values: no answer changes it."))
    return held


def _held(left: Value | Either, sign: str, right: Value | Either) -> Truth | bool:
    """Whether it holds: a condition, or always, or never."""
    if isinstance(left, Either):
        return _one_of(left.when, _held(left.yes, sign, right), _held(left.no, sign, right))
    if isinstance(right, Either):
        return _held(right, SIGNS[sign], left)
    if left.target is None:
        left, sign, right = right, SIGNS[sign], left
    if left.target is None:
        return _fixed(left.text, sign, right.text)
    if right.target is not None:
        raise Untranslatable(msg("An answer can only be compared with a fixed value."))
    if left.kind == "sum":
        return _sum(left.target, sign, right)
    if left.kind == "count" and left.target.kind == "several":
        return counted(left.target.id, left.target.options.values(), sign, Decimal(_number(right)))
    if left.kind in {"size", "count"}:
        return _size(left.target, sign, right)
    return _answer(left.target, sign, right)


def _one_of(when: Truth, yes: Truth | bool, no: Truth | bool) -> Truth | bool:
    """What holds by one of two conditions, the first where `when` holds."""
    if isinstance(yes, bool):
        if isinstance(no, bool):
            return yes if yes == no else when if yes else not_(when)
        return joined([when, no], "or") if yes else joined([not_(when), no], "and")
    if isinstance(no, bool):
        return joined([not_(when), yes], "or") if no else joined([when, yes], "and")
    return joined([joined([when, yes], "and"), joined([not_(when), no], "and")], "or")


def _fixed(left: str, sign: str, right: str) -> bool:
    try:
        one, other = Decimal(left), Decimal(right)
    except InvalidOperation:
        if sign in _OURS:
            return (left == right) == (sign == "=")
        raise Untranslatable(
            msg("A number is compared with a number, found '{found}'.", found=right)
        ) from None
    return (one == other) == (sign == "=") if sign in _OURS else _COMPARE[sign](one, other)


def _sum(target: Target, sign: str, right: Value) -> Truth:
    if target.kind != "column" or not target.register:
        raise Untranslatable(msg("Only a column of numbers can be added up."))
    return Truth(f"sum({target.register}.{target.id}) {_OURS.get(sign, sign)} {_number(right)}", 2)


def _size(target: Target, sign: str, right: Value) -> Truth:
    there = Truth(f'answered("{target.id}")', 2)
    if target.kind != "column" and (sign, right.text) in {(">", "0"), (">=", "1"), ("!=", "0")}:
        return there
    if target.kind != "column" and (sign, right.text) in {("=", "0"), ("<", "1")}:
        return not_(there)
    raise Untranslatable(msg("How long an answer is can't be asked for, only whether there is one."))


def _answer(target: Target, sign: str, right: Value) -> Truth:
    if target.kind == "column":
        raise Untranslatable(msg("A single row of a register can't be asked for."))
    if right.kind == "text" and not right.text and sign in _OURS:
        there = Truth(f'answered("{target.id}")', 2)
        return there if sign == "!=" else not_(there)
    if target.kind == "number":
        return Truth(f'number("{target.id}") {_OURS.get(sign, sign)} {_number(right)}', 2)
    if target.kind == "one" and sign in _OURS:
        taken = chosen(target, right.text)
        return taken if sign == "=" else not_(taken)
    if target.kind == "one":
        bound = Decimal(_number(right))
        fitting = [name for name in target.options if _fits(name, sign, bound)]
        if fitting:
            return joined([chosen(target, name) for name in fitting], "or")
    raise Untranslatable(msg("This answer can't be compared in that way."))


def _fits(name: str, sign: str, bound: Decimal) -> bool:
    try:
        return _COMPARE[sign](Decimal(name), bound)
    except InvalidOperation:
        return False


def _number(value: Value) -> str:
    if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,9})?", value.text, re.ASCII) is None:
        raise Untranslatable(msg("A number is compared with a number, found '{found}'.", found=value.text))
    return value.text
