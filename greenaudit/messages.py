"""Sentences for people, not yet in a language.

Code that runs without knowing who reads it (rules, errors, reports) speaks in `Message` values; whoever
shows them renders them with a `Translator` (see `i18n`). The English sentence is the catalogue's key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """An English sentence with named places, what goes into them, and its plural where it has one."""

    text: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """The sentence in English: for logs and for developers."""
        text = self.text if self.plural is None or self.count == 1 else self.plural
        return text.format_map({**self.params, "n": self.count}) if "{" in text else text


def msg(text: str, /, **params: Any) -> Message:
    """Marks a sentence for the catalogues and carries its parameters."""
    return Message(text, params)


def msgs(one: str, many: str, n: int, /, **params: Any) -> Message:
    """Like `msg` for a counted thing; `{n}` is the count."""
    return Message(one, params, plural=many, count=n)
