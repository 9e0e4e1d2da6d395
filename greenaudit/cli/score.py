"""`greenaudit score FILE`: the scores of one case or many, and whether they are what the file expects."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.language import spoken
from greenaudit.cli.output import show, show_json
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.scores import Scored, ScoredFile, score_file


def score(
    file: Annotated[Path, typer.Argument(help="A case or several as JSON (docs/scoring.md).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole score as JSON.")] = False,
) -> None:
    """Scores a case, or each of several. Exit code 0: each is as the file expects."""
    found = score_file(file)
    if as_json:
        show_json(scored_to_json(found))
    else:
        for case in found.cases:
            show(_lines(case, named=not found.bare))
    wrong = [case for case in found.cases if case.differences]
    if wrong:
        raise KnownError("score_unexpected", _unexpected(wrong))


def scored_to_json(found: ScoredFile) -> dict[str, Any]:
    """The scores, for scripts: of a bare case its score alone, else all cases by name."""
    if found.bare:
        return found.cases[0].score
    return {"cases": [_case_to_json(case) for case in found.cases]}


def _case_to_json(case: Scored) -> dict[str, Any]:
    differences = [
        {"path": part.path, "expected": part.expected, "found": part.found} for part in case.differences
    ]
    return {
        "name": case.name,
        **case.score,
        "as_expected": case.as_expected,
        "differences": differences,
    }


def _unexpected(wrong: list[Scored]) -> Message:
    first = wrong[0].differences[0]
    facts = {"name": wrong[0].name, "place": first.path, "found": first.found, "expected": first.expected}
    more = sum(len(case.differences) for case in wrong) - 1
    if not more:
        return msg("The case '{name}': {place} is {found}, expected was {expected}.", **facts)
    return msgs(
        "The case '{name}': {place} is {found}, expected was {expected}. One more figure differs; --json lists it.",
        "The case '{name}': {place} is {found}, expected was {expected}. {n} more figures differ; --json lists them.",
        more,
        **facts,
    )


def _lines(case: Scored, *, named: bool) -> Iterable[str]:
    if named:
        yield case.name
    for name, module in case.score["modules"].items():
        yield f"{name}  {_figures(module)}"
    yield f"{spoken()(msg('Overall'))}  {_figures(case.score['overall'])}"


def _figures(part: dict[str, Any]) -> str:
    score_text = "–" if part["score"] is None else f"{part['score']} / 100"
    rating = part["rating"] or ("–" if part["score"] is None else spoken()(msg("indicative")))
    caps = ", ".join(f"{cap['cause']} ≤ {cap['limit']}" for cap in part["caps"])
    return f"{score_text}  {rating}" + (f"  ({caps})" if caps else "")
