"""What a report is made of: frozen values, complete, with nothing live behind them.

`services` fills this from the store and from `rules`; photos come apart, as a callable that gives the bytes of
a photo already scaled for print.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pydantic import Field

from greenaudit.domain.assessments import Answer, Assessment, ChainHead, ExpectedSigner, SignerRole
from greenaudit.domain.checklists import Checklist, Module, Question
from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.domain.scores import Score
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.values import Moment, Value
from greenaudit.i18n import Language
from greenaudit.messages import Message
from greenaudit.rules.asking import NotAsked

PhotoSource = Callable[[str], bytes | None]
"""Gives a photo's JPEG, scaled for print, by the SHA-256 of its original; None when it isn't on this device."""

Shares = tuple[Decimal, Decimal, Decimal, Decimal]
"""Share of the assessed weight that stands on steps 1 to 4."""


class Item(Value):
    """A question with its answer as it stands.

    `level` is what the answer gives, `effective` what the evidence lets stand, `needs` what is missing for more.
    `rows` are a register's; the answer's response has their cells too. `not_asked` says why this visit leaves it out.
    """

    question: Question
    answer: Answer
    applies: bool = True
    not_asked: NotAsked | None = None
    level: Decimal | None = None
    effective: Decimal | None = None
    needs: Message | None = None
    photos: tuple[Photo, ...] = ()
    rows: tuple[RegisterRow, ...] = ()


class ReportContent(Value):
    """Everything that one revision of an assessment's report says.

    `stairs` and `last_scores` (the visit before, by module) are left out of the charts when they are empty;
    `strengths` and `private` are ids of questions. `corrects` is the fingerprint of the revision before. `consents`
    is the language in which a signer, by role, reads what they agree to, where it isn't the report's. `sample`: all is invented, and every page
    says so.
    """

    number: str
    revision: int = Field(ge=1)
    corrects: str = ""
    revision_reason: str = ""
    language: Language
    locale: str
    prepared_at: Moment
    plant: Plant
    supplier: str
    oem: str = ""
    programme: str = ""
    lead: str
    lead_organisation: str = ""
    assessment: Assessment
    checklist: Checklist
    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = ()
    score: Score
    stairs: dict[Module, Shares] = Field(default_factory=dict)
    last_scores: dict[Module, Decimal] = Field(default_factory=dict)
    strengths: tuple[str, ...] = ()
    private: frozenset[str] = frozenset()
    signers: tuple[ExpectedSigner, ...]
    consents: dict[SignerRole, Language] = Field(default_factory=dict)
    heads: dict[str, dict[str, ChainHead]] = Field(default_factory=dict)
    verify_url: str = ""
    sample: bool = False

    @property
    def asked(self) -> int:
        """How many questions of the checklist this visit asks."""
        return len({item.question.id for item in self.items if item.applies})

    @property
    def rapid(self) -> bool:
        """Whether only the rapid set was asked."""
        return self.assessment.kind == "rapid"
