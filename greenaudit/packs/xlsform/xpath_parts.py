"""What a form's expressions are made of, and conditions put together from conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from greenaudit.messages import Message, msg

MAX_LENGTH = 4_000


class Untranslatable(Exception):  # noqa: N818 - it says what an expression is, not what went wrong
    """An expression that can't be said as a condition, and why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Target:
    """What `${name}` stands for; `options` are ids by the names that the form's choices have.

    `formula` is what the form computes: a condition that asks for it says the same as one with the formula in its place.
    """

    kind: Literal["one", "several", "number", "other", "column", "computed"]
    id: str
    options: Mapping[str, str] = field(default_factory=dict)
    register: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """A part of a condition; `binds` 0 for or, 1 for and, 2 for what needs no brackets."""

    text: str
    binds: int


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a number, an answer, the total of a column, how much an answer holds or how many choices."""

    kind: Literal["text", "number", "answer", "sum", "size", "count"]
    text: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """One of two values, by a condition: what `if(…)` gives."""

    when: Truth
    yes: Value | Either
    no: Value | Either


def joined(parts: list[Truth], word: str) -> Truth:
    """Parts joined by and / or, in brackets where the words would bind otherwise."""
    if len(parts) == 1:
        return parts[0]
    binds = 1 if word == "and" else 0
    return _fitting(
        Truth(f" {word} ".join(f"({p.text})" if p.binds < binds else p.text for p in parts), binds)
    )


def every(conditions: list[str]) -> str:
    """Conditions that must all hold, as one; those that are empty always hold."""
    parts = [Truth(text, 0 if " or " in text else 1) for text in dict.fromkeys(conditions) if text]
    return joined(parts, "and").text if parts else ""


def not_(truth: Truth) -> Truth:
    """What holds where a condition doesn't."""
    return _fitting(Truth(f"not {truth.text}" if truth.binds == 2 else f"not ({truth.text})", 2))


def _fitting(truth: Truth) -> Truth:
    """A condition put together of others, while it is still of a length that somebody can read."""
    if len(truth.text) > MAX_LENGTH:
        raise Untranslatable(msg("The expression is longer than {limit} characters.", limit=MAX_LENGTH))
    return truth
