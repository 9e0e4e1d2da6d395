"""A pack line by line, as people read and edit it: made from the trees of its files, whatever state they are in.

A draft that somebody broke by hand must still open, so nothing here asks for a valid checklist: a text that
is missing is empty, a number that is a word is shown as that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from greenaudit.domain.checklists import Reference

PACK, AREAS = "pack.yaml", "areas.yaml"
TEXT_LANGUAGES = ("en", "es", "fr")

What = Literal[
    "title", "cue", "text", "why", "steps", "tool", "evidence", "level", "option", "column",
    "confirm", "mistake", "photo", "safety", "remark",
]  # fmt: skip
"""What a text is for."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a pack: a file, and in it a question or an area by its id (empty: what the file says of itself).

    `nth` tells apart what a hand-edited file names twice.
    """

    file: str
    id: str = ""
    nth: int = 0


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A text in three languages. `mark` is an anchor's level or an option's id, `level` what an option gives."""

    path: str
    what: What
    en: str
    es: str
    fr: str
    mark: str = ""
    level: str = ""
    optional: bool = False

    def in_(self, language: str) -> str:
        """The text in one language, as it stands in the file."""
        return str(getattr(self, language))

    @property
    def empty(self) -> bool:
        """Whether nothing is written in any language."""
        return not (self.en or self.es or self.fr)


@dataclass(frozen=True, slots=True)
class Rule:
    """A reference of one country; `known` is None where the pack names one that it doesn't have."""

    country: str
    id: str
    known: Reference | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question, an area, a section or the pack itself, ready to be read. Facts are by path, as written."""

    spot: Spot
    kind: Literal["question", "area", "section", "pack"]
    module: str
    texts: tuple[TextEntry, ...]
    facts: Mapping[str, str]
    rules: tuple[Rule, ...] = ()

    @property
    def title(self) -> TextEntry:
        """The text by which it is known."""
        return self.texts[0]

    def text(self, path: str) -> TextEntry | None:
        """The text at a path."""
        return next((entry for entry in self.texts if entry.path == path), None)


Trees = Mapping[str, object]
"""The files of a pack by name, as trees; a file that can't be read is absent."""


def sheets_of(trees: Trees, references: Mapping[str, Reference]) -> tuple[Sheet, ...]:
    """All sheets of a pack: itself, its areas, then each section followed by its questions."""
    sheets = [_head(trees.get(PACK))]
    areas = trees.get(AREAS)
    sheets += [_area(spot, node) for spot, node in _named(AREAS, areas)]
    for file in section_files(trees):
        sheets += section_sheets(file, trees[file], references)
    return tuple(sheets)


def section_files(trees: Trees) -> list[str]:
    """The files of sections: in the order the pack gives, then those it doesn't name."""
    head = trees.get(PACK)
    listed = head.get("sections") if isinstance(head, dict) else None
    names = [f"{name}.yaml" for name in listed] if isinstance(listed, list) else []
    there = [name for name in names if name in trees]
    return [*dict.fromkeys(there), *sorted(set(trees) - {PACK, AREAS} - set(names))]


def section_sheets(file: str, tree: object, references: Mapping[str, Reference]) -> list[Sheet]:
    """A section and its questions."""
    head = tree if isinstance(tree, dict) else {}
    module = str(head.get("module", ""))
    own = Sheet(Spot(file), "section", module, (_text(head, "title", "title"),), {})
    return [
        own,
        *(_question(spot, node, module, references) for spot, node in _named(file, head.get("questions"))),
    ]


def node_at(tree: object, spot: Spot) -> dict[str, object] | None:
    """The block of a spot in its file's tree; None when it isn't there any more."""
    if not spot.id:
        return tree if isinstance(tree, dict) else None
    listed = tree.get("questions") if isinstance(tree, dict) else tree
    return next((node for found, node in _named(spot.file, listed) if found == spot), None)


def written(value: object) -> str:
    """A value of a tree as a person would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(written(part) for part in value)
    return "" if value is None else str(value)


def value_at(node: object, path: str) -> object:
    """What stands at a path such as `levels.2.es`; None when there is nothing."""
    for part in path.split("."):
        if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        elif isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, str) and part == "en":  # a text written without its languages
            return node
        else:
            return None
    return node


def _named(file: str, listed: object) -> Iterator[tuple[Spot, dict[str, object]]]:
    seen: dict[str, int] = {}
    for node in listed if isinstance(listed, list) else ():
        if isinstance(node, dict):
            name = str(node.get("id") or "?")
            yield Spot(file, name, seen.get(name, 0)), node
            seen[name] = seen.get(name, 0) + 1


def _head(tree: object) -> Sheet:
    head = tree if isinstance(tree, dict) else {}
    facts = {name: written(head.get(name)) for name in ("id", "version")}
    return Sheet(Spot(PACK), "pack", "", (_text(head, "title", "title"),), facts)


def _area(spot: Spot, node: dict[str, object]) -> Sheet:
    texts = (_text(node, "title", "title"), _text(node, "cue", "cue"))
    return Sheet(spot, "area", "", texts, {"minutes": written(node.get("minutes"))})


MEANT = {"gate": "record", "critical": "false"}
"""What is meant where a file says nothing."""

_FACTS = ("weight", "critical", "gate", "areas", "when", "metrics", "opportunity", "rapid", "required")


def _question(spot: Spot, node: dict[str, object], module: str, references: Mapping[str, Reference]) -> Sheet:
    facts = {name: written(node.get(name)) or MEANT.get(name, "") for name in _FACTS}
    facts["test.minutes"] = written(value_at(node, "test.minutes"))
    facts["kind"] = written(value_at(node, "answer.kind"))
    facts["cuts"] = written(value_at(node, "answer.cuts"))
    facts["unit"] = written(value_at(node, "answer.unit"))
    return Sheet(spot, "question", module, tuple(_texts(node)), facts, tuple(_rules(node, references)))


def _texts(node: dict[str, object]) -> Iterator[TextEntry]:
    yield _text(node, "text", "text")
    yield _text(node, "why", "why")
    yield _text(node, "test.steps", "steps")
    yield _text(node, "test.tool", "tool")
    yield _text(node, "evidence", "evidence")
    levels = node.get("levels")
    for level in range(len(levels) if isinstance(levels, list) else 0):
        yield _text(node, f"levels.{level}", "level", mark=str(level))
    yield from _answer_texts(node)
    yield _text(node, "mistake", "mistake")
    yield _text(node, "photo", "photo", optional=True)
    yield _text(node, "safety", "safety", optional=True)
    remarks = node.get("remarks")
    for number in range(len(remarks) if isinstance(remarks, list) else 0):
        yield _text(node, f"remarks.{number}.text", "remark")


def _answer_texts(node: dict[str, object]) -> Iterator[TextEntry]:
    """The labels that an answer is chosen from, and what a number must still affirm."""
    yield from _labels(node, "answer.options", "option")
    yield from _labels(node, "answer.instead", "option")
    for group in ("answer.columns", "answer.also"):
        columns = value_at(node, group)
        for number, entry in enumerate(_labels(node, group, "column")):
            yield entry
            column = columns[number] if isinstance(columns, list) else None
            if isinstance(column, dict):
                yield from _labels(node, f"{group}.{number}.options", "option")
    if value_at(node, "answer.confirm_4") is not None:
        yield _text(node, "answer.confirm_4", "confirm")


def _labels(node: dict[str, object], place: str, what: What) -> Iterator[TextEntry]:
    listed = value_at(node, place)
    for number, part in enumerate(listed if isinstance(listed, list) else ()):
        found = part if isinstance(part, dict) else {}
        mark, level = written(found.get("id")), written(found.get("level"))
        yield _text(node, f"{place}.{number}.label", what, mark=mark, level=level)


def _text(
    node: dict[str, object], path: str, what: What, mark: str = "", level: str = "", *, optional: bool = False
) -> TextEntry:
    english, spanish, french = (written(value_at(node, f"{path}.{name}")) for name in TEXT_LANGUAGES)
    return TextEntry(path, what, english, spanish, french, mark, level, optional)


def _rules(node: dict[str, object], references: Mapping[str, Reference]) -> Iterator[Rule]:
    named = node.get("references")
    for country, ids in named.items() if isinstance(named, dict) else ():
        for name in ids if isinstance(ids, list) else ():
            yield Rule(str(country), str(name), references.get(str(name)))


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)


def typed(path: str, text: str) -> object:
    """What a person typed into a field, as the file holds it. A number that isn't one stays as typed."""
    last = path.rsplit(".", 1)[-1]
    if last in {"weight", "minutes"} and _WHOLE.fullmatch(text.strip()):
        return int(text)
    if path == "areas":
        return [part for part in re.split(r"[\s,;]+", text) if part]
    if path == "critical":
        return text == "true"
    return text
