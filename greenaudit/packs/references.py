"""Country packs: dated references, apart from the questions since rules move faster than releases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from greenaudit.domain.checklists import Reference
from greenaudit.messages import msg
from greenaudit.packs.codes import is_id
from greenaudit.packs.problems import Found, PackError, Problem
from greenaudit.packs.yaml_tree import Block, TreeError, file_bytes, read_tree

COUNTRY_FILES = {"US": "us.yaml", "CA": "ca.yaml", "MX": "mx.yaml"}


def load_references(folder: Path) -> dict[str, Reference]:
    """All references of the three countries by id. Raises PackError listing every mistake."""
    references, problems = read_references(folder)
    if problems:
        raise PackError(folder, problems)
    return references


def read_references(folder: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """What could be read, and what is wrong with the rest."""
    references: dict[str, Reference] = {}
    problems: list[Problem] = []
    for country, name in COUNTRY_FILES.items():
        found = Found(name)
        for reference in _read_file(folder / name, found):
            if not reference.id.startswith(f"{country.lower()}."):
                found.add(
                    msg("An id in this file begins with '{prefix}'.", prefix=f"{country.lower()}."),
                    field=reference.id,
                )
            elif reference.id in references:
                found.add(msg("This id stands here twice."), field=reference.id)
            references[reference.id] = reference
        problems += found
    return references, problems


def _read_file(path: Path, found: Found) -> list[Reference]:
    try:
        tree = read_tree(file_bytes(path))
    except OSError:
        found.add(msg("The file is missing or can't be opened."))
        return []
    except TreeError as error:
        found.add(error.message, line=error.line)
        return []
    if not isinstance(tree, list):
        found.add(msg("Expected a list."))
        return []
    return [reference for raw in tree if (reference := _read_one(raw, found)) is not None]


def _read_one(raw: object, found: Found) -> Reference | None:
    line = raw.line if isinstance(raw, Block) else 0
    try:
        reference = Reference.model_validate(raw)
    except ValidationError as error:
        found.add_invalid(error, line=line)
        return None
    if not is_id(reference.id):
        found.add(msg("'{name}' can't be an id.", name=reference.id), line=line)
    for field in ("valid_from", "valid_to"):
        value = getattr(reference, field)
        if value and not _is_date(value):
            found.add(msg("Expected a date such as 2026-11-23."), field=field, line=line)
    return reference


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-23")
