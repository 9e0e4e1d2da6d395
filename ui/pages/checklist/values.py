"""What the page shows, as values; and the outline of a pack, filtered by what is searched."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from greenaudit.messages import Message
from greenaudit.services.draft_checks import DraftProblem
from greenaudit.services.pack_sheets import TEXT_LANGUAGES, Sheet, Spot


@dataclass(frozen=True)
class Node:
    """A row of the outline: a place of the pack, or a group (a module, the areas) with what lies under it."""

    kind: Literal["pack", "areas", "area", "module", "section", "question"]
    spot: Spot | None = None
    module: str = ""
    under: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Marks:
    """The problems of one sheet: by field, and those that belong to no field of it."""

    fields: Mapping[str, Message] = field(default_factory=dict)
    general: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A sheet as it is shown. `unsaved` are texts that were typed and couldn't be kept; `areas` are those there are."""

    sheet: Sheet
    section: Sheet | None
    editable: bool
    areas: Mapping[str, Sheet] = field(default_factory=dict)
    marks: Marks = Marks()
    unsaved: Mapping[str, str] = field(default_factory=dict)


def outline(sheets: Iterable[Sheet]) -> tuple[Node, ...]:
    """The pack, its areas, and module → section → questions."""
    roots: list[Node] = []
    areas: list[Node] = []
    modules: dict[str, dict[str, list[Node]]] = defaultdict(dict)
    for sheet in sheets:
        if sheet.kind == "pack":
            roots.append(Node("pack", sheet.spot))
        elif sheet.kind == "area":
            areas.append(Node("area", sheet.spot))
        else:
            questions = modules[sheet.module].setdefault(sheet.spot.file, [])
            if sheet.kind == "question":
                questions.append(Node("question", sheet.spot, sheet.module))
    if areas:
        roots.append(Node("areas", under=tuple(areas)))
    for module, sections in modules.items():
        under = tuple(
            Node("section", Spot(file), module, tuple(questions)) for file, questions in sections.items()
        )
        roots.append(Node("module", module=module, under=under))
    return tuple(roots)


def narrowed(nodes: Iterable[Node], hits: set[Spot]) -> tuple[Node, ...]:
    """The nodes that lead to a hit."""
    kept = []
    for node in nodes:
        under = narrowed(node.under, hits)
        if under or node.spot in hits:
            kept.append(Node(node.kind, node.spot, node.module, under))
    return tuple(kept)


def folded(text: str) -> str:
    """A text without accents and case, as it is searched."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def haystack(sheet: Sheet) -> str:
    """Everything of a sheet that is searched: its id and its texts in all languages."""
    parts = [sheet.spot.id or sheet.spot.file.removesuffix(".yaml")]
    parts += [entry.in_(language) for entry in sheet.texts for language in TEXT_LANGUAGES]
    return folded(" ".join(parts))


def marks_of(sheet: Sheet, problems: Iterable[DraftProblem]) -> Marks:
    """Each problem at its field; a text that is missing whole is marked in its three languages."""
    fields: dict[str, Message] = {}
    general: list[Message] = []
    cells = {f"{entry.path}.{language}" for entry in sheet.texts for language in TEXT_LANGUAGES}
    for problem in problems:
        path = "areas" if problem.path.startswith("areas.") else problem.path
        whole = [f"{path}.{language}" for language in TEXT_LANGUAGES if f"{path}.{language}" in cells]
        places = [path] if path in cells or path in sheet.facts else whole
        for place in places:
            fields.setdefault(place, problem.message)
        if not places:
            general.append(problem.message)
    return Marks(fields, tuple(general))
