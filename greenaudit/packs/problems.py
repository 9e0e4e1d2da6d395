"""What is wrong with a pack: every mistake with its file, question and field, and a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg, msgs

_QUOTED = re.compile(r"'([^']*)'")

LANGUAGE_NAMES = {"en": msg("English"), "es": msg("Spanish"), "fr": msg("French")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake; `question` and `field` are empty where it is the file's, `line` is 0 where it isn't known."""

    file: str
    question: str
    field: str
    message: Message
    line: int = 0

    @property
    def place(self) -> str:
        """File, question and field in one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return ", ".join(part for part in (where, self.question, self.field) if part)

    @property
    def sentence(self) -> Message:
        """Where and what, for a list."""
        return msg("{place}: {problem}", place=self.place, problem=self.message)


class PackError(KnownError):
    """A pack that can't be used; `problems` holds every mistake that was found."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        super().__init__(
            "pack_wrong",
            msgs(
                "{path} has a mistake. {first}",
                "{path} has {n} mistakes. The first: {first}",
                len(problems),
                path=path.name,
                first=problems[0].sentence,
            ),
        )
        self.problems = tuple(problems)


class Found:
    """Collects the mistakes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, message: Message, *, question: str = "", field: str = "", line: int = 0) -> None:
        """Notes a mistake."""
        self.problems.append(Problem(self.file, question, field, message, line))

    def add_invalid(self, error: ValidationError, *, question: str = "", line: int = 0) -> None:
        """Notes every mistake that validation found, in our words."""
        for field, message in _in_words(error):
            self.add(message, question=question, field=field, line=line)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


def _in_words(error: ValidationError) -> Iterable[tuple[str, Message]]:
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "too_short" and any(_inside(other, detail) for other in details):
            continue  # a list is short only because its parts are wrong
        places = [str(part) for part in detail["loc"]]
        if places[:1] == ["answer"] and len(places) > 1:
            del places[1]  # pydantic names the kind there
        yield ".".join(places), _sentence(detail["type"], places, detail.get("input"), detail.get("ctx", {}))


def _inside(inner: ErrorDetails, outer: ErrorDetails) -> bool:
    depth = len(outer["loc"])
    return len(inner["loc"]) > depth and inner["loc"][:depth] == outer["loc"]


def _sentence(kind: str, places: list[str], value: object, context: dict[str, Any]) -> Message:
    if kind == "missing":
        language = LANGUAGE_NAMES.get(places[-1]) if len(places) > 1 else None
        return (
            msg("The text in {language} is missing.", language=language)
            if language
            else msg("This field is missing.")
        )
    if kind == "string_too_short":
        return msg("This text is blank.")
    if kind == "string_pattern_mismatch":
        return msg("Expected a version such as 1.0, in quotes.")
    if kind in {"literal_error", "union_tag_invalid"}:
        choices = _QUOTED.findall(context.get("expected") or context.get("expected_tags", ""))
        return msg(
            "'{value}' isn't one of: {expected}.",
            value=_brief(context.get("tag", value)),
            expected=", ".join(choices),
        )
    if kind in {"too_short", "too_long"}:
        return msgs(
            "There is one entry here; that isn't the right number.",
            "There are {n} entries here; that isn't the right number.",
            context.get("actual_length", 0),
        )
    if kind in {"less_than_equal", "greater_than_equal"}:
        return msg("The value {value} is out of range.", value=_brief(value))
    fixed = _FIXED.get(kind.split("_")[0])
    return fixed if fixed is not None else msg("This value can't be used: {value}.", value=_brief(value))


_FIXED = {
    "extra": msg("GreenAudit doesn't know this field."),
    "string": msg("Expected a text; put it in quotes if it looks like a number."),
    "int": msg("Expected a whole number."),
    "decimal": msg("Expected a number, written with a decimal point."),
    "finite": msg("Expected a number, written with a decimal point."),
    "bool": msg("Expected true or false."),
    "tuple": msg("Expected a list."),
    "list": msg("Expected a list."),
    "dict": msg("Expected fields with names."),
    "model": msg("Expected fields with names."),
    "union": msg("This field is missing."),
}


def _brief(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"
