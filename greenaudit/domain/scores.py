"""Scores as results: what `rules/scoring` gives and everybody shows. Boundaries are fixed in docs/scoring.md."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from greenaudit.domain.checklists import Gate
from greenaudit.domain.values import Value

Rating = Literal["A", "B", "C", "D"]
CapCause = Literal["critical_at_1", "critical_at_0", "three_critical_at_0", "stop_and_tell"]
ItemState = Literal["answered", "unanswered", "not_seen", "not_applicable"]


class ScoreItem(Value):
    """A question reduced to what scoring needs. `level` may lie between whole levels (points)."""

    id: str
    module: str
    section: str
    weight: int = Field(ge=0, le=3)
    critical: bool = False
    condition: bool = True
    state: ItemState = "unanswered"
    level: Decimal | Fraction | None = Field(default=None, ge=0, le=4)
    grade: int | None = Field(default=None, ge=0, le=3)
    gate: Gate = "record"
    months: int | None = Field(default=None, ge=0)


class ScoreCase(Value):
    """One assessment, reduced to what scoring needs."""

    modules_in_scope: tuple[str, ...]
    module_weights: dict[str, Annotated[Decimal, Field(ge=0)]]
    open_stop_and_tell: tuple[str, ...] = ()
    items: tuple[ScoreItem, ...]


class Cap(Value):
    """A limit on the rating, with the ids that cause it."""

    cause: CapCause
    limit: Rating
    ids: tuple[str, ...]


class SectionScore(Value):
    """Score of a section (0–100, one decimal; none when nothing is assessed); coverage is (assessed, applicable)."""

    score: Decimal | None
    coverage: tuple[int, int]


class ModuleScore(Value):
    """Score of a module. `rating` is none when indicative; `coverage` and `confidence` are shares of one."""

    score: Decimal | None
    raw_rating: Rating | None
    rating: Rating | None
    caps: tuple[Cap, ...]
    coverage: Decimal | None
    rated: bool
    limited_scope: bool
    confidence: Decimal | None
    low_confidence: bool
    step: int
    blockers: tuple[str, ...]
    sections: dict[str, SectionScore]


class OverallScore(Value):
    """The whole assessment's score; none unless all four modules are in scope and have one."""

    score: Decimal | None
    raw_rating: Rating | None
    rating: Rating | None
    caps: tuple[Cap, ...]
    rated: bool
    limited_scope: bool
    confidence: Decimal | None
    low_confidence: bool


class Score(Value):
    """All figures of one assessment."""

    modules: dict[str, ModuleScore]
    overall: OverallScore
