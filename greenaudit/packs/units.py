"""How a unit reads in each language; the unit itself, with which a figure is kept, is never translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict

from greenaudit.domain.checklists import (
    Column,
    CutsAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
)
from greenaudit.domain.text import Text
from greenaudit.packs.yaml_tree import read_tree
from greenaudit.paths import resource


class Units(BaseModel):
    """units.yaml: symbols that every language shares, and labels for the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    symbols: frozenset[str]
    labels: dict[str, Text]

    def known(self, unit: str) -> bool:
        """Whether somebody has said how it reads."""
        return unit in self.symbols or unit in self.labels


@cache
def units() -> Units:
    """The units that ship, read once."""
    return Units.model_validate(read_tree(resource("checklists", "units.yaml").read_bytes()))


def labels_for(questions: Iterable[Question]) -> dict[str, Text]:
    """How the units of these questions read, of those that aren't symbols; for `Checklist.units`."""
    used = {unit for question in questions for unit in _units_of(question)}
    return {unit: units().labels[unit] for unit in sorted(used & units().labels.keys())}


def _units_of(question: Question) -> Iterator[str]:
    answer = question.answer
    if isinstance(answer, CutsAnswer | PointsAnswer | NumberAnswer):
        yield answer.unit
    columns: tuple[Column, ...] = ()
    if isinstance(answer, TableAnswer):
        columns = answer.columns
    elif isinstance(answer, LevelAnswer | OptionsAnswer):
        columns = answer.also
    for column in columns:
        yield column.unit
