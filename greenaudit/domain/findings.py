"""Findings: what was seen that must be told, with its class."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from greenaudit.domain.checklists import Module
from greenaudit.domain.text import Note
from greenaudit.domain.values import Moment, ProgrammeRecord, Value

FindingKind = Literal["stop_and_tell", "major", "minor", "opportunity", "good_practice"]


class Told(Value):
    """When somebody of the plant was told of an imminent danger, and who."""

    at: Moment
    to: str


class Resolved(Value):
    """When a danger was seen to be gone, and what was done."""

    at: Moment
    what: str


class Finding(ProgrammeRecord):
    """A finding. A stop-and-tell has `told`, and stays open until `resolved`."""

    record_type: ClassVar[str] = "finding"

    assessment_id: UUID
    question_id: str = ""
    module: Module
    area: str = ""
    kind: FindingKind
    what: Note
    told: Told | None = None
    resolved: Resolved | None = None
