"""The recovery code: shown once, kept on paper, opens the data when the device is gone.

Eight groups of five characters of Crockford's base 32 (no I, L, O, U). In each group four characters are random
(160 bits in all) and the fifth is a check over the field of 32 elements, salted with the group's place: one
wrong character, two neighbours exchanged and two groups exchanged are always noticed, and the group can be named.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.keys.master import stretch

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 8, 5
_READ_AS = str.maketrans("OIL", "011")
_IGNORED = re.compile(r"[\s\-‐‑‒–—_.]+")


@dataclass(frozen=True)
class RecoveryCode:
    """A code that is well formed; whether it fits is known only when it is tried."""

    characters: str = field(repr=False)

    @classmethod
    def generate(cls) -> RecoveryCode:
        """A fresh code."""
        groups = []
        for place in range(GROUPS):
            values = [secrets.randbelow(32) for _ in range(GROUP - 1)]
            groups.append("".join(ALPHABET[value] for value in (*values, _check(values, place))))
        return cls("".join(groups))

    @classmethod
    def parse(cls, typed: str) -> RecoveryCode:
        """Reads what a person typed: any case, any separators, O for 0, I and L for 1. Names the mistyped group."""
        characters = _IGNORED.sub("", typed).upper().translate(_READ_AS)
        if len(characters) != GROUPS * GROUP:
            raise KnownError(
                "code_mistyped",
                msg(
                    "A recovery code has 40 letters and digits; this one has {count}. Compare it with the paper.",
                    count=len(characters),
                ),
            )
        for place in range(GROUPS):
            group = characters[place * GROUP : (place + 1) * GROUP]
            if not _group_holds(group, place):
                raise KnownError(
                    "code_mistyped",
                    msg(
                        "The code is mistyped in group {group} ({typed}). Compare it with the paper.",
                        group=place + 1,
                        typed=group,
                    ),
                )
        return cls(characters)

    @property
    def text(self) -> str:
        """The code as it is shown and printed: eight groups with hyphens."""
        return "-".join(self.characters[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))

    def wrapping_key(self, salt: bytes) -> bytes:
        """The key that wraps the master key. 160 random bits need no slow derivation."""
        return stretch(self.characters.encode("ascii"), salt, "recovery-code")


def _group_holds(group: str, place: int) -> bool:
    values = [ALPHABET.find(character) for character in group]
    return min(values) >= 0 and _check(values[:-1], place) == values[-1]


def _check(values: list[int], place: int) -> int:
    """The check value of a group: Σ xⁱ·vᵢ in the field of 32 elements, with the group's place mixed in."""
    total = place + 1
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    """Multiplication by x modulo x⁵ + x² + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
