"""`greenaudit score FILE`: the score of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.language import spoken
from greenaudit.cli.output import show, show_json
from greenaudit.messages import msg
from greenaudit.services.scores import score_file


def score(
    file: Annotated[Path, typer.Argument(help="A case as JSON (docs/scoring.md).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole score as JSON.")] = False,
) -> None:
    """Scores a case."""
    result = score_file(file)
    if as_json:
        show_json(result)
        return
    for name, module in result["modules"].items():
        show([f"{name}  {_figures(module)}"])
    show([f"{spoken()(msg('Overall'))}  {_figures(result['overall'])}"])


def _figures(part: dict[str, Any]) -> str:
    score_text = "–" if part["score"] is None else f"{part['score']} / 100"
    rating = part["rating"] or ("–" if part["score"] is None else spoken()(msg("indicative")))
    caps = ", ".join(f"{cap['cause']} ≤ {cap['limit']}" for cap in part["caps"])
    return f"{score_text}  {rating}" + (f"  ({caps})" if caps else "")
