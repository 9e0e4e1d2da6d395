"""Lists of choices as options: each list once a question, with ids that are fit and the level it may give."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from greenaudit.domain.checklists import Option
from greenaudit.domain.text import Text
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs.xlsform.cells import whole
from greenaudit.packs.xlsform.columns import Line
from greenaudit.packs.xlsform.names import Names
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.wording import Wording
from greenaudit.rules.vocabulary import FLAGS

OTHER = Option(id="other", label=Text(en="Other", es="Otro", fr="Autre"))
NONE = Option(id="none", label=Text(en="None of these", es="Ninguno de estos", fr="Aucun de ceux-ci"))
DONE = (
    Option(id="ok", label=Text(en="Done", es="Hecho", fr="Fait")),
    Option(id="not_ok", label=Text(en="Not done", es="No hecho", fr="Pas fait")),
)
SPECIFY = Text(en="Specify the other", es="Especifique el otro", fr="Précisez l’autre")
MAX_OFFERED = 100_000
"""Choices of all questions together: a list of thousands, offered by thousands of questions, is no checklist."""
MAX_NAMED = 1_000
"""Characters of a list that is named in a hint."""


@dataclass(frozen=True)
class Offered:
    """The options of one question, and their ids by the names that the form's expressions use."""

    options: tuple[Option, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)


class Lists:
    """The choices sheet."""

    def __init__(self, lines: Iterable[Line], words: Wording, notes: Notes) -> None:
        self._words = words
        self._notes = notes
        self._lists: dict[str, list[Line]] = {}
        self._offered = 0
        for line in lines:
            name = line.get("list_name")
            if name and (line.get("name") or line.texts.get("label")):
                self._lists.setdefault(name, []).append(line)
            else:
                what = name or line.get("name") or "choice"
                notes.add(
                    line.sheet, line.number, what, msg("A choice needs the name of its list and its own.")
                )

    def offered(self, name: str, path: str) -> Offered:
        """The options of a list for the question or column at a path."""
        self._count(name)
        names = Names(self._notes)
        options: list[Option] = []
        ids: dict[str, str] = {}
        for line in self._lists.get(name, ()):
            called = line.get("name")
            if called and called in ids:
                why = msg("This choice stands in its list twice; the first is carried.")
                self._notes.add(line.sheet, line.number, f"{name} {called}", why)
                continue
            option_id = names.give(
                line.get("id") or called, line.sheet, line.number, f"option_{len(options) + 1}"
            )
            options.append(self._option(line, option_id, f"{path}.{option_id}"))
            ids[called or option_id] = option_id
        return Offered(tuple(options), ids)

    def named(self, name: str) -> dict[str, str]:
        """All choices of a list in one line, in each language in which one of them is written; none of a long list."""
        found = self._lists.get(name, ())
        if len(found) > MAX_NAMED:
            return {}
        self._count(name)
        lines = [(line.get("name"), line.texts.get("label", {})) for line in found]
        languages = dict.fromkeys(language for _, label in lines for language in label)
        said = {
            language: "; ".join(label.get(language, called) for called, label in lines)
            for language in languages
        }
        return said if all(len(text) <= MAX_NAMED for text in said.values()) else {}

    def note_unused(self, used: Collection[str]) -> None:
        """Notes every list that nothing in the form names, at its first choice."""
        for name, lines in self._lists.items():
            if name not in used:
                why = msg("No question offers the choices of this list.")
                self._notes.add(lines[0].sheet, lines[0].number, name, why)

    def _count(self, name: str) -> None:
        self._offered += len(self._lists.get(name, ()))
        if self._offered > MAX_OFFERED:
            raise KnownError(
                "form_large",
                msg("The form's questions offer more than {limit} choices together.", limit=MAX_OFFERED),
            )

    def _option(self, line: Line, option_id: str, path: str) -> Option:
        label = self._words.text(line.texts.get("label", {}), path)
        if label is None:
            name = line.get("name")
            label = Text(en=name, es=name, fr=name)
            self._words.lacks(path)
        flag = line.get("flag")
        if flag and flag not in FLAGS:
            self._notes.add(
                line.sheet, line.number, f"flag: {flag}", msg("There is no flag '{name}'.", name=flag)
            )
            flag = ""
        return Option(id=option_id, label=label, level=whole(line, "level", 0, 4, self._notes), flag=flag)
