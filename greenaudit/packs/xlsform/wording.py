"""Texts of a form in our three languages: what is written is kept, what isn't falls back where people can see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from greenaudit.domain.text import Text
from greenaudit.i18n import LANGUAGES
from greenaudit.messages import msg
from greenaudit.packs.problems import LANGUAGE_NAMES
from greenaudit.packs.xlsform.columns import DEFAULT, UNWRITTEN, Line
from greenaudit.packs.xlsform.notes import Notes

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_OTHER = msg("GreenAudit speaks English, Spanish and French; this language isn't carried.")
_PLAIN = msg("The column names no language; it is shown where the others say nothing.")


class Wording:
    """The languages of a form, and what is missing in them."""

    def __init__(self, lines: Iterable[Line], notes: Notes) -> None:
        found = _languages(lines)
        self.found = tuple(found)
        ours: list[str] = [language for language in LANGUAGES if language in found]
        if DEFAULT in found and "en" not in found:
            ours.append(DEFAULT)
        self.carried: tuple[str, ...] = tuple(ours) or self.found[:1] or (DEFAULT,)
        self._order = (*LANGUAGES, DEFAULT, *self.found)
        self._missing: dict[str, None] = {}
        for language in found:
            if language not in self.carried:
                why = _PLAIN if language == DEFAULT else _OTHER
                notes.add("survey", 1, f"label::{language}", why)
        for language in LANGUAGES:
            if language not in found:
                why = msg(
                    "There are no texts in {language}; another language is shown.",
                    language=LANGUAGE_NAMES[language],
                )
                notes.add("survey", 1, f"label::{language}", why)

    def text(self, texts: Mapping[str, str], path: str) -> Text | None:
        """A text in three languages; None when there is none at all. What is missing is remembered by `path`."""
        spare = next((texts[language] for language in self._order if texts.get(language)), "")
        if not spare:
            return None
        for language in self.carried:
            if language not in texts:
                self._missing[f"{path}.{language}"] = None
        shown = {language: _REFERENCE.sub(r"[\1]", texts.get(language) or spare) for language in LANGUAGES}
        return Text(**shown)

    def own(self, text: Text) -> Text:
        """A text of ours in the languages of the form, so that it reads like the rest of it."""
        said = {language: text.in_(language) for language in LANGUAGES if language in self.carried}
        spare = next(iter(said.values()), text.en)
        return Text(**{language: said.get(language, spare) for language in LANGUAGES})

    def needed(self, texts: Mapping[str, str], path: str) -> Text:
        """A text that must be there; a dash where nobody has written it yet."""
        return self.text(texts, path) or self.unwritten(path)

    def unwritten(self, path: str) -> Text:
        """A dash, and the path among what is missing."""
        self.lacks(path)
        return Text(en=UNWRITTEN, es=UNWRITTEN, fr=UNWRITTEN)

    def lacks(self, path: str) -> None:
        """Remembers that something is still to be said."""
        self._missing[path] = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of all that is still to be written."""
        return tuple(self._missing)


def _languages(lines: Iterable[Line]) -> list[str]:
    """Every language in which a label or a hint says something, in the order of the columns."""
    found: dict[str, None] = {}
    for line in lines:
        for name in ("label", "hint", "guidance_hint"):
            found.update(dict.fromkeys(line.texts.get(name, ())))
    return list(found)
