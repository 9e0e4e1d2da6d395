"""The parts of a checklist beside its questions: its head, its areas and the rules that its questions touch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from greenaudit.domain.checklists import Area, Reference
from greenaudit.domain.text import Text
from greenaudit.messages import msg
from greenaudit.packs.references import load_references
from greenaudit.packs.xlsform.cells import left_out, whole
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.names import Names
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.wording import Wording
from greenaudit.paths import resource

_FIRST_VERSION = "1.0"
_TAKEN = frozenset(
    [
        "form_title",
        "form_id",
        "version",
        "default_language",
        "pack_title",
        "allow_choice_duplicates",
    ]
)


@dataclass(frozen=True)
class Head:
    """What the settings sheet says of the whole."""

    id: str
    version: str
    title: Text


def head_of(line: Line, file: str, words: Wording, notes: Notes) -> Head:
    """The head of a checklist; the file's name stands in for what the settings don't say."""
    for name in line.filled:
        if name not in _TAKEN:
            left_out(line, name, notes, msg("This setting belongs to the form's server or app."))
    name = line.get("form_title") or line.get("form_id") or file
    title = words.text(line.texts.get("pack_title", {}), "title")
    if title is None:
        title = Text(en=name, es=name, fr=name)
        for language in words.carried[1:]:
            words.lacks(f"title.{language}")
    wanted = line.get("form_id") or file
    return Head(Names(notes).give(wanted, "settings", line.number, "form"), _version(line, notes), title)


def _version(line: Line, notes: Notes) -> str:
    said = line.get("version")
    if re.fullmatch(r"\d{1,9}\.\d{1,9}", said, re.ASCII):
        return said
    if re.fullmatch(r"\d{1,9}", said, re.ASCII):
        return f"{said}.0"
    if said:
        left_out(
            line,
            "version",
            notes,
            msg("A version is written as 1.0; it begins with {first}.", first=_FIRST_VERSION),
        )
    return _FIRST_VERSION


def areas_of(lines: Iterable[Line], words: Wording, notes: Notes) -> dict[str, Area]:
    """The areas of our own sheet, by id."""
    found: dict[str, Area] = {}
    names = Names(notes)
    for line in lines:
        area_id = names.give(
            line.get("id") or line.get("name"), line.sheet, line.number, f"area_{line.number}"
        )
        path = f"areas.{area_id}"
        minutes = whole(line, "minutes", 1, 1000, notes)
        if minutes is None:
            words.lacks(f"{path}.minutes")
        found[area_id] = Area(
            id=area_id,
            title=words.needed(line.texts.get("title", {}), f"{path}.title"),
            cue=words.needed(line.texts.get("cue", {}), f"{path}.cue"),
            minutes=minutes or 1,
        )
    return found


def drafted_area(area_id: str, title: Text, words: Wording) -> Area:
    """An area that the form doesn't describe: it has a title, and the rest is still to be said."""
    words.lacks(f"areas.{area_id}.minutes")
    return Area(id=area_id, title=title, cue=words.unwritten(f"areas.{area_id}.cue"), minutes=1)


class Rules:
    """The references that questions may name: those of the workbook, and those that ship with the product."""

    def __init__(self, lines: Iterable[Line], words: Wording, notes: Notes) -> None:
        self._notes = notes
        self._shipped: Mapping[str, Reference] | None = None
        self._own: dict[str, Reference] = {}
        for line in lines:
            self._read(line, words)

    def _read(self, line: Line, words: Wording) -> None:
        values = {name: line.get(name) for name in ("id", "valid_from", "valid_to", "status", "source")}
        title = words.needed(line.texts.get("title", {}), f"references.{values['id']}.title")
        try:
            rule = Reference.model_validate(
                {**values, "title": title, "status": values["status"] or "unconfirmed"}
            )
        except ValidationError:
            left_out(
                line,
                "status",
                self._notes,
                msg("Expected one of: {choices}.", choices="confirmed, unconfirmed"),
            )
            return
        self._own[rule.id] = rule

    def get(self, rule_id: str) -> Reference | None:
        """The reference of that id."""
        if rule_id in self._own:
            return self._own[rule_id]
        if self._shipped is None:
            self._shipped = load_references(resource("countries"))
        return self._shipped.get(rule_id)

    def named(self, line: Line) -> dict[str, tuple[str, ...]]:
        """The references of a question: `US: us.a us.b; MX: mx.c`."""
        found: dict[str, tuple[str, ...]] = {}
        for part in line.get("references").split(";"):
            country, colon, ids = part.partition(":")
            country = country.strip().upper()
            if not part.strip():
                continue
            known = tuple(
                rule for rule in ids.split() if rule.startswith(f"{country.lower()}.") and self.get(rule)
            )
            if not colon or country not in {"US", "CA", "MX"} or len(known) < len(ids.split()):
                why = msg("Expected countries and the ids of their references, such as US: us.hcs.")
                self._notes.add(line.sheet, line.number, f"references: {part}", why)
            if country in {"US", "CA", "MX"}:
                found[country] = known
        return found
