"""A checklist judged as a value: what a folder's loader checks file by file, for one that came another way."""

from __future__ import annotations

from greenaudit.domain.checklists import Checklist
from greenaudit.messages import msg
from greenaudit.packs.checks import Known, check_all, check_question
from greenaudit.packs.problems import Found, Problem
from greenaudit.packs.yaml_tree import Block


def judged(checklist: Checklist, file: str) -> list[Problem]:
    """What is wrong with a checklist, each with its question and field."""
    known = Known(frozenset(area.id for area in checklist.areas), frozenset(checklist.references))
    found = Found(file)
    modules = {section.id: section.module for section in checklist.sections}
    for question in checklist.questions:
        check_question(question, Block(0), known, found)
        if modules.get(question.section) != question.module:
            problem = msg(
                "There is no section '{name}' in module {module}.",
                name=question.section,
                module=question.module,
            )
            found.add(problem, question=question.id, field="section")
    return [*found, *check_all(checklist.questions, {question.id: file for question in checklist.questions})]
