"""Characters that a pack may not contain: those that hide, reorder or steer what a person reads."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; tab and line feed are welcome
    "\xad\u061c\u180e"
    "\u200b-\u200f"  # zero width, and marks that turn the direction
    "\u2028-\u202e\u2060-\u206f"  # separators, overrides, isolates, invisible operators
    "\ufeff\ufff0-\uffff"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"  # private use and tags
    "\ud800-\udfff"
    "]"
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character that doesn't belong in a text, and where it stands (from 0)."""

    name: str
    position: int


def hidden_character(text: str) -> Hidden | None:
    """The first character that doesn't belong in a text; None when all do."""
    match = _HIDDEN.search(text)
    if match is None:
        return None
    sign = match.group()
    return Hidden(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip(), match.start())
