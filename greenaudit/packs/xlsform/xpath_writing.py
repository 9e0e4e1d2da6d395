"""Conditions as a form says them: XPath over the form's own questions, as far as the form can know the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenaudit.domain.checklists import OptionsAnswer, Question, TableAnswer
from greenaudit.rules.branching import register_name
from greenaudit.rules.conditions import Amount, Condition, Either, Every, Flag, Not, Total
from greenaudit.rules.vocabulary import answered_name, chosen_name, number_name, total_name

_SIGNS = {"==": "=", "!=": "!="}


class XPaths:
    """Writes conditions; what the form can't know (a country, a derived flag) makes the whole None."""

    def __init__(self, questions: Iterable[Question], names: Mapping[str, str]) -> None:
        self._flags: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        sources: dict[str, list[str]] = {}
        for question in questions:
            self._add(question, names, sources)
        self._flags |= {flag: _or(paths) for flag, paths in sources.items()}

    def _add(self, question: Question, names: Mapping[str, str], sources: dict[str, list[str]]) -> None:
        ref = f"${{{names[question.id]}}}"
        table = isinstance(question.answer, TableAnswer)
        if not table:
            self._flags[answered_name(question.id)] = f"{ref} != ''"
            self._numbers[number_name(question.id)] = ref
        if isinstance(question.answer, OptionsAnswer):
            for option in question.answer.options:
                path = f"selected({ref}, '{option.id}')"
                self._flags[chosen_name(question.id, option.id)] = path
                if option.flag:
                    sources.setdefault(option.flag, []).append(path)
        register = register_name(question)
        if isinstance(question.answer, TableAnswer) and register:
            for column in question.answer.columns:
                total = f"sum(${{{names[f'{question.id}/{column.id}']}}})"
                self._numbers[total_name(register, column.id)] = total

    def of(self, condition: Condition) -> str | None:
        """The expression; None where the form can't know."""
        if isinstance(condition, Flag):
            return self._flags.get(condition.name) if condition.name not in _DERIVED else None
        if isinstance(condition, Not):
            inner = self.of(condition.part)
            return None if inner is None else f"not({inner})"
        if isinstance(condition, Amount | Total):
            number = self._numbers.get(condition.name)
            sign = _SIGNS.get(condition.sign, condition.sign)
            return None if number is None else f"{number} {sign} {_decimal(condition)}"
        if isinstance(condition, Every | Either):
            return self._joined(condition)
        return None

    def _joined(self, condition: Every | Either) -> str | None:
        parts = [self.of(part) for part in condition.parts]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return f"({' and '.join(known)})" if isinstance(condition, Every) else _or(known)


_DERIVED = frozenset({"HAZARDOUS_WASTE", "HALOGENATED", "USES_VOC", "EXCHANGE_CANDIDATE", "EXCHANGES"})
"""Flags that more than ticks switch on: a form would show too little."""


def _or(paths: Iterable[str]) -> str:
    found = tuple(paths)
    return found[0] if len(found) == 1 else f"({' or '.join(found)})"


def _decimal(condition: Amount | Total) -> str:
    number = condition.number
    if number.denominator == 1:
        return str(number.numerator)
    digits = 1
    while number * 10**digits % 1 and digits < 30:  # what was written with a point has an end
        digits += 1
    scaled = f"{abs(number.numerator * 10**digits // number.denominator):0{digits + 1}d}"
    return ("-" if number < 0 else "") + f"{scaled[:-digits]}.{scaled[-digits:]}"
