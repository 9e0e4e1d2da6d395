"""A checklist from its folder: pack.yaml, areas.yaml and one file a section, judged whole."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from greenaudit.domain.checklists import Area, Checklist, Module, Question, Section, Version
from greenaudit.domain.text import Text
from greenaudit.i18n import LANGUAGES
from greenaudit.messages import msg
from greenaudit.packs.checks import Known, check_all, check_question, has_stray_bool
from greenaudit.packs.codes import is_id
from greenaudit.packs.problems import Found, PackError, Problem
from greenaudit.packs.references import read_references
from greenaudit.packs.units import labels_for
from greenaudit.packs.yaml_tree import Block, TreeError, file_bytes, read_tree
from greenaudit.paths import resource

MAX_SECTIONS = 200
PACK_FILE, AREAS_FILE, COUNTRIES = "pack.yaml", "areas.yaml", "countries"

Shape = TypeVar("Shape", bound=BaseModel)


class PackHead(BaseModel):
    """pack.yaml: the checklist's name, version and the order of its sections."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: Version
    title: Text
    sections: tuple[str, ...] = Field(min_length=1, max_length=MAX_SECTIONS)
    languages: tuple[str, ...] = LANGUAGES
    missing: tuple[str, ...] = ()


class SectionFile(BaseModel):
    """A section's file; its questions are judged one by one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    module: Module
    title: Text
    questions: list[object] = Field(min_length=1)


def load_checklist(folder: Path, countries: Path | None = None) -> Checklist:
    """The checklist in a folder. Raises PackError listing every mistake with file, question and field.

    References come from `countries`, from the folder's own `countries`, or from those that ship with the product.
    """
    references, problems = read_references(countries or _countries(folder))
    head = _read_head(folder, problems)
    areas = _read_areas(folder, problems)
    names = head.sections if head else ()
    known = Known(areas=frozenset(area.id for area in areas), references=frozenset(references))
    sections: list[Section] = []
    questions: list[Question] = []
    files: dict[str, str] = {}
    for name in names:
        section, found = _read_section(folder, name, known, problems)
        sections += section
        questions += found
        files.update({question.id: f"{name}.yaml" for question in found})
    problems += check_all(questions, files)
    if problems or head is None:
        raise PackError(folder, problems)
    used = {ref for question in questions for ids in question.references.values() for ref in ids}
    return Checklist(
        id=head.id,
        version=head.version,
        title=head.title,
        sections=tuple(sections),
        areas=tuple(areas),
        questions=tuple(questions),
        references={ref: references[ref] for ref in sorted(used)},
        units=labels_for(questions),
        languages=head.languages,
        missing=head.missing,
    )


def _countries(folder: Path) -> Path:
    own = folder / COUNTRIES
    return own if own.is_dir() else resource("countries")


def _read_head(folder: Path, problems: list[Problem]) -> PackHead | None:
    found = Found(PACK_FILE)
    head = _shaped(PackHead, _read(folder / PACK_FILE, found), found)
    if head is not None:
        for name in {name for name in (head.id, *head.sections) if not is_id(name)}:
            found.add(msg("'{name}' can't be an id.", name=name[:60]), field="sections")
        for name in {name for name in head.sections if head.sections.count(name) > 1}:
            found.add(msg("'{name}' stands here twice.", name=name), field="sections")
    problems += found
    return head if not found.problems else None


def _read_areas(folder: Path, problems: list[Problem]) -> list[Area]:
    found = Found(AREAS_FILE)
    tree = _read(folder / AREAS_FILE, found)
    areas: dict[str, Area] = {}
    if not found.problems and not isinstance(tree, list):
        found.add(msg("Expected a list."))
    for raw in tree if isinstance(tree, list) else ():
        area = _shaped(Area, raw, found)
        if area is not None and area.id in areas:
            found.add(msg("'{name}' stands here twice.", name=area.id))
        if area is not None:
            areas[area.id] = area
    problems += found
    return list(areas.values())


def _read_section(
    folder: Path, name: str, known: Known, problems: list[Problem]
) -> tuple[list[Section], list[Question]]:
    found = Found(f"{name}.yaml")
    shape = _shaped(SectionFile, _read(folder / found.file, found), found)
    questions: list[Question] = []
    if shape is not None:
        if shape.section != name:
            found.add(msg("The file names the section '{name}'.", name=shape.section), field="section")
        for raw in shape.questions:
            questions += _read_question(raw, shape, known, found)
    problems += found
    sections = [] if shape is None else [Section(id=name, module=shape.module, title=shape.title)]
    return sections, questions


def _read_question(raw: object, shape: SectionFile, known: Known, found: Found) -> list[Question]:
    """The question in a list of its own, or nothing when its shape is wrong."""
    if not isinstance(raw, Block):
        found.add(msg("Expected fields with names."), field="questions")
        return []
    name = str(raw.get("id", ""))[:60]
    stray = has_stray_bool(raw)
    if stray is not None:
        found.add(
            msg("'true' and 'false' aren't texts or numbers."), question=name, field=stray, line=raw.line
        )
    try:
        question = Question.model_validate({**raw, "module": shape.module, "section": shape.section})
    except ValidationError as error:
        found.add_invalid(error, question=name, line=raw.line)
        return []
    check_question(question, raw, known, found)
    return [question]


def _read(path: Path, found: Found) -> object:
    try:
        return read_tree(file_bytes(path))
    except OSError:
        found.add(msg("The file is missing or can't be opened."))
    except TreeError as error:
        found.add(error.message, line=error.line)
    return None


def _shaped(shape: type[Shape], raw: object, found: Found) -> Shape | None:
    if raw is None and found.problems:
        return None
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        found.add_invalid(error, line=raw.line if isinstance(raw, Block) else 0)
        return None
