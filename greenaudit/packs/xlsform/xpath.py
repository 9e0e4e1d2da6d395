"""A form's expressions, the part of XPath that means the same here, turned into conditions.

Whatever else a form computes raises Untranslatable with the reason: a condition is carried whole or not at all.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from greenaudit.messages import Message, msg

MAX_LENGTH = 4_000
MAX_DEPTH = 30

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
_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_OURS = {"=": "==", "!=": "!="}
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Untranslatable(Exception):  # noqa: N818 - it says what an expression is, not what went wrong
    """An expression that can't be said as a condition, and why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Target:
    """What `${name}` stands for; `options` are ids by the names that the form's choices have."""

    kind: Literal["one", "several", "number", "other", "column", "computed"]
    id: str
    options: Mapping[str, str] = field(default_factory=dict)
    register: str = ""


@dataclass(frozen=True, slots=True)
class _Truth:
    """A part of a condition; `binds` 0 for or, 1 for and, 2 for what needs no brackets."""

    text: str
    binds: int


@dataclass(frozen=True, slots=True)
class _Value:
    """A text, a number, an answer, the total of a column, or how much an answer holds."""

    kind: Literal["text", "number", "answer", "sum", "size"]
    text: str = ""
    target: Target | None = None


def condition_of(expression: str, names: Mapping[str, Target]) -> str:
    """The condition that says the same as an expression; empty for one that is always true."""
    if expression.strip().lower() in {"true()", "yes", "true"}:
        return ""
    if len(expression) > MAX_LENGTH:
        raise Untranslatable(msg("The expression is longer than {limit} characters.", limit=MAX_LENGTH))
    return _Parser(_tokens(expression.translate(_SMART)), names).whole()


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


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, tokens: list[tuple[str, str]], names: Mapping[str, Target]) -> None:
        self._tokens = tokens
        self._names = names
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        truth = self._either()
        if self._tokens[self._at][0] != "end":
            raise self._unknown()
        return truth.text

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

    def _either(self) -> _Truth:
        parts = [self._every()]
        while self._is("name", "or"):
            self._at += 1
            parts.append(self._every())
        return joined(parts, "or")

    def _every(self) -> _Truth:
        parts = [self._test()]
        while self._is("name", "and"):
            self._at += 1
            parts.append(self._test())
        return joined(parts, "and")

    def _test(self) -> _Truth:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Untranslatable(msg("The expression is nested more than {limit} deep.", limit=MAX_DEPTH))
        left = self._operand()
        if isinstance(left, _Truth):
            self._depth -= 1
            return left
        kind, sign = self._take()
        if kind != "sign" or sign not in _MIRROR:
            raise Untranslatable(msg("Only comparisons and selected(…) can be carried."))
        right = self._operand()
        self._depth -= 1
        if isinstance(right, _Truth):
            raise Untranslatable(msg("Only comparisons and selected(…) can be carried."))
        return _compared(left, sign, right)

    def _operand(self) -> _Truth | _Value:
        kind, text = self._take()
        if kind == "ref":
            return _Value("answer", target=self._target(text))
        if kind in {"number", "text"}:
            return _Value("number" if kind == "number" else "text", text)
        if (kind, text) == ("sign", "("):
            inner = self._either()
            self._expect(")")
            return inner
        if kind == "name" and self._is("sign", "("):
            return self._call(text)
        self._at -= 1
        raise self._unknown()

    def _target(self, name: str) -> Target:
        target = self._names.get(name)
        if target is None:
            raise Untranslatable(msg("There is no question '{name}'.", name=name))
        if target.kind == "computed":
            raise Untranslatable(msg("'{name}' is computed or not asked here.", name=name))
        return target

    def _call(self, name: str) -> _Truth | _Value:
        self._at += 1
        if name == "not":
            inner = self._either()
            self._expect(")")
            return _not(inner)
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
            return _chosen(target, option)
        self._expect(")")
        if name == "sum":
            return _Value("sum", target=target)
        return _Value("answer" if name in {"number", "int"} else "size", target=target)


def joined(parts: list[_Truth], word: str) -> _Truth:
    """Parts joined by and / or, in brackets where the words would bind otherwise."""
    if len(parts) == 1:
        return parts[0]
    binds = 1 if word == "and" else 0
    return _Truth(f" {word} ".join(f"({p.text})" if p.binds < binds else p.text for p in parts), binds)


def every(conditions: list[str]) -> str:
    """Conditions that must all hold, as one; those that are empty always hold."""
    parts = [_Truth(text, 0 if " or " in text else 1) for text in dict.fromkeys(conditions) if text]
    return joined(parts, "and").text if parts else ""


def _not(truth: _Truth) -> _Truth:
    return _Truth(f"not {truth.text}" if truth.binds == 2 else f"not ({truth.text})", 2)


def _chosen(target: Target, option: str) -> _Truth:
    if option not in target.options:
        raise Untranslatable(msg("'{name}' has no option '{option}'.", name=target.id, option=option))
    return _Truth(f'chosen("{target.id}", "{target.options[option]}")', 2)


def _compared(left: _Value, sign: str, right: _Value) -> _Truth:
    if left.target is None:
        left, sign, right = right, _MIRROR[sign], left
    if left.target is None or right.target is not None:
        raise Untranslatable(msg("An answer can only be compared with a fixed value."))
    if left.kind == "sum":
        return _sum(left.target, sign, right)
    if left.kind == "size":
        return _size(left.target, sign, right)
    return _answer(left.target, sign, right)


def _sum(target: Target, sign: str, right: _Value) -> _Truth:
    if target.kind != "column" or not target.register:
        raise Untranslatable(msg("Only a column of numbers can be added up."))
    return _Truth(f"sum({target.register}.{target.id}) {_OURS.get(sign, sign)} {_number(right)}", 2)


def _size(target: Target, sign: str, right: _Value) -> _Truth:
    there = _Truth(f'answered("{target.id}")', 2)
    if target.kind != "column" and (sign, right.text) in {(">", "0"), (">=", "1"), ("!=", "0")}:
        return there
    if target.kind != "column" and (sign, right.text) in {("=", "0"), ("<", "1")}:
        return _not(there)
    raise Untranslatable(msg("How long an answer is can't be asked for, only whether there is one."))


def _answer(target: Target, sign: str, right: _Value) -> _Truth:
    if target.kind == "column":
        raise Untranslatable(msg("A single row of a register can't be asked for."))
    if right.kind == "text" and not right.text and sign in _OURS:
        there = _Truth(f'answered("{target.id}")', 2)
        return there if sign == "!=" else _not(there)
    if target.kind == "number":
        return _Truth(f'number("{target.id}") {_OURS.get(sign, sign)} {_number(right)}', 2)
    if target.kind == "one" and sign in _OURS:
        chosen = _chosen(target, right.text)
        return chosen if sign == "=" else _not(chosen)
    if target.kind == "one":
        bound = Decimal(_number(right))
        fitting = [name for name in target.options if _fits(name, sign, bound)]
        if fitting:
            return joined([_chosen(target, name) for name in fitting], "or")
    raise Untranslatable(msg("This answer can't be compared in that way."))


def _fits(name: str, sign: str, bound: Decimal) -> bool:
    try:
        return _COMPARE[sign](Decimal(name), bound)
    except InvalidOperation:
        return False


def _number(value: _Value) -> str:
    if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,9})?", value.text, re.ASCII) is None:
        raise Untranslatable(msg("A number is compared with a number, found '{found}'.", found=value.text))
    return value.text
