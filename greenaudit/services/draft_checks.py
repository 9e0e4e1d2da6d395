"""What is wrong with a draft, each mistake at its field; and what its next version would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenaudit.domain.checklists import Checklist
from greenaudit.messages import Message, msg
from greenaudit.packs import PackError, Problem, load_checklist
from greenaudit.packs.diff import difference
from greenaudit.packs.yaml_tree import Block, TreeError, read_tree
from greenaudit.services.draft_files import missing_prefix
from greenaudit.services.pack_sheets import AREAS, PACK, Spot

UNWRITTEN = msg("Nobody has written this text yet.")


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """A mistake at a spot; `path` is its field as the sheets name it (a text's language included where known)."""

    spot: Spot
    path: str
    message: Message
    line: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """The version that a draft would be published as, and what changed, what counts most first."""

    version: str
    kind: Literal["none", "minor", "major"]
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found. `checklist` is the pack when nothing is wrong with it."""

    problems: tuple[DraftProblem, ...]
    checklist: Checklist | None = None
    proposal: Proposal | None = None


def examine(folder: Path, base: Checklist | None) -> Checked:
    """Checks a draft as it stands on the disk."""
    try:
        checklist = load_checklist(folder)
    except PackError as error:
        lines = _area_lines(folder)
        found = [problem for problem in error.problems if not _follows(problem, lines)]
        return Checked(tuple(_placed(problem, lines) for problem in found))
    unwritten = tuple(_unwritten(checklist))
    if unwritten:
        return Checked(unwritten)
    return Checked((), checklist, propose(base, checklist))


def _follows(problem: Problem, area_lines: dict[int, str]) -> bool:
    """Whether it only follows from another mistake: an area that is there, but wrong, isn't missing too."""
    return problem.field == "areas" and problem.message.params.get("name") in area_lines.values()


def _placed(problem: Problem, area_lines: dict[int, str]) -> DraftProblem:
    name = problem.question
    if problem.file == AREAS and problem.line in area_lines:
        name = area_lines[problem.line]
    return DraftProblem(Spot(problem.file, name), problem.field, problem.message, problem.line)


def _area_lines(folder: Path) -> dict[int, str]:
    """The lines on which areas begin."""
    try:
        tree = read_tree((folder / AREAS).read_bytes())
    except (OSError, TreeError):  # that is a problem of its own, and named as one
        return {}
    blocks = tree if isinstance(tree, list) else []
    return {block.line: str(block.get("id", "")) for block in blocks if isinstance(block, Block)}


def _unwritten(checklist: Checklist) -> Iterator[DraftProblem]:
    """The texts that an imported pack still lacks."""
    spots = [Spot(PACK), *(Spot(AREAS, area.id) for area in checklist.areas)]
    spots += [Spot(f"{section.id}.yaml") for section in checklist.sections]
    spots += [Spot(f"{question.section}.yaml", question.id) for question in checklist.questions]
    by_prefix = {missing_prefix(spot): spot for spot in spots}
    for entry in checklist.missing:
        parts = entry.split(".")
        prefix = ".".join(parts[:2]) + "." if parts[0] in {"questions", "areas", "sections"} else ""
        spot = by_prefix.get(prefix, Spot(PACK))
        yield DraftProblem(spot, entry.removeprefix(prefix), UNWRITTEN)


def propose(base: Checklist | None, now: Checklist) -> Proposal:
    """The next version: what changes a score makes a major one, anything else a minor one."""
    major, minor = (int(part) for part in (base or now).version.split("."))
    if base is None:
        reason = msg("The checklist that this draft was made from isn't here to compare with.")
        return Proposal(f"{major + 1}.0", "major", (reason,))
    found = difference(base, now)
    if found.needs == "nothing" and base.model_copy(update={"version": now.version}) == now:
        return Proposal(base.version, "none")
    reasons = tuple(
        msg("{where}: {what}", where=change.where, what=change.what) if change.where else change.what
        for change in sorted(found.changes, key=lambda change: not change.major)
    )
    if found.needs == "major":
        return Proposal(f"{major + 1}.0", "major", reasons)
    return Proposal(f"{major}.{minor + 1}", "minor", reasons)
