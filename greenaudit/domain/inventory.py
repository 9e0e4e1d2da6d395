"""What is counted and listed in a plant: the rows of registers (chemicals, waste streams, bills, equipment)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from greenaudit.domain.values import Order, ProgrammeRecord


class RegisterRow(ProgrammeRecord):
    """One row of a register. A record of its own (UUIDv7), so that two people who add rows apart never conflict.

    `cells` is one field: the row's values by column, as text. A number is a decimal string with its unit where the
    column has one (`240.5 kg`), a date is ISO, a choice is the option's id; empty cells are left out.
    """

    record_type: ClassVar[str] = "register_row"

    assessment_id: UUID
    question_id: str
    cells: dict[str, str]
    order: Order = 0
