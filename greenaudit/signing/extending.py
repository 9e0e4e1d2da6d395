"""When a network is there: the same file, made to last. Validation data for every signature, then a time stamp over all.

The time stamp authority is passed in: `stamping.PostedStamper` asks a real one over a link that its caller holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import add_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing.reading import open_strictly
from greenaudit.signing.revocation import read_lists
from greenaudit.signing.trust import Roots


def extend(
    pdf: bytes,
    stamper: TimeStamper | None,
    roots: Sequence[bytes],
    crls: Iterable[bytes],
    moment: datetime,
    *,
    stamp_roots: Sequence[bytes] = (),
) -> bytes:
    """Adds what a verifier needs years later, then a document time stamp; a stamped file gets a further stamp.

    Without an authority only the validation data go in. `crls` must cover every certificate: the authority's lists and the
    device's own. KnownError when one is missing, a certificate has run out, or the authority doesn't answer or isn't
    trusted; the file is then as it was.
    """
    trusted, lists = Roots.read(roots, stamp_roots), [_der(one) for one in read_lists(crls)]
    reader = open_strictly(pdf)
    # What a stamp covers is not written again, or the stamp would seem broken: the chain is only prolonged.
    told = pdf if reader.embedded_timestamp_signatures else _with_lists(reader, trusted, lists, moment)
    if stamper is None:
        return told
    return _stamped(told, stamper, trusted.context(moment, stamps=True, lists=lists))


def _with_lists(reader: PdfFileReader, trusted: Roots, lists: Sequence[bytes], moment: datetime) -> bytes:
    """The file with the certificates and lists of each signature."""
    try:
        for index in range(len(reader.embedded_regular_signatures)):
            strict = trusted.context(moment, lists=lists, revocation="require")
            out = add_validation_info(reader.embedded_regular_signatures[index], strict)
            reader = open_strictly(_bytes(out))
    except (PathBuildingError, ValidationError) as error:
        raise KnownError(
            "extension_refused",
            msg(
                "The report can't be time-stamped: a certificate has run out or was revoked, or a revocation list is "
                "missing. Connect to the endpoint to renew the lists, then try again.",
            ),
        ) from error
    return _bytes(reader.stream)


def _stamped(pdf: bytes, stamper: TimeStamper, lenient: ValidationContext) -> bytes:
    """The file with one more time stamp. Many authorities publish no list at that moment: theirs is not required."""
    reader, act = open_strictly(pdf), PdfTimeStamper(stamper)
    try:
        if reader.embedded_timestamp_signatures:
            return _bytes(act.update_archival_timestamp_chain(reader, lenient, in_place=False))
        writer = IncrementalPdfFileWriter.from_reader(reader)
        return _bytes(act.timestamp_pdf(writer, "sha256", validation_context=lenient))
    except (PathBuildingError, ValidationError) as error:
        raise KnownError(
            "stamp_untrusted",
            msg(
                "The time stamp authority's certificate does not lead to the root that was named for it. The report is as it "
                "was; name the authority's own root."
            ),
        ) from error
    except OSError as error:
        raise KnownError(
            "stamp_unanswered",
            msg("The time stamp authority does not answer. The report is as it was; try again later."),
        ) from error


def _der(one: x509.CertificateRevocationList) -> bytes:
    return one.public_bytes(serialization.Encoding.DER)


def _bytes(stream: Any) -> bytes:
    stream.seek(0)
    return bytes(stream.read())
