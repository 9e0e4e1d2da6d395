"""The language that is on, and saying things in it."""

from __future__ import annotations

from typing import Any, Protocol

from greenaudit.i18n import LOCALES, Language, language_of, translator
from greenaudit.messages import Message

_on = {"locale": "en_US"}


class Trilingual(Protocol):
    """A text that ships in three languages (`domain.text.Text`)."""

    def in_(self, language: Language) -> str: ...


Said = Message | Trilingual | str
"""What a widget can show: a sentence of the catalogues, a text in three languages, or what a person wrote."""


def locale() -> str:
    """The locale that is on: `en_US`, `en_CA`, `es_MX` or `fr_CA`."""
    return _on["locale"]


def language() -> Language:
    """The language of the locale that is on."""
    return language_of(locale())


def set_locale(name: str) -> None:
    """Notes the locale; `ui.i18n.qt.speak` also tells Qt and every widget. An unknown one means US English."""
    _on["locale"] = name if name in LOCALES else "en_US"


def tr(said: Said, **params: Any) -> str:
    """Says it in the language that is on. A plain string is what a person wrote and stays as it is."""
    if isinstance(said, str):
        return said
    if isinstance(said, Message):
        filled = Message(said.text, {**said.params, **params}, said.plural, said.count) if params else said
        return translator(language())(filled)
    return said.in_(language())
