"""The device's own keys: they are made on it, kept sealed on it, and never leave it, not even in a backup.

Three keys: the assessor's (signs reports), the device sub-CA's (certifies on-site signers' one-time keys) and the device's
(signs the heads of its journal chains and the assertions that log it in).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.certificates import DeviceCertificates, Issuer, Requests
from greenaudit.signing.sealing import NotOpenedError, seal, unseal, write_private

KEYS_FILE = "keys.sealed"
CERTIFICATES_FILE = "certificates.json"


@dataclass(frozen=True)
class Certified:
    """An identity's certificates, read and found to be in force."""

    assessor: Issuer
    sub_ca: Issuer
    issuing: x509.Certificate
    root: x509.Certificate

    @property
    def name(self) -> str:
        """The assessor's name, as certified."""
        return certs.part(self.assessor.certificate.subject, NameOID.COMMON_NAME)


@dataclass(frozen=True)
class Identity:
    """A device's keys and, once it is enrolled, its certificates."""

    folder: Path
    assessor_key: ec.EllipticCurvePrivateKey
    sub_ca_key: ec.EllipticCurvePrivateKey
    device_key: ec.EllipticCurvePrivateKey
    certificates: DeviceCertificates | None = None

    @classmethod
    def create(cls, folder: Path, key: bytes) -> Identity:
        """Makes the keys and seals them under a 32-byte key. An identity that is there already is never replaced."""
        if (folder / KEYS_FILE).exists():
            raise KnownError(
                "identity_exists",
                msg("This device has its keys already ({path}). Enrol with those.", path=str(folder)),
            )
        made = cls(folder, certs.new_key(), certs.new_key(), certs.new_key())
        body = {
            "assessor": certs.key_to_pem(made.assessor_key),
            "sub_ca": certs.key_to_pem(made.sub_ca_key),
            "device": certs.key_to_pem(made.device_key),
        }
        write_private(folder / KEYS_FILE, seal(key, "identity", json.dumps(body).encode("ascii")))
        return made

    @classmethod
    def load(cls, folder: Path, key: bytes) -> Identity:
        """The identity of a folder; KnownError when it is absent or damaged."""
        file = folder / KEYS_FILE
        if not file.exists():
            raise KnownError(
                "identity_absent",
                msg("This device has no signing keys yet. Enrol it with the programme's endpoint first."),
            )
        try:
            body = json.loads(unseal(key, "identity", file.read_bytes()))
            keys = [certs.key_from_pem(body[name]) for name in ("assessor", "sub_ca", "device")]
            loaded = cls(folder, keys[0], keys[1], keys[2], _read_certificates(folder / CERTIFICATES_FILE))
            if loaded.certificates is not None:
                loaded._check_ours(loaded.certificates)
        except (NotOpenedError, ValueError, KeyError, TypeError, OSError) as error:
            raise KnownError(
                "identity_damaged",
                msg(
                    "The signing keys in {path} can't be opened: the file is damaged or belongs to another "
                    "installation. Your visits are safe; move the folder away and enrol this device again.",
                    path=str(folder),
                ),
            ) from error
        return loaded

    def csrs(self, person: str, country: str, organisation: str) -> Requests:
        """Certificate requests for the assessor's key and the sub-CA's."""
        asked = certs.distinguished(country, organisation, common=person)
        return Requests(certs.request(asked, self.assessor_key), certs.request(asked, self.sub_ca_key))

    def install(self, certificates: DeviceCertificates) -> Identity:
        """Keeps the certificates that the programme gave, after checking that they are for these keys."""
        try:
            self._check_ours(certificates)
        except ValueError as error:
            raise KnownError(
                "certificates_foreign",
                msg(
                    "The endpoint's certificates are not for this device's keys. Enrol again with a new code."
                ),
            ) from error
        body = json.dumps(asdict(certificates), indent=1).encode("ascii")
        write_private(self.folder / CERTIFICATES_FILE, body)
        return replace(self, certificates=certificates)

    def certified(self, moment: datetime) -> Certified:
        """The certificates to sign with at a moment; KnownError when there are none or their life is over."""
        if self.certificates is None:
            raise KnownError(
                "identity_uncertified",
                msg("The programme has not certified this device's keys yet. Enrol it, then sign."),
            )
        given = self.certificates
        assessor = certs.from_pem(given.assessor)
        if not assessor.not_valid_before_utc <= moment <= assessor.not_valid_after_utc:
            raise KnownError(
                "identity_expired",
                msg(
                    "This device's certificate is good from {start} to {end}, and its clock says {now}. Check the "
                    "clock; if it is right, connect to the endpoint and renew the certificate.",
                    start=assessor.not_valid_before_utc.date().isoformat(),
                    end=assessor.not_valid_after_utc.date().isoformat(),
                    now=moment.date().isoformat(),
                ),
            )
        return Certified(
            Issuer(assessor, self.assessor_key),
            Issuer(certs.from_pem(given.sub_ca), self.sub_ca_key),
            certs.from_pem(given.issuing),
            certs.from_pem(given.root),
        )

    @property
    def public_key_pem(self) -> str:
        """The device's public key: what the endpoint and other devices check its signatures with."""
        return certs.public_pem(self.device_key.public_key())

    def _check_ours(self, given: DeviceCertificates) -> None:
        root, issuing = certs.from_pem(given.root), certs.from_pem(given.issuing)
        pairs = ((given.assessor, self.assessor_key), (given.sub_ca, self.sub_ca_key))
        try:
            root.verify_directly_issued_by(root)
            issuing.verify_directly_issued_by(root)
            for text, key in pairs:
                certificate = certs.from_pem(text)
                certificate.verify_directly_issued_by(issuing)
                if certificate.public_key() != key.public_key():
                    raise ValueError("a certificate is for another key")
        except (InvalidSignature, TypeError) as error:
            raise ValueError("the certificates do not make a chain") from error


def installed_root(folder: Path) -> bytes | None:
    """The root of the programme that certified the device of a folder (PEM); needs no key. None before that."""
    try:
        certificates = _read_certificates(folder / CERTIFICATES_FILE)
    except (ValueError, KeyError, TypeError, OSError):
        return None
    return certificates.root.encode("ascii") if certificates else None


def _read_certificates(file: Path) -> DeviceCertificates | None:
    if not file.exists():
        return None
    return DeviceCertificates(**json.loads(file.read_bytes()))
