"""Three languages from one set of catalogues, for the window, the reports, the command line and the pages.

The English sentence is the key; `resources/locale/<language>/LC_MESSAGES/*.mo` hold the other two.
Numbers and dates are in `formats`.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from greenaudit.messages import Message
from greenaudit.paths import resource

Language = Literal["en", "es", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: tuple[str, ...] = ("en_US", "en_CA", "es_MX", "fr_CA")
LOCALE_OF: dict[Language, str] = {"en": "en_US", "es": "es_MX", "fr": "fr_CA"}


@runtime_checkable
class Trilingual(Protocol):
    """A parameter that is itself written in each language: a shipped text, or a date as people write it."""

    def in_(self, language: Language) -> str: ...


def language_of(locale: str) -> Language:
    """The language of a locale name such as `es_MX`; English for any other."""
    head = locale.replace("-", "_").split("_")[0]
    return head if head in LANGUAGES else "en"


class Translator:
    """Renders messages in one language. An unknown sentence comes back in English (a test forbids it)."""

    def __init__(self, language: Language, catalogue: gettext.NullTranslations) -> None:
        self.language: Language = language
        self._catalogue = catalogue

    def __call__(self, message: Message | str, /, **params: Any) -> str:
        """The message's sentence with its parameters filled in; nested messages are rendered too."""
        if isinstance(message, str):
            message = Message(message, params)
        if message.plural is not None and message.count is not None:
            text = self._catalogue.ngettext(message.text, message.plural, message.count)
            filled = {**message.params, "n": message.count}
        else:
            text, filled = self._catalogue.gettext(message.text), message.params
        if not filled:
            return text
        return text.format_map({name: self._shown(value) for name, value in filled.items()})

    def _shown(self, value: Any) -> Any:
        if isinstance(value, Message):
            return self(value)
        return value.in_(self.language) if isinstance(value, Trilingual) else value


@lru_cache(maxsize=8)
def translator(language: Language) -> Translator:
    """The translator of a language; catalogues are read once."""
    if language == "en":
        return Translator("en", gettext.NullTranslations())
    catalogue = gettext.NullTranslations()
    for path in sorted(resource("locale", language, "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as stream:
            part = gettext.GNUTranslations(stream)
        part.add_fallback(catalogue)
        catalogue = part
    return Translator(language, catalogue)
