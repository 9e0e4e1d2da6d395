"""The headings of a sheet: what a column means, in which language, by the names that forms use for one thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from greenaudit.packs.xlsform.sheets import Sheet

DEFAULT = "default"
"""The language of a column that names none, in a form that doesn't say which it is."""

UNWRITTEN = "—"
"""What stands where nobody has written anything yet."""

KINDS = frozenset(["level", "cuts", "options", "points", "table", "number", "text", "date", "photo"])
_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "tag": "name",
    "value": "name",
    "command": "type",
    "readonly": "read_only",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "metric": "metrics",
    "area": "areas",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
_TRANSLATED = frozenset(
    ["label", "hint", "guidance_hint", "constraint_message", "required_message"]
    + ["image", "audio", "video", "big-image", "media::image", "media::audio", "media::video"]
    + ["tool", "evidence", "mistake", "photo_hint", "safety", "confirm_4", "title", "cue", "pack_title"]
    + [f"level{level}" for level in range(5)]
)
_LEVEL = re.compile(r"(?:level|anchor)[ _]?([0-4])")
_CODE = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][^)]*)?\)\s*$")
_BARE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)?")
_NAMES = {
    "english": "en",
    "ingles": "en",
    "anglais": "en",
    "spanish": "es",
    "espanol": "es",
    "espagnol": "es",
    "castellano": "es",
    "french": "fr",
    "francais": "fr",
    "frances": "fr",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column means; `language` is empty where it isn't a text in one."""

    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row by meaning: plain cells by name, texts by name and language."""

    sheet: str
    number: int
    plain: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A plain cell; empty when it isn't there."""
        return self.plain.get(name, "")

    @property
    def own(self) -> str:
        """The kind of answer, where a row says it in our own column: then our columns say everything."""
        kind = self.plain.get("kind", "")
        return kind if kind in KINDS else ""

    @property
    def filled(self) -> tuple[str, ...]:
        """The names of all columns that say something here."""
        return (*self.plain, *self.texts)


def language_of_heading(raw: str) -> str:
    """The code of a language as headings and settings name it; its name in lower case where there is no code."""
    found = _CODE.search(raw) or _BARE.fullmatch(raw.strip())
    if found:
        return found[1].lower()
    plain = unicodedata.normalize("NFKD", raw.strip().lower()).encode("ascii", "ignore").decode()
    return _NAMES.get(plain, raw.strip().lower())


def heading_of(raw: str, default: str = DEFAULT) -> Heading:
    """The meaning of a heading such as `label::English (en)`; `default` is the language of a plain one."""
    lower = re.sub(r"\s*::\s*", "::", " ".join(raw.lower().split()))
    whole = _named(lower)
    if whole in _TRANSLATED:
        return Heading(whole, default)
    for mark in ("::", ":"):
        head, found, language = raw.rpartition(mark)
        name = _named(re.sub(r"\s*::\s*", "::", " ".join(head.lower().split())))
        if found and name in _TRANSLATED:
            return Heading(name, language_of_heading(language))
    return Heading(whole)


def _named(lower: str) -> str:
    level = _LEVEL.fullmatch(lower)
    if level:
        return f"level{level[1]}"
    name = lower.replace(" ", "_")
    return _ALIASES.get(name, name)


def lines_of(sheet: Sheet, default: str) -> tuple[Line, ...]:
    """A sheet's rows by meaning; of two columns that mean the same, the first that says something counts."""
    headings = {raw: heading_of(raw, default) for raw in sheet.headings}
    lines = []
    for row in sheet.rows:
        plain: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        for raw, text in row.cells.items():
            heading = headings[raw]
            if heading.language and text == UNWRITTEN:
                continue
            if heading.language:
                texts.setdefault(heading.name, {}).setdefault(heading.language, text)
            else:
                plain.setdefault(heading.name, text)
        lines.append(Line(sheet.name, row.number, plain, texts))
    return tuple(lines)
