"""When a network is there: the same file, made to last. Validation data for every signature, then a time stamp over all.

The time stamp authority is passed in: `stamping.PostedStamper` asks a real one over a link that its caller holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import add_validation_info
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
    """Adds what a verifier needs years later, then a document time stamp; a stamped file gets a further stamp.

    `crls` must cover every certificate: the authority's lists and the device's own. KnownError when one is missing, a
    certificate has run out, or the authority doesn't answer; the file is then as it was.
    """
    trusted, lists = Roots.read(roots, stamp_roots), list(crls)
    # Many time stamp authorities publish no list at the moment of stamping: theirs is not required.
    lenient = trusted.context(moment, stamps=True, lists=lists)
    try:
        reader = open_strictly(pdf)
        if reader.embedded_timestamp_signatures:
            # What a stamp covers is not written again, or the stamp would seem broken: the chain is only prolonged.
            return _bytes(
                PdfTimeStamper(stamper).update_archival_timestamp_chain(reader, lenient, in_place=False)
            )
        for index in range(len(reader.embedded_regular_signatures)):
            strict = trusted.context(moment, lists=lists, revocation="require")
            out = add_validation_info(reader.embedded_regular_signatures[index], strict)
            reader = open_strictly(_bytes(out))
        writer = IncrementalPdfFileWriter.from_reader(reader)
        return _bytes(PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", validation_context=lenient))
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


def _bytes(stream: Any) -> bytes:
    stream.seek(0)
    return bytes(stream.read())
