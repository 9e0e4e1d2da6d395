"""The language in which commands speak."""

from __future__ import annotations

import os

from greenaudit.errors import KnownError
from greenaudit.i18n import LANGUAGES, Language, Translator, language_of, translator
from greenaudit.paths import default_home
from greenaudit.settings import load_settings

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = ("", "C", "POSIX")


def spoken() -> Translator:
    """The translator of the caller's language: what the environment says, else what was chosen in the window."""
    return translator(language_of(_said() or _chosen()))


def as_language(name: str) -> Language:
    """A language option's value; `en` for anything unknown is never guessed: the caller validates first."""
    return next(language for language in LANGUAGES if language == name)


def _said() -> str:
    """The locale that the first telling variable names; where it names none (`C`), nothing."""
    named = next((value for name in VARIABLES if (value := os.environ.get(name))), "")
    return "" if named.partition(".")[0] in _NO_LANGUAGE else named


def _chosen() -> str:
    """The locale of the settings. Commands that work on broken homes ask too, so that damage is no error here."""
    try:
        return load_settings(default_home().settings).locale
    except KnownError:
        return ""
