"""Evidence: content-addressed files, and their links to answers."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from greenaudit.domain.text import Note
from greenaudit.domain.values import Moment, Order, ProgrammeRecord, Sha256


class Photo(ProgrammeRecord):
    """A photo's link to an answer. The original's bytes are a blob named by `sha256`, kept untouched."""

    record_type: ClassVar[str] = "photo"

    assessment_id: UUID
    question_id: str
    sha256: Sha256
    media_type: str
    size: int
    taken_at: Moment
    order: Order = 0
    caption: Note | None = None
    area: str = ""
