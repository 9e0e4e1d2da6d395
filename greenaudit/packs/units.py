"""How a unit reads in each language; the unit itself, with which a figure is kept, is never translated."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

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


def unit_label(unit: str) -> Text:
    """How a unit reads; one that nobody has named, as in a pack made elsewhere, reads as it is written."""
    return units().labels.get(unit) or Text(en=unit, es=unit, fr=unit)
