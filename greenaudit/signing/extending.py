"""When a network is there: the same file, made to last. Validation data for every signature, then a time stamp over all.

The time stamp authority is passed in: pyHanko's `TimeStamper` is the interface, a real one lives where the network does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import add_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.reading import open_strictly
from greenaudit.signing.trust import Roots


def extend(
    pdf: bytes,
    stamper: TimeStamper,
    roots: Sequence[bytes],
    crls: Iterable[bytes],
    moment: datetime,
    *,
    stamp_roots: Sequence[bytes] = (),
) -> bytes:
    """Adds what a verifier needs years later, then a document time stamp.

    `crls` must cover every certificate: the authority's lists and the device's own. KnownError when one is missing, a
    certificate has run out, or the authority doesn't answer; the file is then as it was.
    """
    lists = list(crls)
    trusted = Roots(tuple(roots), tuple(stamp_roots))
    out = io.BytesIO(pdf)
    try:
        for index in range(len(open_strictly(pdf).embedded_regular_signatures)):
            one = open_strictly(out.getvalue()).embedded_regular_signatures[index]
            out = add_validation_info(one, _context(trusted, lists, moment, "require"))
        return _stamped(out.getvalue(), stamper, trusted, lists, moment)
    except ValidationError as error:
        raise KnownError(
            "extension_refused",
            msg(
                "The report can't be time-stamped: a certificate has run out or was revoked, or a revocation list is "
                "missing. Connect to the endpoint to renew the lists, then try again.",
            ),
        ) from error
    except OSError as error:
        raise KnownError(
            "stamp_unanswered",
            msg("The time stamp authority does not answer. The report is as it was; try again later."),
        ) from error


def _stamped(
    pdf: bytes, stamper: TimeStamper, roots: Roots, lists: Sequence[bytes], moment: datetime
) -> bytes:
    out = io.BytesIO()
    PdfTimeStamper(stamper).timestamp_pdf(
        IncrementalPdfFileWriter.from_reader(open_strictly(pdf)),
        "sha256",
        # Many authorities publish no list at the moment of stamping: their revocation is not required here.
        validation_context=_context(roots, lists, moment, "soft-fail"),
        output=out,
    )
    return out.getvalue()


def _context(roots: Roots, lists: Sequence[bytes], moment: datetime, revocation: str) -> ValidationContext:
    return roots.context(moment, stamps=True, lists=lists, revocation=revocation)
