"""Document time stamps: what they prove about when the signatures under them existed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_timestamp

from greenaudit.signing.integrity import check_intact
from greenaudit.signing.trust import Roots, chain_of, stamp_fits


@dataclass(frozen=True)
class Proof:
    """A trusted time stamp: everything in earlier revisions existed at this time."""

    revision: int
    at: datetime


async def read_stamps(
    stamps: Sequence[EmbeddedPdfSignature], roots: Roots, moment: datetime
) -> tuple[Proof, ...]:
    """Checks every stamp, the newest first: each newer one proves that the older existed in its certificate's life.

    A broken stamp is an objection; one from an authority that isn't trusted here proves nothing and harms nothing.
    """
    proofs: list[Proof] = []
    reference = moment
    for stamp in reversed(stamps):
        status = await async_validate_pdf_timestamp(stamp, roots.context(reference, stamps=True))
        check_intact(status, status, extended_only=True)
        if status.trusted and stamp_fits(chain_of(status), roots):
            reference = status.timestamp
            proofs.append(Proof(stamp.signed_revision, status.timestamp))
    return tuple(proofs)


def proved_at(embedded: EmbeddedPdfSignature, proofs: Sequence[Proof]) -> datetime | None:
    """The earliest proved time of a signature, or none."""
    return min((proof.at for proof in proofs if proof.revision > embedded.signed_revision), default=None)
