"""The words of a condition, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from greenaudit.messages import Message, msg

MAX_LENGTH = 2_000

Kind = Literal["name", "number", "text", "sign", "end"]

_KINDS: tuple[Kind, ...] = ("name", "sign", "number", "text")
_PATTERN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<number>-?\d+(?:\.\d+)?)
      | "(?P<text>[^"\n]*)"
      | (?P<sign>==|!=|>=|<=|>|<|\(|\)|\.|,)""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word; `position` counts characters from 1."""

    kind: Kind
    text: str
    position: int


class TokenError(Exception):
    """A character that no condition contains."""

    def __init__(self, position: int, message: Message) -> None:
        super().__init__(str(message))
        self.position = position
        self.message = message


def tokens(when: str) -> tuple[Token, ...]:
    """All words of a condition and the end."""
    if len(when) > MAX_LENGTH:
        raise TokenError(MAX_LENGTH + 1, msg("A condition has at most {limit} characters.", limit=MAX_LENGTH))
    found: list[Token] = []
    at = 0
    while at < len(when):
        match = _PATTERN.match(when, at)
        if match is None:
            raise TokenError(at + 1, msg("'{sign}' doesn't belong in a condition.", sign=when[at]))
        token = _token(match)
        if token is not None:
            found.append(token)
        at = match.end()
    return (*found, Token("end", "", len(when) + 1))


def _token(match: re.Match[str]) -> Token | None:
    position = match.start() + 1
    for kind in _KINDS:
        if match.lastgroup == kind:
            return Token(kind, match.group(kind), position)
    return None
