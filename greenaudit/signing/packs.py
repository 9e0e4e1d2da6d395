"""The programme's signature over a pack that it hands out, made at the endpoint and checked on a device offline.

The key is made for one pack and dropped. Its certificate comes straight from the issuing CA and is named under
'Packs': devices' certificates never are, so no assessor can sign a pack in the programme's name.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from greenaudit.canonical import canonical_bytes
from greenaudit.domain.packs import Pack, PackSignature
from greenaudit.signing import certificates as certs
from greenaudit.signing.authority import Authority

PACKS = "Packs"
_ALGORITHM = ec.ECDSA(hashes.SHA256())
_LIFE = timedelta(days=1)
"""The signature is judged at the moment of publishing, so the certificate need not live."""


def sign_pack(authority: Authority, pack: Pack) -> Pack:
    """The pack with the programme's signature."""
    key = certs.new_key()
    certificate = certs.issue(
        certs.distinguished(authority.country, authority.name, PACKS, f"{pack.pack_id} {pack.version}"),
        key.public_key(),
        (pack.published_at - certs.BACKDATE, pack.published_at + _LIFE),
        certs.signer_extensions(),
        authority.issuing,
    )
    raw = key.sign(canonical_bytes(pack.signed_facts), _ALGORITHM)
    signature = PackSignature(
        signature=base64.b64encode(raw).decode("ascii"),
        certificate=certs.to_pem(certificate),
        issuing=certs.to_pem(authority.issuing.certificate),
    )
    return pack.model_copy(update={"signature": signature})


def is_signed(pack: Pack, roots: Sequence[bytes]) -> bool:
    """Whether a programme under one of these roots (PEM) signed exactly this; never raises for what is forged."""
    if pack.signature is None:
        return False
    try:
        raw = base64.b64decode(pack.signature.signature, validate=True)
        certificate, issuing = (
            certs.from_pem(pack.signature.certificate),
            certs.from_pem(pack.signature.issuing),
        )
        known = [certs.from_pem(root.decode("ascii")) for root in roots]
    except (ValueError, binascii.Error):
        return False
    if certs.part(certificate.subject, NameOID.ORGANIZATIONAL_UNIT_NAME) != PACKS or not _certifies(issuing):
        return False
    if not any(_holds(certificate, issuing, root, pack.published_at) for root in known):
        return False
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(raw, canonical_bytes(pack.signed_facts), _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _holds(
    certificate: x509.Certificate, issuing: x509.Certificate, root: x509.Certificate, moment: datetime
) -> bool:
    """Whether root, issuing CA and certificate make a chain that was in force at a moment."""
    chain = (certificate, issuing, root)
    if not all(part.not_valid_before_utc <= moment <= part.not_valid_after_utc for part in chain):
        return False
    try:
        certificate.verify_directly_issued_by(issuing)
        issuing.verify_directly_issued_by(root)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _certifies(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False
