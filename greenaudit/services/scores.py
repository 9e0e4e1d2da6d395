"""Scores of cases from files, for scripts and for whoever checks the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from greenaudit.rules.score_json import case_from_value, case_wrong, score_to_json, value_from_json
from greenaudit.rules.scoring import score
from greenaudit.services.verification import read_file

MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that isn't what the file expects; both as JSON writes them."""

    path: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with its score as JSON values. `as_expected` is none where the file expects nothing."""

    name: str
    score: dict[str, Any]
    as_expected: bool | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """All cases of a file in order; `bare` when the file is one case and nothing around it."""

    cases: tuple[Scored, ...]
    bare: bool


def score_file(path: Path) -> ScoredFile:
    """The scores of a file's cases (docs/scoring.md); KnownError names what is wrong and where."""
    value = value_from_json(read_file(path, MOST_BYTES))
    if not isinstance(value, dict) or not value.keys() & {"case", "cases"}:
        return ScoredFile((Scored(path.stem, score_to_json(score(case_from_value(value)))),), bare=True)
    if "cases" not in value:
        return ScoredFile((_scored(value, (), path.stem),), bare=False)
    entries = value["cases"]
    if not isinstance(entries, list) or not entries:
        raise case_wrong(("cases",))
    named = (_scored(entry, ("cases", str(at)), f"case {at + 1}") for at, entry in enumerate(entries))
    return ScoredFile(tuple(named), bare=False)


def _scored(entry: Any, place: tuple[str, ...], spare: str) -> Scored:
    if not isinstance(entry, dict):
        raise case_wrong(place)
    found = score_to_json(score(case_from_value(entry.get("case"), (*place, "case"))))
    expected = entry.get("expected")
    name = str(entry.get("name") or spare)[:200]
    if expected is None:
        return Scored(name, found)
    if not isinstance(expected, dict):
        raise case_wrong((*place, "expected"))
    differences = tuple(_differences(expected, found, ()))
    return Scored(name, found, not differences, differences)


def _differences(expected: Any, found: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    """Where a score isn't what is expected of it. What nobody expects is not compared."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key in found:
                yield from _differences(value, found[key], (*path, key))
            else:
                yield Difference(".".join((*path, key)), _written(value), "–")
    elif _plain(expected) != _plain(found):
        yield Difference(".".join(path), _written(expected), _written(found))


def _plain(value: Any) -> Any:
    """A value that compares as JSON means it: 75 is 75.0, and `true` is no number."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value).__name__, value)
    return Decimal(str(value))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=float)[:200]
