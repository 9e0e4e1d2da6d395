"""Conditions: `when` read once into an explicit tree, or refused with the place of the mistake.

condition  = and-part {"or" and-part}
and-part   = test {"and" test}
test       = "not" test | "(" condition ")" | FLAG
           | ("country" | "region") ("==" | "!=") "text"
           | ("chosen" "(" "question" "," "option" | "answered" "(" "question") ")"
           | "number" "(" "question" ")" (">" | ">=" | "<" | "<=" | "==" | "!=") number
           | "sum" "(" register "." column ")" (">" | ">=" | "<" | "<=" | "==" | "!=") number
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.rules.exact import Exact
from greenaudit.rules.tokens import Token, TokenError, tokens
from greenaudit.rules.vocabulary import (
    COUNTRIES,
    FLAGS,
    WORDS,
    answered_name,
    chosen_name,
    number_name,
    total_name,
)

Registers = Mapping[str, Collection[str]]
Answers = Mapping[str, Collection[str]]
"""Register names with the ids of their number columns; question ids with the facts that answers can give."""

_MAX_DEPTH = 40
_COMPARE: dict[str, Callable[[Exact, Exact], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}


class ConditionError(KnownError):
    """A condition that can't be read; `position` counts characters from 1."""

    def __init__(self, position: int, message: Message) -> None:
        super().__init__("condition_wrong", message, position=position)
        self.position = position


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the plant: flags that hold, where it stands, totals of registers."""

    flags: frozenset[str] = frozenset()
    country: str = ""
    region: str = ""
    totals: Mapping[str, Exact] = field(default_factory=dict)

    def changed_from(self, before: Facts) -> frozenset[str]:
        """Names of flags and totals that differ."""
        names = self.totals.keys() | before.totals.keys()
        totals = {name for name in names if self.totals.get(name) != before.totals.get(name)}
        return self.flags ^ before.flags | totals


class Condition(Protocol):
    """A test of the facts; `reads` names the flags and totals it depends on."""

    @property
    def reads(self) -> frozenset[str]: ...

    def holds(self, facts: Facts) -> bool: ...


@dataclass(frozen=True, slots=True)
class Always:
    """The empty condition."""

    reads: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that must hold."""

    name: str

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.name})

    def holds(self, facts: Facts) -> bool:
        return self.name in facts.flags


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    part: Condition

    @property
    def reads(self) -> frozenset[str]:
        return self.part.reads

    def holds(self, facts: Facts) -> bool:
        return not self.part.holds(facts)


@dataclass(frozen=True, slots=True)
class Every:
    """Conditions that must all hold."""

    parts: tuple[Condition, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset().union(*(part.reads for part in self.parts))

    def holds(self, facts: Facts) -> bool:
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """Conditions of which one must hold."""

    parts: tuple[Condition, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset().union(*(part.reads for part in self.parts))

    def holds(self, facts: Facts) -> bool:
        return any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Country:
    """The plant's country is, or isn't, this one."""

    code: str
    same: bool
    reads: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        return (facts.country == self.code) is self.same


@dataclass(frozen=True, slots=True)
class Region:
    """The plant's state or province is, or isn't, this one."""

    code: str
    same: bool
    reads: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        return (facts.region == self.code) is self.same


@dataclass(frozen=True, slots=True)
class Total:
    """The total of a register's column, compared with a number; an empty register's total is 0."""

    name: str
    sign: str
    number: Fraction

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.name})

    def holds(self, facts: Facts) -> bool:
        return _COMPARE[self.sign](facts.totals.get(self.name, 0), self.number)


@dataclass(frozen=True, slots=True)
class Amount:
    """A question's number, compared; none is different from any number, and neither more nor less."""

    name: str
    sign: str
    number: Fraction

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.name})

    def holds(self, facts: Facts) -> bool:
        value = facts.totals.get(self.name)
        return self.sign == "!=" if value is None else _COMPARE[self.sign](value, self.number)


def parse(when: str, registers: Registers | None = None, answers: Answers | None = None) -> Condition:
    """The tree of a condition; ConditionError names the mistake and its place.

    With `registers` and `answers`, a register, column, question or option that isn't among them is a mistake too.
    """
    try:
        found = tokens(when)
    except TokenError as error:
        raise ConditionError(error.position, error.message) from error
    return _Parser(found, registers, answers).whole() if found[0].kind != "end" else Always()


class _Parser:
    """Reads tokens from left to right, one look ahead."""

    def __init__(
        self, found: tuple[Token, ...], registers: Registers | None, answers: Answers | None
    ) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._registers = registers
        self._answers = answers

    def whole(self) -> Condition:
        condition = self._condition()
        if self._next.kind != "end":
            raise self._error(msg("Expected 'and', 'or' or the end, found '{found}'.", found=self._next.text))
        return condition

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _error(self, message: Message) -> ConditionError:
        return ConditionError(self._next.position, message)

    def _expect(self, text: str) -> None:
        if self._next.text != text:
            raise self._error(
                msg("Expected '{wanted}', found '{found}'.", wanted=text, found=self._next.text)
            )
        self._at += 1

    def _condition(self) -> Condition:
        parts = [self._and_part()]
        while self._next.text == "or":
            self._at += 1
            parts.append(self._and_part())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _and_part(self) -> Condition:
        parts = [self._test()]
        while self._next.text == "and":
            self._at += 1
            parts.append(self._test())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _test(self) -> Condition:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._error(msg("Too many brackets or 'not' inside one another."))
        try:
            return self._one_test()
        finally:
            self._depth -= 1

    def _one_test(self) -> Condition:
        token = self._next
        if token.text == "not":
            self._at += 1
            return Not(self._test())
        if token.text == "(":
            self._at += 1
            inner = self._condition()
            self._expect(")")
            return inner
        if token.text in {"country", "region"}:
            return self._place()
        if token.text == "sum":
            return self._total()
        if token.kind == "name" and token.text in {"chosen", "answered", "number"}:
            return self._answer()
        return self._flag()

    def _answer(self) -> Condition:
        asks = self._take().text
        self._expect("(")
        question = self._name()
        known = None if self._answers is None else self._answers.get(question)
        if self._answers is not None and known is None:
            raise self._error(msg("There is no question '{name}'.", name=question))
        self._at += 1
        name = answered_name(question)
        if asks == "number":
            name = number_name(question)
            if known is not None and name not in known:
                raise self._error(msg("The answer to '{name}' isn't a number.", name=question))
        elif asks == "chosen":
            name = self._option(question, known)
        self._expect(")")
        return Amount(name, *self._compared()) if asks == "number" else Flag(name)

    def _option(self, question: str, known: Collection[str] | None) -> str:
        self._expect(",")
        option = self._name()
        name = chosen_name(question, option)
        if known is not None and name not in known:
            raise self._error(msg("'{name}' has no option '{option}'.", name=question, option=option))
        self._at += 1
        return name

    def _name(self) -> str:
        if self._next.kind != "text":
            raise self._error(msg("Expected an id in quotes, found '{found}'.", found=self._next.text))
        return self._next.text

    def _flag(self) -> Condition:
        token = self._next
        if token.kind != "name" or token.text in WORDS:
            raise self._error(msg("Expected a flag, found '{found}'.", found=token.text))
        if token.text not in FLAGS:
            raise self._error(msg("There is no flag '{name}'.", name=token.text))
        self._at += 1
        if self._next.kind == "sign" and self._next.text in _COMPARE:
            raise self._error(msg("A flag is yes or no; it can't be compared."))
        return Flag(token.text)

    def _place(self) -> Condition:
        field_name = self._take().text
        if self._next.text not in {"==", "!="}:
            raise self._error(
                msg(
                    "'{name}' can only be compared with == or !=, found '{found}'.",
                    name=field_name,
                    found=self._next.text,
                )
            )
        same = self._take().text == "=="
        if self._next.kind != "text":
            raise self._error(
                msg("Expected a text in quotes, such as \"MX\", found '{found}'.", found=self._next.text)
            )
        code = self._next.text
        if field_name == "country" and code not in COUNTRIES:
            raise self._error(msg("There is no country '{name}'; write US, CA or MX.", name=code))
        self._at += 1
        return Country(code, same) if field_name == "country" else Region(code, same)

    def _total(self) -> Condition:
        self._at += 1
        self._expect("(")
        register = self._register()
        self._expect(".")
        column = self._column(register)
        self._expect(")")
        return Total(total_name(register, column), *self._compared())

    def _compared(self) -> tuple[str, Fraction]:
        """The sign and the number that a total or an answer is compared with."""
        if self._next.text not in _COMPARE:
            raise self._error(
                msg("A total must be compared with a number, found '{found}'.", found=self._next.text)
            )
        sign = self._take().text
        if self._next.kind != "number":
            raise self._error(
                msg("A total is compared with a number, found '{found}'.", found=self._next.text)
            )
        return sign, Fraction(self._take().text)

    def _register(self) -> str:
        name = self._next.text
        if self._next.kind != "name" or (self._registers is not None and name not in self._registers):
            raise self._error(msg("There is no register '{name}'.", name=name))
        self._at += 1
        return name

    def _column(self, register: str) -> str:
        name = self._next.text
        known = self._registers is None or name in self._registers[register]
        if self._next.kind != "name" or not known:
            raise self._error(
                msg(
                    "The register '{register}' has no column of numbers '{name}'.",
                    register=register,
                    name=name,
                )
            )
        self._at += 1
        return name
