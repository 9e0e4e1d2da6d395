"""Is this report genuine? Stricter than any PDF reader, offline, and with an answer for hostile files too.

Order: the bytes (`structure`), each signature's content and what came after it (`integrity`), descriptions (`metadata`),
time (`stamps`), then the people (`signers`, `trust`, `revocation`). The declared signers are read from the bytes that the
last signature covers, never from the file's end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from greenaudit.errors import BugError
from greenaudit.log import logger
from greenaudit.messages import Message, msg, msgs
from greenaudit.signing.attachments import AttachmentError, read_attachment
from greenaudit.signing.declaration import Declaration, DeclarationError, read_declaration
from greenaudit.signing.integrity import check_intact
from greenaudit.signing.metadata import check_metadata
from greenaudit.signing.reading import entry, items, open_strictly
from greenaudit.signing.revocation import least, read_lists
from greenaudit.signing.signers import Evidence, found_only, judge_signers, time_text
from greenaudit.signing.stamps import proved_at, read_stamps
from greenaudit.signing.structure import check_bounds, check_container, check_end, check_listed
from greenaudit.signing.trust import Roots, Way, find_way
from greenaudit.signing.verdict import (
    NO_ROOT,
    SUMMARIES,
    ObjectionError,
    SignerFact,
    Standing,
    Status,
    Verdict,
    objection_verdict,
)

_WORST: tuple[tuple[Standing, Status], ...] = (
    ("unknown", "unknown_signer"),
    ("foreign", "unknown_signer"),
    ("missing", "incomplete"),
    ("revoked", "revoked"),
    ("expired", "expired"),
)


def verify(
    pdf: bytes,
    roots: Sequence[bytes],
    moment: datetime,
    crls: Iterable[bytes] = (),
    *,
    stamp_roots: Sequence[bytes] = (),
) -> Verdict:
    """Judges a signed report against the programme's roots (PEM), at a moment, with the revocation lists at hand.

    `stamp_roots` are the roots of time stamp authorities; the programme's own may stamp too. KnownError only for
    unreadable roots and lists: whatever the PDF is, the answer is a verdict. Not to be called on an event loop.
    """
    if moment.tzinfo is None:
        raise BugError("a moment without its time zone")
    trusted = Roots.read(roots, stamp_roots)
    verdict = asyncio.run(_verdict(pdf, trusted, moment, read_lists(crls)))
    if verdict.status == "not_this_programme" and not trusted.programme:
        return replace(verdict, summary=NO_ROOT)
    return verdict


async def _verdict(
    pdf: bytes, roots: Roots, moment: datetime, lists: Sequence[x509.CertificateRevocationList]
) -> Verdict:
    try:
        return await _judge(pdf, roots, moment, lists)
    except ObjectionError as objection:
        return objection_verdict(objection)
    except Exception as error:
        # A hostile file can make a parser raise anything. Whatever it is, such a file isn't genuine.
        logger("signing").info("a file could not be verified: %s", type(error).__name__)
        return objection_verdict(
            ObjectionError(
                "altered", "damaged", msg("The file's structure is damaged, or someone tampered with it.")
            )
        )


async def _judge(
    pdf: bytes, roots: Roots, moment: datetime, lists: Sequence[x509.CertificateRevocationList]
) -> Verdict:
    check_bounds(pdf)
    if b"/ByteRange" not in pdf:
        check_listed(pdf, 0)
    check_end(pdf)
    reader = open_strictly(pdf)
    found = reader.embedded_signatures
    check_listed(pdf, len(found))
    ends = _covered(pdf, found)
    stamps = [one for one in found if one.sig_object_type == "/DocTimeStamp"]
    regular = [one for one in found if one.sig_object_type != "/DocTimeStamp"]
    if not regular:
        raise ObjectionError("not_signed", "not_signed", msg("The file holds no signature."))
    proofs = await read_stamps(stamps, roots, moment)
    ways = []
    for one in regular:
        way = await find_way(one, roots, proved_at(one, proofs) or moment)
        check_intact(way.status, way.status, extended_only=one is regular[-1])
        ways.append(way)
    check_metadata(open_strictly(pdf[: ends[found.index(regular[0])]]), reader)
    evidence = Evidence((*lists, *_own_lists(reader)), moment, proofs)
    covered = pdf[: ends[found.index(regular[-1])]]
    return _people(covered, ways, evidence, extended=found[-1] is not regular[-1] or ends[-1] != len(pdf))


def _covered(pdf: bytes, found: Sequence[EmbeddedPdfSignature]) -> list[int]:
    """Where the bytes that each signature covers end: each later one covers more."""
    ends = [check_container(pdf, one.byte_range, one.pkcs7_content) for one in found]
    if sorted(set(ends)) != ends:
        raise ObjectionError(
            "altered", "coverage", msg("A signature does not cover its revision to the end.")
        )
    return ends


def _own_lists(reader: PdfFileReader) -> tuple[x509.CertificateRevocationList, ...]:
    """The revocation lists that the file brings with it; their issuers signed them, so they may come from anywhere."""
    store = entry(reader.root, "/DSS", {})
    return tuple(x509.load_der_x509_crl(one.data) for one in items(entry(store, "/CRLs", ())))


def _people(covered: bytes, ways: Sequence[Way], evidence: Evidence, *, extended: bool) -> Verdict:
    if all(way.kind == "foreign" for way in ways):
        facts = tuple(found_only(way, evidence) for way in ways)
        return _compose("not_this_programme", facts, None, extended=extended)
    declared = _declaration(covered)
    levels = [way.embedded.docmdp_level for way in ways]
    if ways[0].role != "assessor" or levels != [MDPPerm.FILL_FORMS] + [None] * (len(levels) - 1):
        raise ObjectionError(
            "not_a_report", "not_certified", msg("The file is not signed in the way that reports are.")
        )
    facts = judge_signers(declared, ways, evidence)
    standings = {fact.standing for fact in facts}
    status: Status = next((status for standing, status in _WORST if standing in standings), "genuine")
    return _compose(status, facts, declared, extended=extended)


def _declaration(covered: bytes) -> Declaration:
    try:
        return read_declaration(read_attachment(covered))
    except (AttachmentError, DeclarationError) as error:
        raise ObjectionError(
            "not_a_report",
            "no_data",
            msg(
                "The file carries no report data, or data of a newer version. Update GreenAudit and try again."
            ),
        ) from error


def _compose(
    status: Status, facts: tuple[SignerFact, ...], declared: Declaration | None, *, extended: bool
) -> Verdict:
    signed = [fact for fact in facts if fact.standing not in ("declined", "missing")]
    claimed = max((fact.claimed_at for fact in signed if fact.claimed_at is not None), default=None)
    proved = [fact.proved_at for fact in signed if fact.proved_at is not None]
    return Verdict(
        status=status,
        code=status,
        summary=SUMMARIES[status],
        unchanged=_unchanged(extended),
        signed=_signed(status, facts, signed),
        when=time_text(claimed, max(proved) if len(proved) == len(signed) else None),
        revocation=least([fact.revocation for fact in signed]).text,
        signers=facts,
        number=declared.number if declared else "",
        fingerprint=declared.fingerprint if declared else "",
    )


def _unchanged(extended: bool) -> Message:
    if extended:
        return msg("Unchanged since the last signature; only time stamps and validation data were added.")
    return msg("Unchanged since the last signature.")


def _signed(status: Status, facts: Sequence[SignerFact], signed: Sequence[SignerFact]) -> Message:
    standings = [standing for standing, worst in _WORST if worst == status] or ["foreign"]
    if status != "genuine":
        return next(fact.text for fact in facts if fact.standing in standings)
    return msgs(
        "Signed by {names}, under {root}.",
        "Signed by {n} people under {root}: {names}.",
        len(signed),
        names=", ".join(fact.name for fact in signed),
        root=signed[0].root,
    )
