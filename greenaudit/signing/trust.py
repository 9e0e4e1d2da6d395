"""Who signed: the way from a signature to a root, and whether that way fits the role.

An assessor's certificate comes straight from the programme's issuing CA. Everyone else on site signs with a one-time
certificate from the sub-CA of the assessor's own device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cryptography import x509
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureStatus
from pyhanko_certvalidator import ValidationContext

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.names import certificate_name

_ASSESSOR_STEPS = 3
_ON_SITE_STEPS = 4


@dataclass(frozen=True)
class Roots:
    """The roots that are trusted: the programme's for signers, and those of time stamp authorities."""

    programme: tuple[x509.Certificate, ...]
    stamps: tuple[x509.Certificate, ...] = ()

    @classmethod
    def read(cls, programme: Sequence[bytes], stamps: Sequence[bytes] = ()) -> Roots:
        """Reads PEM files; KnownError when one isn't a certificate."""
        return cls(_read(programme), _read(stamps))

    def context(
        self,
        moment: datetime,
        *,
        stamps: bool = False,
        lists: Sequence[bytes] = (),
        revocation: str = "soft-fail",
    ) -> ValidationContext:
        """What pyHanko needs to build ways to these roots at a moment, without any network.

        Verifying judges revocation by its own rules (`revocation`), so it passes no lists here.
        """
        trusted = (*self.programme, *self.stamps) if stamps else self.programme
        pem = "".join(map(certs.to_pem, trusted)).encode("ascii")
        return ValidationContext(
            # An empty list trusts nobody; pyHanko would read an empty PEM as a broken certificate.
            trust_roots=list(load_certs_from_pemder_data(pem)) if trusted else [],
            moment=moment,
            allow_fetching=False,
            crls=lists,
            revocation_mode=revocation,
        )


def _read(files: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(root for raw in files for root in x509.load_pem_x509_certificates(raw))
    except ValueError as error:
        raise KnownError(
            "root_unreadable",
            msg("The root to trust can't be read as a certificate. Name the programme's PEM file."),
        ) from error


@dataclass(frozen=True)
class Way:
    """What pyHanko found out about one signature: its status, and its certificates from the root down (or none)."""

    embedded: EmbeddedPdfSignature
    status: PdfSignatureStatus
    kind: Literal["trusted", "expired", "foreign", "unfit"]
    chain: tuple[x509.Certificate, ...]

    @property
    def role(self) -> str:
        """The role is the name of the field that was signed."""
        return str(self.embedded.field_name)

    @property
    def leaf(self) -> x509.Certificate:
        """The signer's own certificate."""
        return to_cryptography(self.embedded.signer_cert.dump())

    @property
    def name(self) -> str:
        """The name in the signer's certificate."""
        return certs.part(self.leaf.subject, NameOID.COMMON_NAME)


async def find_way(embedded: EmbeddedPdfSignature, roots: Roots, moment: datetime) -> Way:
    """Validates one signature at a moment. What only fits at its claimed time is out of its life: said, not trusted."""
    status = await async_validate_pdf_signature(embedded, roots.context(moment))
    if status.trusted:
        return Way(embedded, status, "trusted", chain_of(status))
    if embedded.self_reported_timestamp is not None:
        then = await async_validate_pdf_signature(embedded, roots.context(embedded.self_reported_timestamp))
        if then.trusted:
            return Way(embedded, status, "expired", chain_of(then))
    foreign = status.trust_problem_indic == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return Way(embedded, status, "foreign" if foreign else "unfit", ())


def fits_role(way: Way, role: str, name: str, assessor: Way | None) -> bool:
    """Whether a certificate is of the kind that may sign in a role, for the declared name and on the same device."""
    if not way.chain or way.name != certificate_name(name):
        return False
    if role == "assessor":
        return len(way.chain) == _ASSESSOR_STEPS and not certs.is_confined(way.chain[-2])
    if len(way.chain) != _ON_SITE_STEPS or not certs.is_confined(way.chain[-2]) or assessor is None:
        return False
    device = certs.part(assessor.leaf.subject, NameOID.SERIAL_NUMBER)
    return bool(device) and certs.part(way.chain[-2].subject, NameOID.SERIAL_NUMBER) == device


def chain_of(status: SignatureStatus) -> tuple[x509.Certificate, ...]:
    """The certificates of a validated way, root first."""
    if status.validation_path is None:
        return ()
    return tuple(to_cryptography(link.dump()) for link in status.validation_path)


def stamp_fits(chain: Sequence[x509.Certificate], roots: Roots) -> bool:
    """A device's sub-CA can't make itself a time stamp authority of the programme."""
    if not chain:
        return False
    return not (chain[0] in roots.programme and any(certs.is_confined(link) for link in chain))


def to_cryptography(der: bytes) -> x509.Certificate:
    """A certificate of the one library as the other's."""
    return x509.load_der_x509_certificate(der)
