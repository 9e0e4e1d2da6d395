"""Scores of cases from files, for scripts and for whoever checks the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from greenaudit.rules.score_json import case_from_json, score_to_json
from greenaudit.rules.scoring import score
from greenaudit.services.verification import read_file

MOST_BYTES = 20_000_000


def score_file(path: Path) -> dict[str, Any]:
    """The score of a case (docs/scoring.md) as JSON values; KnownError names what is wrong and where."""
    return score_to_json(score(case_from_json(read_file(path, MOST_BYTES))))
