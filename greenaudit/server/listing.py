"""The list of assessments as an account may see it: values, no figures of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from greenaudit.domain.assessments import Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.programmes import Link
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.rules.lifecycle import current_revision
from greenaudit.server.rights import Account, sees_names, visible
from greenaudit.store.blobs import BlobStore
from greenaudit.store.reader import Reader
from greenaudit.store.store import Store


@dataclass(frozen=True)
class Line:
    """One assessment. `evidence_missing` counts photos that its device still has to send: until none, it is not whole."""

    assessment_id: UUID
    plant: str
    supplier: str
    place: str
    started_at: datetime
    signed_at: datetime | None
    number: str
    photos: int
    evidence_missing: int


def lines(store: Store, blobs: BlobStore, account: Account) -> tuple[Line, ...]:
    """The assessments of the account's programmes that it may see, the newest first."""
    if not account.programmes:
        return ()
    mine = sorted(account.programmes)
    with store.read() as reader:
        found = visible(
            account, reader.where(Assessment, programme_id=mine), reader.where(Link, programme_id=mine)
        )
        made = [_line(reader, blobs, assessment, names=sees_names(account)) for assessment in found]
    return tuple(sorted(made, key=lambda line: line.started_at, reverse=True))


@dataclass(frozen=True)
class Known:
    """What is told of a report's number: that it is known, and to who may see the assessment its fingerprint."""

    fingerprint: str


def report_with(store: Store, number: str, account: Account | None) -> Known | None:
    """The signed report with this number; None when there is none."""
    with store.read() as reader:
        for revision in reader.where(Revision):
            if revision.closing and revision.closing.number == number:
                seen = account is not None and _may_see(reader, account, revision)
                return Known(revision.closing.fingerprint if seen else "")
    return None


def _may_see(reader: Reader, account: Account, revision: Revision) -> bool:
    assessment = reader.get(Assessment, revision.assessment_id)
    links = reader.where(Link, programme_id=revision.programme_id)
    return assessment is not None and sees_names(account) and bool(visible(account, [assessment], links))


def _line(reader: Reader, blobs: BlobStore, assessment: Assessment, *, names: bool) -> Line:
    plant = reader.get(Plant, assessment.plant_id)
    supplier = reader.get(Organisation, plant.organisation_id) if plant else None
    revisions = reader.where(Revision, assessment_id=assessment.id)
    current = current_revision(revisions)
    closing = current.closing if current else None
    photos = reader.where(Photo, assessment_id=assessment.id)
    zone = ZoneInfo(plant.timezone) if plant else None
    return Line(
        assessment_id=assessment.id,
        plant=plant.name if plant and names else "",
        supplier=supplier.name if supplier and names else "",
        place=(f"{plant.region}, {plant.country}" if names else plant.country) if plant else "",
        started_at=assessment.started_at.astimezone(zone),
        signed_at=closing.closed_at.astimezone(zone) if closing else None,
        number=closing.number if closing and names else "",
        photos=len(photos),
        evidence_missing=sum(not blobs.has(photo.sha256) for photo in photos),
    )
