"""A workbook read, built and judged: what comes out can be used like any other checklist, or nothing does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from greenaudit.domain.checklists import Checklist
from greenaudit.messages import msg
from greenaudit.packs.judging import judged
from greenaudit.packs.problems import PackError
from greenaudit.packs.xlsform.building import FormError, Imported, build
from greenaudit.packs.xlsform.notes import Notes
from greenaudit.packs.xlsform.sheets import read_sheets
from greenaudit.rules.branching import CycleError, Plan

MAX_CIRCLES = 20


def import_workbook(path: Path) -> Imported:
    """The checklist in a workbook, and all that couldn't be carried. Raises KnownError when it can't be used."""
    notes = Notes()
    imported = build(read_sheets(path, notes), path.stem, notes)
    checklist = _without_circles(imported.checklist, notes)
    problems = judged(checklist, path.name)
    if problems:
        raise PackError(path, problems)
    return replace(imported, checklist=checklist, not_carried=notes.all)


def _without_circles(checklist: Checklist, notes: Notes) -> Checklist:
    """The checklist without the conditions that go round in a circle; each is noted."""
    for _ in range(MAX_CIRCLES):
        try:
            Plan.of(checklist)
        except CycleError as error:
            why = msg("These questions wait for one another; they are always asked.")
            notes.add("survey", 0, f"relevant: {' → '.join(error.questions)}", why)
            checklist = _always_asked(checklist, error.questions)
        else:
            return checklist
    raise FormError(
        msg("More than {limit} circles of questions wait for one another.", limit=MAX_CIRCLES), notes
    )


def _always_asked(checklist: Checklist, ids: tuple[str, ...]) -> Checklist:
    questions = (q.model_copy(update={"when": ""}) if q.id in ids else q for q in checklist.questions)
    return checklist.model_copy(update={"questions": tuple(questions)})
