"""Two acts of signing, both offline: the assessor starts, whoever is on site countersigns.

All signature fields are made in the first act; a visible field made later would break the first signature.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cryptography import x509
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from greenaudit.domain.signatures import Drawn, FieldBox
from greenaudit.errors import BugError, KnownError
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.appearance import appearance
from greenaudit.signing.attachments import attachment_of
from greenaudit.signing.certificates import Issuer
from greenaudit.signing.declaration import Declaration, read_declaration
from greenaudit.signing.identities import Certified, Identity
from greenaudit.signing.names import certificate_name
from greenaudit.signing.precheck import check_before_signing
from greenaudit.signing.reading import open_strictly

BYTES_RESERVED = 32768
"""Hex digits kept for each signature: room for a time stamp later."""


@dataclass(frozen=True)
class Countersigned:
    """The PDF with one more signature, and the device's revocation list that goes with it (DER).

    Only the device can make that list: keep it and sync it with the PDF, or the signature can't be extended elsewhere.
    """

    pdf: bytes
    device_crl: bytes


def start(
    pdf: bytes,
    identity: Identity,
    *,
    name: str,
    position: str,
    reason: str,
    location: str,
    drawn: Drawn,
    boxes: Sequence[FieldBox],
    moment: datetime,
) -> bytes:
    """The assessor's signature: certifies the report and leaves room for the declared signers, nothing else.

    `pdf` comes from `attachments.prepare`; `boxes` hold one place for every declared signer who did not refuse.
    """
    certified = identity.certified(moment)
    # A reader of its own: one that has read every object would have pyHanko write the XMP metadata anew, and lose ours.
    check_before_signing(open_strictly(pdf))
    reader = open_strictly(pdf)
    declared = read_declaration(attachment_of(reader))
    if sorted(box.name for box in boxes) != sorted(signer.role for signer in declared.signing):
        raise BugError("the report's signature fields are not those of its declared signers")
    _check_assessor(declared, certified, name)
    writer = IncrementalPdfFileWriter.from_reader(reader)
    _make_fields(writer, boxes)
    metadata = PdfSignatureMetadata(
        field_name="assessor",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=_bound(reason, name, position, drawn),
        location=location,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = _signer(certified.assessor, (certified.issuing,))
    return _sign(writer, metadata, signer, drawn, moment)


def countersign(
    pdf: bytes,
    identity: Identity,
    *,
    role: Literal["representative", "mentor"],
    name: str,
    position: str,
    consent: str,
    identity_checked: str,
    location: str,
    drawn: Drawn,
    moment: datetime,
) -> Countersigned:
    """An on-site signer's signature, with a one-time key that this device certifies and forgets.

    `consent` is the sentence the signer read and agreed to, `identity_checked` how the assessor knew who signs; both
    in the signer's language. Name, role, consent and the hash of the strokes are bound in as the signature's reason.
    """
    certified = identity.certified(moment)
    reader = open_strictly(pdf)
    _check_declared(read_declaration(attachment_of(reader)), role, name)
    _check_started_here(reader, certified)
    once = _one_time(certified, name, position, moment)
    metadata = PdfSignatureMetadata(
        field_name=role,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=_bound(consent, name, position, drawn, identity_checked),
        location=location,
    )
    signer = _signer(once, (certified.sub_ca.certificate, certified.issuing))
    signed = _sign(IncrementalPdfFileWriter.from_reader(reader), metadata, signer, drawn, moment)
    return Countersigned(signed, device_crl(identity, moment))


def device_crl(identity: Identity, moment: datetime) -> bytes:
    """The device's own revocation list, which says that none of its on-site signers is revoked (DER)."""
    sub_ca = identity.certified(moment).sub_ca
    number = int(moment.timestamp())
    return certs.revocation_list(sub_ca, (), number, moment - certs.BACKDATE, moment + certs.ON_SITE_LIFE)


class _ClockedSigner(PdfSigner):
    """Writes the moment it is given, not the machine's, as the claimed time."""

    moment: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


def _make_fields(writer: IncrementalPdfFileWriter, boxes: Sequence[FieldBox]) -> None:
    for box in boxes:
        corners = (round(box.x1), round(box.y1), round(box.x2), round(box.y2))
        spec = SigFieldSpec(box.name, on_page=box.page, box=corners, readable_field_name=_label(box.name))
        append_signature_field(writer, spec)


def _sign(
    writer: IncrementalPdfFileWriter,
    metadata: PdfSignatureMetadata,
    signer: SimpleSigner,
    drawn: Drawn,
    moment: datetime,
) -> bytes:
    act = _ClockedSigner(metadata, signer, stamp_style=appearance(drawn))
    act.moment = moment
    out = io.BytesIO()
    act.sign_pdf(writer, existing_fields_only=True, bytes_reserved=BYTES_RESERVED, output=out)
    return out.getvalue()


def _one_time(certified: Certified, name: str, position: str, moment: datetime) -> Issuer:
    """A key for one signature, certified under the names that the sub-CA is confined to."""
    key = certs.new_key()
    ours = certified.sub_ca.certificate.subject
    country, organisation = (
        certs.part(ours, NameOID.COUNTRY_NAME),
        certs.part(ours, NameOID.ORGANIZATION_NAME),
    )
    certificate = certs.issue(
        certs.distinguished(country, organisation, certs.ON_SITE, name, title=position),
        key.public_key(),
        (moment - certs.BACKDATE, moment + certs.ON_SITE_LIFE),
        certs.signer_extensions(),
        certified.sub_ca,
    )
    return Issuer(certificate, key)


def _signer(who: Issuer, chain: Sequence[x509.Certificate]) -> SimpleSigner:
    links = "".join(certs.to_pem(link) for link in (who.certificate, *chain)).encode("ascii")
    own, *others = load_certs_from_pemder_data(links)
    key = load_private_key_from_pemder_data(certs.key_to_pem(who.key).encode("ascii"), passphrase=None)
    store = SimpleCertificateStore()
    for other in others:
        store.register(other)
    return SimpleSigner(signing_cert=own, signing_key=key, cert_registry=store)


def _check_declared(declared: Declaration, role: str, name: str) -> None:
    expected = declared.signer(role)
    if expected is None or expected.name != name:
        raise KnownError(
            "signer_undeclared",
            msg(
                "The report does not declare {name} as a signer in this role. Correct the signer's name, make the "
                "report again, and sign that one.",
                name=name,
            ),
        )


def _check_assessor(declared: Declaration, certified: Certified, name: str) -> None:
    _check_declared(declared, "assessor", name)
    if certified.name != certificate_name(name):
        raise KnownError(
            "assessor_other",
            msg(
                "The report names {declared} as assessor, but this device's certificate is {certified}'s. "
                "Sign on that person's device, or name {certified} as the visit's lead.",
                declared=name,
                certified=certified.name,
            ),
        )


def _check_started_here(reader: PdfFileReader, certified: Certified) -> None:
    """On-site signers are witnessed by the device that the assessor signed on."""
    signed = reader.embedded_regular_signatures
    if not signed or signed[0].signer_cert.serial_number != certified.assessor.certificate.serial_number:
        raise KnownError(
            "started_elsewhere",
            msg(
                "The assessor has not signed this report on this device. Sign as assessor first, then hand it over."
            ),
        )


def _bound(sentence: str, name: str, position: str, drawn: Drawn, *more: str) -> str:
    parts = [sentence, ", ".join(filter(None, (name, position))), *more]
    return " | ".join([*filter(None, parts), f"strokes sha256:{drawn.fingerprint}"])


def _label(role: str) -> str:
    return {"assessor": "Assessor", "representative": "Plant representative", "mentor": "Mentor"}[role]
