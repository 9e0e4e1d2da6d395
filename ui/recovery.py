"""The recovery code as it is asked for: in groups, one of which is typed to show that the code was written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from greenaudit.messages import Message, msg


@dataclass(frozen=True)
class CodeQuestion:
    """The recovery code in groups, and which of them (from 1) is asked for."""

    groups: tuple[str, ...]
    asked: int

    def wrong(self, typed: str) -> Message | None:
        """What is wrong with what was typed; None when it is the group that was asked for."""
        if typed.strip().casefold() == self.groups[self.asked - 1].casefold():
            return None
        return msg("That is not group {number}. Look at what you wrote down.", number=self.asked)


def question_of(code: str, pick: Callable[[int], int]) -> CodeQuestion:
    """Asks for one group of a code; `pick(n)` chooses which of n."""
    groups = tuple(code.replace("-", " ").split())
    return CodeQuestion(groups, pick(len(groups)) + 1)
