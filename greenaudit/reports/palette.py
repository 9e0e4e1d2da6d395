"""Colours by name for one theme, from the tokens that the window uses too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportlab.lib.colors import Color, HexColor

from greenaudit.domain.checklists import Module
from greenaudit.paths import resource

Theme = Literal["light", "dark", "daylight"]

MODULE_COLOURS: dict[str, str] = {"CHEM": "chem", "WAST": "wast", "ENER": "ener", "FOUN": "foun"}
MODULE_ICONS: dict[str, str] = {"CHEM": "flask", "WAST": "recycle", "ENER": "lightning", "FOUN": "stack"}


@dataclass(frozen=True)
class Palette:
    """One theme's colours; print is `light`."""

    theme: Theme
    values: tuple[tuple[str, str], ...]

    def colour(self, name: str) -> Color:
        """A colour of the tokens, by name."""
        return _colour(dict(self.values)[name])

    def module(self, module: Module | str) -> Color:
        """A module's colour."""
        return self.colour(MODULE_COLOURS[module])


@lru_cache(maxsize=4)
def palette(theme: Theme = "light") -> Palette:
    """The palette of a theme."""
    tokens = json.loads(resource("tokens.json").read_text(encoding="utf-8"))["themes"][theme]
    return Palette(theme, tuple((name, value) for name, value in tokens.items() if isinstance(value, str)))


@lru_cache(maxsize=256)
def _colour(value: str) -> Color:
    return HexColor(value)
