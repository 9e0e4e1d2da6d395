"""A form's expressions, the part of XPath that means the same here, turned into conditions.

Whatever else a form computes raises Untranslatable with the reason: a condition is carried whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from greenaudit.messages import msg
from greenaudit.packs.xlsform.xpath_comparing import SIGNS, chosen, compared
from greenaudit.packs.xlsform.xpath_parts import (
    MAX_LENGTH,
    Either,
    Target,
    Truth,
    Untranslatable,
    Value,
    joined,
    not_,
)

MAX_DEPTH = 30
MAX_FORMULAS = 100

_TOKEN = re.compile(
    r"""\s+
      | \$\{\s*(?P<ref>[^}\s]+)\s*\}
      | (?P<number>-?\d+(?:\.\d+)?)
      | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
      | (?P<name>[A-Za-z_][A-Za-z0-9_.-]*)
      | (?P<sign><=|>=|!=|=|<|>|\(|\)|,|\.)""",
    re.VERBOSE,
)
_SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def condition_of(expression: str, names: Mapping[str, Target]) -> str:
    """The condition that says the same as an expression; empty for one that is always true."""
    if expression.strip().lower() in {"true()", "yes", "true"}:
        return ""
    if len(expression) > MAX_LENGTH:
        raise Untranslatable(msg("The expression is longer than {limit} characters.", limit=MAX_LENGTH))
    return _Parser(expression, names, _Formulas()).whole()


def limits_of(constraint: str, *, whole: bool) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a constraint on a number allows; Untranslatable when it says anything else."""
    least: Decimal | None = None
    most: Decimal | None = None
    for part in re.split(r"\band\b", constraint.replace("(", " ").replace(")", " ")):
        found = re.fullmatch(r"\s*\.\s*(<=|>=|<|>)\s*'?(-?\d{1,15}(?:\.\d{1,9})?)'?\s*", part)
        if found is None or (found[1] in "<>" and not whole):
            raise Untranslatable(msg("GreenAudit checks a number against a least and a most value only."))
        bound = Decimal(found[2])
        if found[1] in "<>":
            bound = _next_whole(bound, found[1])
        if found[1].startswith(">"):
            least = bound if least is None else max(least, bound)
        else:
            most = bound if most is None else min(most, bound)
    return least, most


def _next_whole(bound: Decimal, sign: str) -> Decimal:
    """The nearest whole number that is really more, or really less."""
    floor = bound.to_integral_value(rounding="ROUND_FLOOR")
    if sign == ">":
        return floor + 1
    return floor if floor < bound else floor - 1


def _tokens(expression: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            raise Untranslatable(msg("'{sign}' isn't understood in a condition.", sign=expression[at]))
        at = match.end()
        if match.lastgroup:
            kind = "text" if match.lastgroup in {"single", "double"} else match.lastgroup
            found.append((kind, match[match.lastgroup]))
    return [*found, ("end", "")]


class _Formulas:
    """What the formulas that stand for `${name}` in one expression have in common: their number, and the depth."""

    def __init__(self) -> None:
        self._count = 0
        self._open: set[str] = set()
        self.depth = 0

    def enter(self, name: str) -> None:
        """Refuses one that asks for itself, and too many."""
        self._count += 1
        if name in self._open or self._count > MAX_FORMULAS:
            raise Untranslatable(msg("'{name}' is computed in a way that can't be followed.", name=name))
        self._open.add(name)

    def leave(self, name: str) -> None:
        """Another branch may ask for it again."""
        self._open.discard(name)


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, expression: str, names: Mapping[str, Target], formulas: _Formulas) -> None:
        self._tokens = _tokens(expression.translate(_SMART))
        self._names = names
        self._formulas = formulas
        self._at = 0

    def whole(self) -> str:
        return self._all().text

    def value(self) -> Truth | Value | Either:
        """What a formula gives: a value, or whether something holds."""
        found = self._operand()
        if self._tokens[self._at][0] == "end":
            return found
        self._at = 0
        return self._all()

    def _all(self) -> Truth:
        truth = self._either()
        if self._tokens[self._at][0] != "end":
            raise self._unknown()
        return truth

    def _take(self) -> tuple[str, str]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, kind: str, text: str) -> bool:
        return self._tokens[self._at] == (kind, text)

    def _expect(self, sign: str) -> None:
        if not self._is("sign", sign):
            raise self._unknown()
        self._at += 1

    def _unknown(self) -> Untranslatable:
        return Untranslatable(
            msg("'{sign}' isn't understood in a condition.", sign=self._tokens[self._at][1] or ")")
        )

    def _either(self) -> Truth:
        parts = [self._every()]
        while self._is("name", "or"):
            self._at += 1
            parts.append(self._every())
        return joined(parts, "or")

    def _every(self) -> Truth:
        parts = [self._test()]
        while self._is("name", "and"):
            self._at += 1
            parts.append(self._test())
        return joined(parts, "and")

    def _test(self) -> Truth:
        left = self._operand()
        kind, sign = self._tokens[self._at]
        if kind != "sign" or sign not in SIGNS:
            return _as_truth(left)
        self._at += 1
        right = self._operand()
        if isinstance(left, Truth):
            return _said_true(left, sign, right)
        if isinstance(right, Truth):
            raise Untranslatable(msg("Only comparisons and selected(…) can be carried."))
        return compared(left, sign, right)

    def _operand(self) -> Truth | Value | Either:
        self._formulas.depth += 1
        if self._formulas.depth > MAX_DEPTH:
            raise Untranslatable(msg("The expression is nested more than {limit} deep.", limit=MAX_DEPTH))
        found = self._found()
        self._formulas.depth -= 1
        return found

    def _found(self) -> Truth | Value | Either:
        kind, text = self._take()
        if kind == "ref":
            return self._asked(text)
        if kind in {"number", "text"}:
            return Value("number" if kind == "number" else "text", text)
        if (kind, text) == ("sign", "("):
            inner = self._either()
            self._expect(")")
            return inner
        if kind == "name" and self._is("sign", "("):
            return self._call(text)
        self._at -= 1
        raise self._unknown()

    def _asked(self, name: str) -> Truth | Value | Either:
        """What `${name}` gives: an answer, or what its formula says in its place."""
        target = self._names.get(name)
        if target is None or not target.formula:
            return Value("answer", target=self._target(name))
        self._formulas.enter(name)
        found = _Parser(target.formula[: MAX_LENGTH + 1], self._names, self._formulas).value()
        self._formulas.leave(name)
        return found

    def _target(self, name: str) -> Target:
        target = self._names.get(name)
        if target is None:
            raise Untranslatable(msg("There is no question '{name}'.", name=name))
        if target.kind == "computed":
            raise Untranslatable(msg("'{name}' is computed or not asked here.", name=name))
        return target

    def _call(self, name: str) -> Truth | Value | Either:
        self._at += 1
        if name == "not":
            inner = self._either()
            self._expect(")")
            return not_(inner)
        if name == "if":
            return self._if()
        if name in {"true", "false"}:
            self._expect(")")
            return Value("text", name)
        if name not in {"selected", "sum", "string-length", "count-selected", "number", "int"}:
            raise Untranslatable(msg("The function {name}() can't be carried.", name=name))
        kind, ref = self._take()
        if kind != "ref":
            self._at -= 1
            raise self._unknown()
        target = self._target(ref)
        if name == "selected":
            self._expect(",")
            kind, option = self._take()
            self._expect(")")
            if kind not in {"text", "number"} or target.kind not in {"one", "several"}:
                raise Untranslatable(msg("Only a choice by its name can be asked for."))
            return chosen(target, option)
        self._expect(")")
        if name == "sum":
            return Value("sum", target=target)
        if name == "count-selected":
            return Value("count", target=target)
        return Value("answer" if name in {"number", "int"} else "size", target=target)

    def _if(self) -> Either:
        when = self._either()
        branches: list[Value | Either] = []
        for sign in (",", ","):
            self._expect(sign)
            found = self._operand()
            if isinstance(found, Truth):
                raise Untranslatable(msg("if(…) can give fixed values and answers only."))
            branches.append(found)
        self._expect(")")
        return Either(when, branches[0], branches[1])


def _as_truth(found: Truth | Value | Either) -> Truth:
    """What stands alone where something must hold."""
    if isinstance(found, Truth):
        return found
    if isinstance(found, Either):
        return compared(found, "=", Value("text", "true"))
    raise Untranslatable(msg("Only comparisons and selected(…) can be carried."))


def _said_true(left: Truth, sign: str, right: Truth | Value | Either) -> Truth:
    """Forms write the result of a comparison as `true` and `false`."""
    if not isinstance(right, Value) or right.text not in {"true", "false"} or sign not in {"=", "!="}:
        raise Untranslatable(msg("Only comparisons and selected(…) can be carried."))
    return left if (right.text == "true") == (sign == "=") else not_(left)
