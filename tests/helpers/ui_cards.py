"""Visits, plants and checklists as the window's tests show them: invented, but as long as real ones are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from greenaudit.domain.checklists import Module
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.text import Text
from greenaudit.errors import GreenAuditError
from greenaudit.ids import natural_id
from greenaudit.messages import Message, msg
from greenaudit.services.views import (
    ChecklistCard,
    Fact,
    ModuleProgress,
    OnlyHere,
    Outlook,
    PackOffer,
    PlantCard,
    VisitCard,
)
from ui.pages.settings.presenter import Answer
from ui.pages.settings.values import Kind

MODULE_COUNTS: tuple[tuple[Module, int, int], ...] = (
    ("CHEM", 29, 68),
    ("WAST", 22, 61),
    ("ENER", 31, 70),
    ("FOUN", 11, 56),
)


def plant(name: str = "Planta Saltillo Norte", **changed: Any) -> Plant:
    """A plant."""
    values: dict[str, Any] = {
        "id": natural_id("test plant", name),
        "organisation_id": natural_id("test organisation", name),
        "name": name,
        "country": "MX",
        "region": "Coahuila",
        "city": "Ramos Arizpe",
        "timezone": "America/Monterrey",
        "language": "es",
        "currency": "MXN",
    }
    return Plant(**{**values, **changed})


def visit(name: str = "Planta Saltillo Norte", **changed: Any) -> VisitCard:
    """A visit in progress, at question 12 of 20 of the chemical store."""
    values: dict[str, Any] = {
        "assessment_id": natural_id("test assessment", name),
        "plant": plant(name),
        "supplier": "Recubrimientos del Norte",
        "state": "in_progress",
        "started_at": datetime(2026, 11, 23, 15, 5, tzinfo=UTC),
        "closed_at": None,
        "done": 93,
        "total": 255,
        "modules": tuple(ModuleProgress(module=m, done=d, total=t) for m, d, t in MODULE_COUNTS),
        "resume_area": Text(
            en="Chemical store & mixing",
            es="Almacén de químicos y mezcla",
            fr="Entrepôt et mélange de produits",
        ),
        "resume_question": "CHEM-STO-02",
        "resume_place": (12, 20),
        "report_number": "",
        "conflicts": 0,
    }
    return VisitCard(**{**values, **changed})


def signed_visit(name: str = "Oshawa Stamping", **changed: Any) -> VisitCard:
    """A visit that was signed and waits for a network."""
    values: dict[str, Any] = {
        "plant": plant(
            name, country="CA", region="Ontario", city="Oshawa", timezone="America/Toronto", currency="CAD"
        ),
        "supplier": "Lakeshore Pressings",
        "state": "signed",
        "closed_at": datetime(2026, 11, 19, 20, 42, tzinfo=UTC),
        "done": 198,
        "total": 198,
        "resume_area": None,
        "resume_question": None,
        "resume_place": None,
        "report_number": "GA-CA-K7QP-0003",
    }
    return visit(name, **{**values, **changed})


def plant_card(name: str = "Planta Saltillo Norte", **changed: Any) -> PlantCard:
    """A plant that can be visited."""
    values: dict[str, Any] = {
        "plant": plant(name),
        "supplier": "Recubrimientos del Norte, S. A. de C. V.",
        "oem": "Meridian Motors",
        "programme_id": natural_id("test programme"),
        "last_visit": datetime(2026, 1, 14, 16, 0, tzinfo=UTC),
    }
    return PlantCard(**{**values, **changed})


def checklist_card(**changed: Any) -> ChecklistCard:
    """A checklist."""
    values: dict[str, Any] = {
        "id": "greenaudit",
        "version": "1.0",
        "sha256": "a" * 64,
        "title": Text(en="Supplier walk", es="Recorrido de proveedores", fr="Visite de fournisseurs"),
        "questions": 48,
    }
    return ChecklistCard(**{**values, **changed})


ANSWER = Answer(accepted=True, lines=(msg("Signed"),))
ONLY_HERE = OnlyHere(answers=212, photos=31, changes=243)
FACTS = (
    Fact(ok=True, text=msg("Every question has an answer.")),
    Fact(ok=True, text=msg("Settings")),
    Fact(ok=False, text=msg("Write the one-time code that your programme gave you.")),
)


@dataclass
class FakeVisits:
    """Visits from memory; `start` keeps what it was asked for."""

    cards: tuple[VisitCard, ...] = ()
    plant_cards: tuple[PlantCard, ...] = ()
    checklist_cards: tuple[ChecklistCard, ...] = ()
    started: list[dict[str, Any]] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    offered: PackOffer | None = None
    trouble: GreenAuditError | None = None

    def list(self) -> tuple[VisitCard, ...]:
        if self.trouble is not None:
            raise self.trouble
        return self.cards

    def plants(self) -> tuple[PlantCard, ...]:
        return self.plant_cards

    def checklists(self) -> tuple[ChecklistCard, ...]:
        return self.checklist_cards

    def outlook(self, *, kind: str, modules: tuple[str, ...], **_: Any) -> Outlook:
        if kind == "rapid":
            return Outlook(questions=len(modules) * 10, minutes=273)
        return Outlook(questions=len(modules) * 34, minutes=950)

    def offer(self, assessment_id: UUID) -> PackOffer | None:
        return self.offered

    def update_pack(self, *, assessment_id: UUID, checklist_sha: str) -> None:
        self.updated.append(checklist_sha)

    def start(self, **asked: Any) -> UUID:
        if self.trouble is not None:
            raise self.trouble
        self.started.append(asked)
        return natural_id("test assessment", "started")


@dataclass
class FakeStatus:
    """Status from memory."""

    only: OnlyHere = ONLY_HERE
    facts: tuple[Fact, ...] = FACTS
    is_sample: bool = False

    def sample(self) -> bool:
        return self.is_sample

    def only_here(self) -> OnlyHere:
        return self.only

    def readiness(self) -> tuple[Fact, ...]:
        return self.facts

    def protection(self) -> Message:
        return msg("Everything you enter stays on this device, encrypted, until you send it.")


@dataclass(frozen=True)
class FakeSummary:
    """What a synchronisation did."""

    message: Message
    complete: bool = True


@dataclass
class FakeSyncing:
    """Synchronising that only counts."""

    runs: int = 0
    complete: bool = True
    enrolled: list[tuple[str, str]] = field(default_factory=list)
    trouble: GreenAuditError | None = None

    @property
    def endpoint(self) -> str:
        return self.enrolled[-1][0] if self.enrolled else ""

    def run(self, *, stopped: Callable[[], bool]) -> FakeSummary:
        if self.trouble is not None:
            raise self.trouble
        self.runs += 1
        return FakeSummary(msg("Nothing on this device waits to be sent."), self.complete)

    def enrol(self, *, endpoint_url: str, code: str) -> Message:
        if self.trouble is not None:
            raise self.trouble
        self.enrolled.append((endpoint_url, code))
        return msg("Enrol this device")


@dataclass(frozen=True)
class FakeBackup:
    """A backup by its folder."""

    folder: Path = Path("/home/ana/.local/share/greenaudit/backups/backup-2026-11-23-104207-K7QP")
    made_at: datetime = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
    size: int = 48_300_000
    complete: bool = True


@dataclass
class FakeBackups:
    """Backups that name a folder; where they were made is kept."""

    there: tuple[FakeBackup, ...] = (FakeBackup(), FakeBackup(complete=False))
    complete: bool = True
    made: list[Path | None] = field(default_factory=list)

    def make(self, folder: Path | None = None) -> FakeBackup:
        self.made.append(folder)
        return FakeBackup((folder or Path("backups")) / "backup-new", complete=self.complete)

    def recent(self) -> tuple[FakeBackup, ...]:
        return self.there

    def newest(self) -> datetime | None:
        return None


@dataclass(frozen=True)
class FakeProtection:
    """What keeps the key."""

    kind: Kind = "file"
    message: Message = msg("Everything you enter stays on this device, encrypted, until you send it.")  # noqa: RUF009 frozen


@dataclass
class FakeProtecting:
    """A key that is kept as one says; codes that are made and confirmed."""

    keyring: Message | None = None
    refuses: GreenAuditError | None = None
    chosen: list[tuple[str, str]] = field(default_factory=list)
    confirmed: int = 0

    def current(self) -> FakeProtection:
        return FakeProtection()

    def keyring_trouble(self) -> Message | None:
        return self.keyring

    def choose(self, kind: Kind, passphrase: str = "") -> FakeProtection:
        if self.refuses is not None:
            raise self.refuses
        self.chosen.append((kind, passphrase))
        return FakeProtection(kind)

    def new_code(self) -> str:
        if self.refuses is not None:
            raise self.refuses
        return "7QK2-M9XD-4RTA-W8HB-2CJP-6VNE-K3SF-9LYG"

    def confirm_code(self) -> None:
        self.confirmed += 1


@dataclass
class FakeVerification:
    """A verification with a fixed answer."""

    answer: Answer = ANSWER

    def verify(self, path: Path) -> Answer:
        return self.answer
