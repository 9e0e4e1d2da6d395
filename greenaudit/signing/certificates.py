"""Certificate profiles and the few X.509 steps that authority and device share. Everything is P-256.

| certificate | life | may |
|---|---|---|
| root, issuing CA | 20 and 10 years | certify |
| assessor | 2 years | sign |
| device sub-CA | the assessor's life and 400 days | certify signers named under 'On-site signers', nothing else |
| on-site signer | 400 days | sign once; its key is dropped |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from greenaudit.signing.names import certificate_name

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
ON_SITE = "On-site signers"
ROOT_LIFE = timedelta(days=20 * 365 + 5)
ISSUING_LIFE = timedelta(days=10 * 365 + 2)
ASSESSOR_LIFE = timedelta(days=730)
ON_SITE_LIFE = timedelta(days=400)
"""Must outlive the wait for a network: without a time stamp before it ends, the signing time stays a claim."""
BACKDATE = timedelta(hours=1)
"""Certificates begin a little early, for clocks that are a little slow."""

Extension = tuple[x509.ExtensionType, bool]


@dataclass(frozen=True)
class DeviceCertificates:
    """What a device gets when it is enrolled: PEM texts, fit for a message."""

    assessor: str
    sub_ca: str
    issuing: str
    root: str


@dataclass(frozen=True)
class Requests:
    """A device's two certificate signing requests, as PEM."""

    assessor: str
    sub_ca: str


@dataclass(frozen=True)
class Issuer:
    """A certificate and its key: what can issue."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def distinguished(
    country: str, organisation: str, unit: str = "", common: str = "", *, serial: str = "", title: str = ""
) -> x509.Name:
    """A name in the one order and encoding that all our certificates use (name constraints compare them)."""
    parts = [
        (NameOID.COUNTRY_NAME, country),
        (NameOID.ORGANIZATION_NAME, certificate_name(organisation)),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, certificate_name(unit)),
        (NameOID.COMMON_NAME, certificate_name(common)),
        (NameOID.SERIAL_NUMBER, serial),
        (NameOID.TITLE, certificate_name(title)),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def part(name: x509.Name, oid: ObjectIdentifier) -> str:
    """One part of a name, or nothing."""
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def ca_extensions(path_length: int | None, permitted: x509.Name | None = None) -> list[Extension]:
    """What makes a CA; `permitted` confines the names it may certify."""
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (_key_usage(certify=True), True),
    ]
    if permitted is not None:
        subtree = x509.DirectoryName(permitted)
        extensions.append((x509.NameConstraints([subtree], None), True))
    return extensions


def signer_extensions() -> list[Extension]:
    """What makes a signer's certificate; both key purposes, for the readers that know only one of them."""
    purposes = [DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_key_usage(certify=False), True),
        (x509.ExtendedKeyUsage(purposes), False),
    ]


def is_confined(certificate: x509.Certificate) -> bool:
    """Whether a CA may only certify certain names, as a device's sub-CA."""
    try:
        certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except x509.ExtensionNotFound:
        return False
    return True


def issue(
    subject: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    life: tuple[datetime, datetime],
    extensions: Sequence[Extension],
    issuer: Issuer | ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    """A certificate; given a bare key as issuer, it is self-signed (a root)."""
    key = issuer.key if isinstance(issuer, Issuer) else issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if isinstance(issuer, Issuer) else subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(life[0])
        .not_valid_after(life[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, hashes.SHA256())


def request(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> str:
    """A certificate signing request, as PEM; it proves that whoever asks holds the key."""
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return asked.public_bytes(serialization.Encoding.PEM).decode("ascii")


def revocation_list(
    issuer: Issuer,
    revoked: Sequence[tuple[int, datetime]],
    number: int,
    at: datetime,
    until: datetime,
) -> bytes:
    """A list of revoked serial numbers with their dates, signed by their issuer (DER)."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(until)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
    )
    for serial, since in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def to_pem(certificate: x509.Certificate) -> str:
    """A certificate as PEM text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def list_to_pem(found: x509.CertificateRevocationList) -> str:
    """A revocation list as PEM text."""
    return found.public_bytes(serialization.Encoding.PEM).decode("ascii")


def from_pem(text: str) -> x509.Certificate:
    """The certificate of a PEM text."""
    return x509.load_pem_x509_certificate(text.encode("ascii"))


def key_to_pem(key: ec.EllipticCurvePrivateKey) -> str:
    """A private key as clear PEM: only ever inside a sealed file."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")


def key_from_pem(text: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of a clear PEM text; ValueError for anything else."""
    key = serialization.load_pem_private_key(text.encode("ascii"), password=None)
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise ValueError("not a P-256 key")


def public_pem(key: ec.EllipticCurvePublicKey) -> str:
    """A public key as PEM text."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode("ascii")


def _key_usage(*, certify: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certify,
        content_commitment=not certify,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certify,
        crl_sign=certify,
        encipher_only=False,
        decipher_only=False,
    )
