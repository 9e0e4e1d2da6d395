"""The measures and colours of the window, read once from `resources/tokens.json`. Nothing else names a colour."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Literal, get_args

from greenaudit.paths import resource

Theme = Literal["light", "dark", "daylight"]
THEMES: tuple[Theme, ...] = get_args(Theme)

Role = Literal[
    "caption",
    "small",
    "body",
    "strong",
    "lead",
    "title",
    "question",
    "questionCompact",
    "display",
    "money",
    "moneyTable",
]
"""The steps of the type scale."""

TOKENS: dict[str, Any] = json.loads(resource("tokens.json").read_text(encoding="utf-8"))
SPACE: dict[str, int] = TOKENS["spacing"]
RADIUS: dict[str, int] = TOKENS["radius"]
TOUCH: dict[str, int] = TOKENS["touch"]
BORDER: dict[str, int] = TOKENS["border"]
MOTION: dict[str, int] = TOKENS["motion"]
BREAKPOINTS: dict[str, int] = TOKENS["breakpoints"]
FAMILY: str = TOKENS["type"]["family"]
MONO: str = TOKENS["type"]["mono"]
TYPE: dict[str, tuple[int, int]] = {
    name: (value[0], value[1]) for name, value in TOKENS["type"].items() if isinstance(value, list)
}
MODULES: dict[str, dict[str, str]] = TOKENS["modules"]


@lru_cache(maxsize=len(THEMES))
def named(theme: Theme) -> dict[str, str]:
    """The plain colours of a theme by name (the five level colours are apart, in `levels`)."""
    return {name: value for name, value in TOKENS["themes"][theme].items() if isinstance(value, str)}


def levels(theme: Theme) -> list[str]:
    """The five colours of the stair, from 0 to 4."""
    return list(TOKENS["themes"][theme]["level"])
