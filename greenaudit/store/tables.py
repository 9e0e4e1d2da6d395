"""The tables: a row class for every record of `domain/records`, with the same columns (a test holds them together).

Values lie in rows as the journal carries them: ids, moments and decimals as text, nested values as JSON. So a row
is what its changes add up to, letter by letter, and the columns are the same on every database.
Nobody outside `store/` sees a row. The journal's own tables are in `journal_tables`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, MetaData, Table
from sqlmodel import Field, SQLModel


class Nested(JSON):
    """A JSON column in which nothing is NULL, not the JSON word null."""

    def __init__(self) -> None:
        super().__init__(none_as_null=True)


class Row(SQLModel):
    """What every record has: its id as text, and when it was deleted."""

    id: str = Field(primary_key=True, max_length=36)
    deleted_at: str | None = None


class ProgrammeRow(Row):
    """What every record of a programme's scope has."""

    programme_id: str = Field(max_length=36)


class OrganisationRow(Row, table=True):
    """Sibling of `Organisation`."""

    __tablename__ = "organisation"

    name: str
    kind: str
    country: str


class PlantRow(Row, table=True):
    """Sibling of `Plant`."""

    __tablename__ = "plant"

    organisation_id: str = Field(max_length=36)
    name: str
    country: str
    region: str
    city: str
    timezone: str
    language: str
    currency: str
    naics: str
    employees: int | None


class PersonRow(Row, table=True):
    """Sibling of `Person`."""

    __tablename__ = "person"

    name: str
    organisation_id: str | None = Field(max_length=36)
    roles: list[str] = Field(sa_type=Nested)
    language: str


class ProgrammeItselfRow(ProgrammeRow, table=True):
    """Sibling of `Programme`."""

    __tablename__ = "programme"

    name: str
    module_weights: dict[str, str] = Field(sa_type=Nested)


class LinkRow(ProgrammeRow, table=True):
    """Sibling of `Link`."""

    __tablename__ = "link"

    plant_id: str = Field(max_length=36)
    oem_id: str = Field(max_length=36)


class AssessmentRow(ProgrammeRow, table=True):
    """Sibling of `Assessment`."""

    __tablename__ = "assessment"

    plant_id: str = Field(max_length=36, index=True)
    pack: dict[str, Any] = Field(sa_type=Nested)
    modules: list[str] = Field(sa_type=Nested)
    kind: str
    lead_id: str = Field(max_length=36)
    started_at: str
    previous_id: str | None = Field(max_length=36)


class RevisionRow(ProgrammeRow, table=True):
    """Sibling of `Revision`."""

    __tablename__ = "revision"

    assessment_id: str = Field(max_length=36, index=True)
    number: int
    opened_at: str
    reason: str
    corrects: str
    closing: dict[str, Any] | None = Field(sa_type=Nested)
    report: dict[str, Any] | None = Field(sa_type=Nested)


class AnswerRow(ProgrammeRow, table=True):
    """Sibling of `Answer`."""

    __tablename__ = "answer"

    assessment_id: str = Field(max_length=36, index=True)
    question_id: str
    repeat: int
    response: dict[str, Any] | None = Field(sa_type=Nested)
    proof: dict[str, Any] | None = Field(sa_type=Nested)
    note: dict[str, Any] | None = Field(sa_type=Nested)
    flagged: bool


class PhotoRow(ProgrammeRow, table=True):
    """Sibling of `Photo`."""

    __tablename__ = "photo"

    assessment_id: str = Field(max_length=36, index=True)
    question_id: str
    sha256: str = Field(max_length=64, index=True)
    media_type: str
    size: int
    taken_at: str
    order: int
    caption: dict[str, Any] | None = Field(sa_type=Nested)
    area: str


class FindingRow(ProgrammeRow, table=True):
    """Sibling of `Finding`."""

    __tablename__ = "finding"

    assessment_id: str = Field(max_length=36, index=True)
    question_id: str
    module: str
    area: str
    kind: str
    what: dict[str, Any] = Field(sa_type=Nested)
    told: dict[str, Any] | None = Field(sa_type=Nested)
    resolved: dict[str, Any] | None = Field(sa_type=Nested)


class RegisterRowRow(ProgrammeRow, table=True):
    """Sibling of `RegisterRow`."""

    __tablename__ = "register_row"

    assessment_id: str = Field(max_length=36, index=True)
    question_id: str
    cells: dict[str, str] = Field(sa_type=Nested)
    order: int


class PackRow(ProgrammeRow, table=True):
    """Sibling of `Pack`."""

    __tablename__ = "pack"

    pack_id: str
    version: str
    title: dict[str, str] = Field(sa_type=Nested)
    questions: int
    sha256: str = Field(max_length=64)
    size: int
    published_at: str
    published_by: str = Field(max_length=36)
    signature: dict[str, str] | None = Field(sa_type=Nested)


METADATA: MetaData = SQLModel.metadata
ROW_CLASSES: tuple[type[Row], ...] = (
    OrganisationRow,
    PlantRow,
    PersonRow,
    ProgrammeItselfRow,
    LinkRow,
    AssessmentRow,
    RevisionRow,
    AnswerRow,
    PhotoRow,
    FindingRow,
    RegisterRowRow,
    PackRow,
)


def record_table(record_type: str) -> Table:
    """The table of a record type; it bears the same name."""
    return METADATA.tables[record_type]
