"""The core pack and its texts, each with the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from greenaudit.domain.checklists import Checklist, Question
from greenaudit.domain.text import Text
from greenaudit.packs import load_checklist
from greenaudit.paths import resource

DATA = Path(__file__).parent / "data"


class Placed(NamedTuple):
    """A text and where it stands, e.g. `CHEM-STO-02.levels.2`."""

    place: str
    text: Text


@cache
def core() -> Checklist:
    """The checklist that ships."""
    return load_checklist(resource("checklists", "core"))


@cache
def outline() -> dict[str, dict[str, Any]]:
    """The researched outline: what must not change on the way into the pack."""
    shapes: dict[str, dict[str, Any]] = json.loads((DATA / "outline.json").read_text(encoding="utf-8"))
    return shapes


@cache
def texts() -> tuple[Placed, ...]:
    """Every text of the core pack, its sections, areas and references among them (units have tests of their own)."""
    return tuple(_texts(core().model_copy(update={"units": {}}), ""))


def texts_of(question: Question) -> Iterator[Placed]:
    """Every text of one question."""
    return _texts(question, question.id)


def guidance() -> Iterator[tuple[str, Question, Text]]:
    """What must be written for its question: anchors, how to test, the common mistake."""
    for question in core().questions:
        for level in question.levels or ():
            yield "anchor", question, level
        yield "test", question, question.test.steps
        yield "mistake", question, question.mistake


def _texts(value: object, place: str) -> Iterator[Placed]:
    if isinstance(value, Text):
        yield Placed(place, value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), f"{place}.{name}" if place else name)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, f"{place}.{name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            inside = f"{place}.{getattr(part, 'id', index)}"
            yield from _texts(part, part.id if isinstance(part, Question) else inside)
