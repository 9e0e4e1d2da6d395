"""What is wrong with a draft, each mistake at its field; and what its next version would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenaudit.domain.checklists import Checklist, Question
from greenaudit.messages import Message, msg, msgs
from greenaudit.packs import PackError, Problem, load_checklist
from greenaudit.packs.yaml_tree import Block, TreeError, read_tree
from greenaudit.services.draft_files import missing_prefix
from greenaudit.services.pack_sheets import AREAS, PACK, TEXT_LANGUAGES, Spot

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
    """The version that a draft would be published as, and why. `kind` is none when nothing changed."""

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


# Versions


def propose(base: Checklist | None, now: Checklist) -> Proposal:
    """The next version: what changes a score or what is asked makes a major one, texts a minor one."""
    major, minor = (int(part) for part in (base or now).version.split("."))
    if base is None:
        reason = msg("The checklist that this draft was made from isn't here to compare with.")
        return Proposal(f"{major + 1}.0", "major", (reason,))
    reasons = [*_asked(base, now), *_counted(base, now)]
    if reasons:
        return Proposal(f"{major + 1}.0", "major", tuple(reasons))
    texts = _texts_changed(base, now)
    if not texts:
        return Proposal(base.version, "none")
    said = msgs("Texts changed in {n} place.", "Texts changed in {n} places.", texts)
    return Proposal(f"{major}.{minor + 1}", "minor", (said,))


def _asked(base: Checklist, now: Checklist) -> Iterator[Message]:
    new, gone = set(now.by_id) - set(base.by_id), set(base.by_id) - set(now.by_id)
    if new:
        yield msgs("{n} question is new.", "{n} questions are new.", len(new))
    if gone:
        yield msgs("{n} question is gone.", "{n} questions are gone.", len(gone))


def _counted(base: Checklist, now: Checklist) -> Iterator[Message]:
    kept = [(base.by_id[question.id], question) for question in now.questions if question.id in base.by_id]
    for says, tells in _MAJOR:
        count = sum(tells(old) != tells(new) for old, new in kept)
        if count:
            yield says(count)


def _counting(question: Question) -> object:
    """The part of an answer that makes its level: everything but the words."""
    return _without_texts(question.answer.model_dump(mode="json"))


def _without_texts(value: object) -> object:
    if isinstance(value, dict):
        if set(value) == set(TEXT_LANGUAGES):
            return None
        return {name: _without_texts(part) for name, part in value.items()}
    return [_without_texts(part) for part in value] if isinstance(value, list) else value


Tells = Callable[[Question], object]
Says = Callable[[int], Message]
_MAJOR: tuple[tuple[Says, Tells], ...] = (
    (
        lambda n: msgs("A weight changed in {n} question.", "A weight changed in {n} questions.", n),
        lambda q: q.weight,
    ),
    (
        lambda n: msgs(
            "{n} question became critical or stopped being so.",
            "{n} questions became critical or stopped being so.",
            n,
        ),
        lambda q: q.critical,
    ),
    (
        lambda n: msgs("A condition changed in {n} question.", "A condition changed in {n} questions.", n),
        lambda q: q.when,
    ),
    (
        lambda n: msgs(
            "What level 3 asks for changed in {n} question.",
            "What level 3 asks for changed in {n} questions.",
            n,
        ),
        lambda q: q.gate,
    ),
    (
        lambda n: msgs(
            "How an answer counts changed in {n} question.",
            "How an answer counts changed in {n} questions.",
            n,
        ),
        _counting,
    ),
)


def _parts(checklist: Checklist) -> dict[tuple[str, str], object]:
    """Questions, areas and sections by kind and id."""
    parts: dict[tuple[str, str], object] = {("question", q.id): q for q in checklist.questions}
    parts |= {("area", area.id): area for area in checklist.areas}
    return parts | {("section", section.id): section for section in checklist.sections}


def _texts_changed(base: Checklist, now: Checklist) -> int:
    """In how many questions, areas, sections and titles anything else differs."""
    old, new = _parts(base), _parts(now)
    titles = (base.id, base.title) != (now.id, now.title)
    return titles + sum(old.get(key) != new.get(key) for key in set(old) | set(new))
