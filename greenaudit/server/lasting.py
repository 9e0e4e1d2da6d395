"""Copies of signed reports that last, made at the endpoint: a stamp here outlives the laptop that signed.

Nothing at the endpoint changes: what is signed stays as it came, and the copies go where whoever runs the programme says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenaudit.domain.assessments import Revision, SignedReport
from greenaudit.errors import KnownError
from greenaudit.server.endpoint import Endpoint
from greenaudit.signing.extending import extend
from greenaudit.signing.stamping import PostedStamper


@dataclass(frozen=True)
class Report:
    """A signed report that is here whole. `name` tells it from all others: its number, which revision it is, and how its
    hash begins, since two copies of one home may have given one number.
    """

    name: str
    signed: SignedReport


def reports(endpoint: Endpoint) -> Iterator[Report]:
    """The signed reports that have arrived."""
    with endpoint.store.read() as reader:
        revisions = reader.where(Revision)
    for revision in revisions:
        if revision.closing and revision.report and endpoint.evidence.blobs.has(revision.report.sha256):
            name = f"{revision.closing.number}-{revision.number}-{revision.report.sha256[:8]}"
            yield Report(name, revision.report)


def lasting_copy(
    endpoint: Endpoint, report: Report, stamper: PostedStamper, root: bytes
) -> bytes | KnownError:
    """The copy with lists and time stamp, or why there can be none."""
    blobs, crl = endpoint.evidence.blobs, report.signed.crl
    own = (blobs.read(crl),) if crl and blobs.has(crl) else ()
    lists = endpoint.revocations.lists()
    try:
        return extend(
            blobs.read(report.signed.sha256),
            stamper,
            (endpoint.authority.root_pem,),
            (lists.root.encode("ascii"), lists.issuing.encode("ascii"), *own),
            endpoint.clock.now(),
            stamp_roots=(root,),
        )
    except KnownError as error:
        return error
