"""Texts: those that ship in three languages, and those that a person wrote in one."""

from __future__ import annotations

from pydantic import Field

from greenaudit.domain.values import Value
from greenaudit.i18n import Language


class Text(Value):
    """A text in the three languages; none may be missing or blank."""

    en: str = Field(min_length=1)
    es: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return str(getattr(self, language))


class Note(Value):
    """A free text as a person wrote it, with the language it is in."""

    text: str = ""
    language: Language = "en"
