"""Cells that say a number, yes or no, or several things; one that says something else is noted and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from greenaudit.messages import Message, msg
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.notes import Notes

_YES = frozenset({"yes", "true", "true()", "1", "x"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?", re.ASCII)


def left_out(line: Line, name: str, notes: Notes, why: Message) -> None:
    """Notes a cell that isn't carried."""
    text = line.get(name) or next(iter(line.texts.get(name, {}).values()), "")
    notes.add(line.sheet, line.number, f"{name}: {text}", why)


def yes(line: Line, name: str, notes: Notes) -> bool:
    """Whether a cell says yes."""
    text = line.get(name).lower()
    if text not in _YES | _NO:
        left_out(line, name, notes, msg("Expected yes or no; it counts as no."))
    return text in _YES


def whole(line: Line, name: str, least: int, most: int, notes: Notes) -> int | None:
    """A whole number within bounds; None where the cell is empty or says something else."""
    text = line.get(name)
    if not text:
        return None
    if re.fullmatch(r"\d{1,9}", text, re.ASCII) and least <= int(text) <= most:
        return int(text)
    why = msg("Expected a whole number from {least} to {most}.", least=least, most=most)
    left_out(line, name, notes, why)
    return None


def one_of(line: Line, name: str, choices: Iterable[str], notes: Notes) -> str:
    """A word out of a list; the first of them where the cell is empty or says something else."""
    known = tuple(choices)
    text = line.get(name).lower()
    found = next((choice for choice in known if choice.lower() == text), None)
    if text and found is None:
        left_out(line, name, notes, msg("Expected one of: {choices}.", choices=", ".join(known)))
    return known[0] if found is None else found


def parts(text: str) -> tuple[str, ...]:
    """The words of a cell that lists several."""
    return tuple(part for part in re.split(r"[\s,;]+", text) if part)


def number(text: str) -> Decimal | None:
    """A number with a decimal point; None when it is none."""
    return Decimal(text) if _NUMBER.fullmatch(text.strip()) else None
