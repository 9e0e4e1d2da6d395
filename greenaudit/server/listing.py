"""The list of assessments as an account may see it: values, no figures of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from greenaudit.domain.assessments import Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.programmes import Link
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.rules.lifecycle import current_revision
from greenaudit.server.numbers import given_twice
from greenaudit.server.rights import Account, sees_names, visible
from greenaudit.store.blobs import BlobStore
from greenaudit.store.reader import Reader
from greenaudit.store.store import Store

PAGE = 100
"""How many assessments a page of the list shows."""


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


@dataclass(frozen=True)
class Listing:
    """A page of the list, the newest first; `older` says that there is another after it."""

    lines: tuple[Line, ...]
    older: bool


def listing(
    store: Store, blobs: BlobStore, account: Account, linking: Iterable[UUID], page: int = 0
) -> Listing:
    """The assessments of the account's programmes that it may see, a hundred at a time.

    `linking` are the devices whose word counts for which car maker a plant is linked to.
    """
    mine = sorted(account.programmes)
    with store.read() as reader:
        links = reader.said_by(Link, linking)
        seen = visible(account, reader.where(Assessment, programme_id=mine), links)
        newest = sorted(seen, key=lambda assessment: assessment.started_at, reverse=True)
        shown = newest[page * PAGE : (page + 1) * PAGE]
        around = _Around.of(reader, shown)
    names = sees_names(account)
    made = tuple(_line(around, blobs, assessment, names=names) for assessment in shown)
    return Listing(made, older=len(newest) > (page + 1) * PAGE)


@dataclass(frozen=True)
class _Around:
    """What belongs to some assessments, read at once."""

    plants: dict[UUID, Plant]
    suppliers: dict[UUID, Organisation]
    revisions: dict[UUID, list[Revision]]
    photos: dict[UUID, list[Photo]]

    @classmethod
    def of(cls, reader: Reader, assessments: Sequence[Assessment]) -> _Around:
        ids = [assessment.id for assessment in assessments]
        plants = reader.where(Plant, deleted=True, id=[a.plant_id for a in assessments])
        suppliers = reader.where(Organisation, deleted=True, id=[plant.organisation_id for plant in plants])
        around = cls(
            {p.id: p for p in plants}, {s.id: s for s in suppliers}, defaultdict(list), defaultdict(list)
        )
        for revision in reader.where(Revision, assessment_id=ids):
            around.revisions[revision.assessment_id].append(revision)
        for photo in reader.where(Photo, assessment_id=ids):
            around.photos[photo.assessment_id].append(photo)
        return around


@dataclass(frozen=True)
class Known:
    """What is told of a report's number: that it is known, whether two reports bear it, and to who may see the assessment
    its fingerprint.
    """

    fingerprint: str
    twice: bool = False


def report_with(store: Store, number: str, account: Account | None, linking: Iterable[UUID]) -> Known | None:
    """The signed report with this number; None when there is none."""
    with store.read() as reader:
        for revision in reader.where(Revision):
            if revision.closing and revision.closing.number == number:
                seen = account is not None and _may_see(reader, account, revision, linking)
                return Known(revision.closing.fingerprint if seen else "", number in given_twice(reader))
    return None


def _may_see(reader: Reader, account: Account, revision: Revision, linking: Iterable[UUID]) -> bool:
    assessment = reader.get(Assessment, revision.assessment_id)
    links = reader.said_by(Link, linking)
    return assessment is not None and sees_names(account) and bool(visible(account, [assessment], links))


def _line(around: _Around, blobs: BlobStore, assessment: Assessment, *, names: bool) -> Line:
    plant = around.plants.get(assessment.plant_id)
    supplier = around.suppliers.get(plant.organisation_id) if plant else None
    current = current_revision(around.revisions[assessment.id])
    closing = current.closing if current else None
    photos = around.photos[assessment.id]
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
