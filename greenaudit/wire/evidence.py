"""Questions and answers about blobs, which are named by the SHA-256 of their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from greenaudit.domain.assessments import Assessment, Revision
from greenaudit.domain.evidence import Photo
from greenaudit.domain.packs import Pack
from greenaudit.domain.values import Sha256
from greenaudit.wire.packing import Packed

TUS_VERSION = "1.0.0"
"""The version of the tus protocol for resumable uploads."""

ASKED = 1_000
"""How many blobs one question may name."""

BLOB_LIMIT = 512 * 1024 * 1024
"""How big one blob may be."""


class PresenceQuestion(Packed):
    """Which of these blobs does the endpoint lack?"""

    asked: tuple[Sha256, ...] = Field(max_length=ASKED)


class PresenceAnswer(Packed):
    """Of what was asked: what the endpoint holds whole, checked and durable, and what it lacks."""

    held: tuple[Sha256, ...]
    missing: tuple[Sha256, ...]


def named_blobs(
    photos: Iterable[Photo],
    assessments: Iterable[Assessment],
    revisions: Iterable[Revision],
    packs: Iterable[Pack] = (),
) -> set[Sha256]:
    """Every blob that records name: photos, checklists of visits and those handed out, signed reports and their lists."""
    reports = [revision.report for revision in revisions if revision.report]
    return (
        {photo.sha256 for photo in photos}
        | {assessment.pack.sha256 for assessment in assessments}
        | {pack.sha256 for pack in packs}
        | {report.sha256 for report in reports}
        | {report.crl for report in reports if report.crl}
    )


def bytes_after(pieces: Iterable[bytes], start: int) -> Iterator[bytes]:
    """The bytes of a blob after an offset. What lies before is still read: so the whole is known to be sound."""
    for piece in pieces:
        if start < len(piece):
            yield piece[start:] if start else piece
        start = max(0, start - len(piece))
