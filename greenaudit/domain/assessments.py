"""The assessment, its answers and its revisions. On the screen an assessment is called a visit."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from greenaudit.domain.checklists import MODULES, Module
from greenaudit.domain.text import Note
from greenaudit.domain.values import Figure, Moment, ProgrammeRecord, Sha256, Value
from greenaudit.ids import natural_id

State = Literal["answered", "not_seen", "not_applicable"]


class PackRef(Value):
    """Which checklist, exactly: its id, its content version and the SHA-256 of its canonical JSON.

    `accepted` says that no programme had signed it, and that the visit's lead took it all the same.
    """

    id: str
    version: str
    sha256: Sha256
    accepted: bool = False


class Assessment(ProgrammeRecord):
    """One visit to one plant with one checklist. It keeps the whole pack it was started with (a blob)."""

    record_type: ClassVar[str] = "assessment"

    plant_id: UUID
    pack: PackRef
    modules: tuple[Module, ...] = MODULES
    kind: Literal["full", "rapid"] = "full"
    lead_id: UUID
    started_at: Moment
    previous_id: UUID | None = None


class Quantity(Value):
    """A number as it was meant and as it was typed; the unit is never split from it.

    `value` is in `unit`; `si` is the same in SI units where the unit has one (decimal string at full precision).
    """

    value: Figure
    unit: str
    entered: str
    si: Figure | None = None


NOTHING_TO_LIST = "none"
"""What a register is answered with when there is nothing to list: `Response(options=(NOTHING_TO_LIST,))`."""


class Response(Value):
    """What was answered. One field of the answer, so that its parts can't be merged apart.

    Which parts are filled follows from the question's kind: `level` (level), `quantity` (cuts, points, number),
    `options` (options; of a register `NOTHING_TO_LIST`), `text`, `day` (date, or the oldest date of an age), `rows`
    (a form, which is a table of one row). A register's rows are records of their own (`RegisterRow`); in what is read,
    `rules/registers` puts their cells here too.
    """

    state: State = "answered"
    reason: str = ""
    level: int | None = Field(default=None, ge=0, le=4)
    quantity: Quantity | None = None
    confirmed: bool = False
    options: tuple[str, ...] = ()
    text: str = ""
    day: date | None = None
    rows: tuple[dict[str, str], ...] = ()
    also: dict[str, str] = Field(default_factory=dict)


class Proof(Value):
    """Why we believe the answer: evidence grade 0 told · 1 document · 2 seen · 3 measured; months of record."""

    grade: int = Field(ge=0, le=3)
    months: int | None = Field(default=None, ge=0)


class Answer(ProgrammeRecord):
    """One answer to one question. Named by its natural key: two people who answer it apart meet in one record."""

    record_type: ClassVar[str] = "answer"

    assessment_id: UUID
    question_id: str
    repeat: int = 0
    response: Response | None = None
    proof: Proof | None = None
    note: Note | None = None
    flagged: bool = False


@lru_cache(maxsize=8192)
def answer_id(assessment_id: UUID, question_id: str, repeat: int = 0) -> UUID:
    """The id of the answer to a question of an assessment."""
    return natural_id("answer", assessment_id, question_id, repeat)


class ChainHead(Value):
    """The last change of one device in one scope: its number and its hash."""

    seq: int = Field(ge=1)
    hash: Sha256


SignerRole = Literal["assessor", "representative", "mentor"]


class ExpectedSigner(Value):
    """A signature that the report declares: who, in what role, and whether it was refused (with the reason)."""

    role: SignerRole
    name: str
    position: str = ""
    refused: bool = False
    reason: str = ""


ReportNumber = Annotated[str, Field(pattern=r"^GA-[A-Z]{2}-[0-9A-Z]{1,8}-[0-9]{4,9}$")]
"""`GA-<country>-<device code>-<counter>`. Files are named by it, so what another device sends is held to its form."""


class ClosingAct(Value):
    """What a closing closes: the head of every chain, the report's number and fingerprint, and the signers.

    The signed revision is exactly the changes up to `heads` ({scope: {device id: head}}).
    """

    heads: dict[str, dict[str, ChainHead]]
    number: ReportNumber
    fingerprint: Sha256
    closed_at: Moment
    closed_by: UUID
    signers: tuple[ExpectedSigner, ...]


class SignedReport(Value):
    """The signed PDF: a blob, known by its SHA-256; `crl` is the device's revocation list of that moment."""

    sha256: Sha256
    size: int
    language: str
    crl: Sha256 | None = None


class Revision(ProgrammeRecord):
    """A revision of an assessment: open until `closing` is set, then fixed for good.

    The first opens with the assessment; a later one gives the reason and names the fingerprint it corrects.
    """

    record_type: ClassVar[str] = "revision"

    assessment_id: UUID
    number: int = Field(ge=1, le=1_000_000)
    opened_at: Moment
    reason: str = ""
    corrects: str = ""
    closing: ClosingAct | None = None
    report: SignedReport | None = None


def revision_id(assessment_id: UUID, number: int) -> UUID:
    """The id of an assessment's n-th revision."""
    return natural_id("revision", assessment_id, number)
