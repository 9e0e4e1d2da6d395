"""What the walk asks of the services."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from uuid import UUID

from greenaudit.domain.assessments import Proof, Response
from greenaudit.domain.findings import FindingKind
from greenaudit.i18n import Language
from greenaudit.services.views import OnlyHere, Saved, Undone, Visit
from ui.pages.walk.values import Effect


class Visits(Protocol):
    """Reading a whole visit."""

    def open(self, assessment_id: UUID) -> Visit: ...


class Status(Protocol):
    """What exists on this device alone."""

    def only_here(self) -> OnlyHere: ...


class Closing(Protocol):
    """Going on after the signatures."""

    def start_revision(self, *, assessment_id: UUID, reason: str) -> None: ...


class WalkService(Protocol):
    """The edits of a visit; when a call returns, its edit is on the disk."""

    def answer(self, *, assessment_id: UUID, question_id: str, response: Response) -> Saved: ...

    def effect_of(self, *, assessment_id: UUID, question_id: str, response: Response) -> Effect: ...

    def clear(self, *, assessment_id: UUID, question_id: str) -> Saved: ...

    def add_row(
        self,
        *,
        assessment_id: UUID,
        question_id: str,
        cells: Mapping[str, str],
        locale: str,
        unfinished: bool = False,
    ) -> Saved: ...

    def change_row(
        self,
        *,
        assessment_id: UUID,
        row_id: UUID,
        cells: Mapping[str, str],
        locale: str,
        unfinished: bool = False,
    ) -> Saved: ...

    def remove_row(self, *, assessment_id: UUID, row_id: UUID) -> Saved: ...

    def prove(self, *, assessment_id: UUID, question_id: str, proof: Proof | None) -> Saved: ...

    def note(self, *, assessment_id: UUID, question_id: str, text: str, language: Language) -> Saved: ...

    def flag(self, *, assessment_id: UUID, question_id: str, flagged: bool) -> Saved: ...

    def resolve(self, *, assessment_id: UUID, question_id: str, field: str, change_id: UUID) -> Saved: ...

    def tell(
        self, *, assessment_id: UUID, question_id: str, what: str, told_to: str, language: Language
    ) -> Saved: ...

    def find(
        self, *, assessment_id: UUID, question_id: str, kind: FindingKind, what: str, language: Language
    ) -> Saved: ...

    def correct_finding(
        self,
        *,
        assessment_id: UUID,
        finding_id: UUID,
        kind: FindingKind,
        what: str,
        told_to: str,
        language: Language,
    ) -> Saved: ...

    def withdraw_finding(self, *, assessment_id: UUID, finding_id: UUID) -> Saved: ...

    def resolve_danger(self, *, assessment_id: UUID, finding_id: UUID, what: str) -> Saved: ...

    def undo(self, *, assessment_id: UUID) -> Undone | None: ...

    def redo(self, *, assessment_id: UUID) -> Undone | None: ...


class EvidenceService(Protocol):
    """Photos of answers."""

    def add_file(self, *, assessment_id: UUID, question_id: str, path: Path, area: str = "") -> Saved: ...

    def add(self, *, assessment_id: UUID, question_id: str, data: bytes, area: str = "") -> Saved: ...

    def caption(self, *, assessment_id: UUID, photo_id: UUID, text: str, language: Language) -> Saved: ...

    def remove(self, *, assessment_id: UUID, photo_id: UUID) -> Saved: ...

    def scaled(self, sha256: str, longest: int) -> bytes | None: ...
