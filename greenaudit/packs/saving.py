"""A checklist written back as a folder of YAML, in the form in which people write one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from greenaudit.domain.checklists import Checklist, Question
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs.loading import AREAS_FILE, COUNTRIES, PACK_FILE
from greenaudit.packs.references import COUNTRY_FILES

_LINE = 110
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Plain(_DUMPER):  # type: ignore[misc]
    """YAML without anchors: what stands twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def save_checklist(checklist: Checklist, folder: Path) -> Path:
    """Writes a checklist into an empty or new folder, such that loading it gives the same checklist."""
    trees = trees_of(checklist)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise KnownError(
                "folder_not_empty",
                msg("{path} isn't empty. Choose a new folder for the checklist.", path=str(folder)),
            )
        (folder / COUNTRIES).mkdir()
        for name, tree in trees.items():
            (folder / name).write_text(dumped(tree), encoding="utf-8", newline="\n")
    except OSError as error:
        raise KnownError(
            "folder_unwritable",
            msg(
                "{path} can't be written: {why}. Choose another folder.",
                path=str(folder),
                why=error.strerror or "",
            ),
        ) from error
    return folder


def trees_of(checklist: Checklist) -> dict[str, object]:
    """What each file holds, by its name."""
    head: dict[str, object] = {
        "id": checklist.id,
        "version": checklist.version,
        "title": said(checklist.title),
        "sections": [section.id for section in checklist.sections],
        **_changed(checklist, ("languages", "missing")),
    }
    trees: dict[str, object] = {PACK_FILE: head, AREAS_FILE: [said(area) for area in checklist.areas]}
    for section in checklist.sections:
        questions = [question for question in checklist.questions if question.section == section.id]
        trees[f"{section.id}.yaml"] = {
            "section": section.id,
            "module": section.module,
            "title": said(section.title),
            "questions": [question_tree(question) for question in questions],
        }
    for country, name in COUNTRY_FILES.items():
        prefix = f"{country.lower()}."
        trees[f"{COUNTRIES}/{name}"] = [
            said(reference) for key, reference in checklist.references.items() if key.startswith(prefix)
        ]
    return trees


def question_tree(question: Question) -> dict[str, object]:
    """A question as its section's file holds it: the fields that say something, in the order of the values."""
    tree = said(question)
    for name in ("module", "section"):
        tree.pop(name, None)
    return tree


def said(value: BaseModel) -> dict[str, Any]:
    """A value's fields that differ from what is meant when nothing is said, and the kind of an answer."""
    return {
        name: _plain(getattr(value, name))
        for name, field in type(value).model_fields.items()
        if name == "kind" or getattr(value, name) != field.get_default(call_default_factory=True)
    }


def _changed(value: BaseModel, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: found for name, found in said(value).items() if name in names}


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return said(value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def dumped(tree: object) -> str:
    """A tree as the text of a file."""
    text: str = yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_LINE)
    return text
