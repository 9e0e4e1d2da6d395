"""The programme, and which plants belong to it through which car maker."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from greenaudit.domain.checklists import Module
from greenaudit.domain.values import Figure, ProgrammeRecord, Title

DEFAULT_WEIGHTS: dict[Module, Decimal] = {
    "CHEM": Decimal("0.30"),
    "WAST": Decimal("0.25"),
    "ENER": Decimal("0.25"),
    "FOUN": Decimal("0.20"),
}


class Programme(ProgrammeRecord):
    """A programme; its own id is its `programme_id`. The module weights make the overall score."""

    record_type: ClassVar[str] = "programme"

    name: Title
    module_weights: dict[Module, Annotated[Figure, Field(ge=0)]] = Field(
        default_factory=lambda: dict(DEFAULT_WEIGHTS)
    )


class Link(ProgrammeRecord):
    """A plant that takes part in a programme, mentored by a car maker."""

    record_type: ClassVar[str] = "link"

    plant_id: UUID
    oem_id: UUID
