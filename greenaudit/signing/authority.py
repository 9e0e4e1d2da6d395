"""The programme's certificate authority: a root, an issuing CA under it, and what they certify and revoke.

The root's key is only needed to make a new issuing CA and to renew the root's own revocation list; its file may be
taken away to a safe, and the authority goes on without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from greenaudit.canonical import sha256_hex
from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.certificates import DeviceCertificates, Issuer
from greenaudit.signing.names import MOST_BYTES, certificate_name
from greenaudit.signing.sealing import NotOpenedError, Secret, seal, unseal, write_private

ISSUING_FILE = "issuing.sealed"
ROOT_KEY_FILE = "root-key.sealed"
ROOT_FILE = "programme-ca.pem"
_ROOT_LIST_LIFE = timedelta(days=400)
_ISSUING_LIST_LIFE = timedelta(days=35)


@dataclass
class Authority:
    """Certifies the keys of devices. Make it with `create` or `from_files`."""

    name: str
    country: str
    clock: Clock
    issuing: Issuer
    root: x509.Certificate
    root_key: ec.EllipticCurvePrivateKey | None
    root_list: bytes
    revoked: dict[int, datetime] = field(default_factory=dict)
    list_number: int = 1

    @classmethod
    def create(cls, name: str, country: str, clock: Clock) -> Authority:
        """A new root and issuing CA for a programme."""
        now = clock.now()
        start = now - certs.BACKDATE
        root_key, issuing_key = certs.new_key(), certs.new_key()
        root_name = certs.distinguished(country, name, common=_titled(name, "root"))
        root = certs.issue(
            root_name,
            root_key.public_key(),
            (start, now + certs.ROOT_LIFE),
            certs.ca_extensions(None),
            root_key,
        )
        issuing = certs.issue(
            certs.distinguished(country, name, common=_titled(name, "issuing CA")),
            issuing_key.public_key(),
            (start, now + certs.ISSUING_LIFE),
            certs.ca_extensions(1),
            Issuer(root, root_key),
        )
        root_list = _root_list(Issuer(root, root_key), now)
        return cls(name, country, clock, Issuer(issuing, issuing_key), root, root_key, root_list)

    @property
    def root_pem(self) -> bytes:
        """The root as others must know it to trust this programme's signatures."""
        return certs.to_pem(self.root).encode("ascii")

    def certify(self, assessor_csr: str, subca_csr: str, person: str) -> DeviceCertificates:
        """Certifies a device's two keys for a person. The names are the authority's; of the requests it takes the keys.

        Both certificates carry one serial number in their names, so that a verifier sees that they are one device's.
        """
        assessor_key, subca_key = asked_key(assessor_csr), asked_key(subca_csr)
        now = self.clock.now()
        device = sha256_hex(certs.public_pem(assessor_key).encode("ascii"))[:16]
        assessor = certs.issue(
            certs.distinguished(self.country, self.name, "Assessors", person, serial=device),
            assessor_key,
            (now - certs.BACKDATE, now + certs.ASSESSOR_LIFE),
            certs.signer_extensions(),
            self.issuing,
        )
        sub_ca = certs.issue(
            certs.distinguished(self.country, self.name, "Devices", f"Device {device}", serial=device),
            subca_key,
            (now - certs.BACKDATE, now + certs.ASSESSOR_LIFE + certs.ON_SITE_LIFE),
            certs.ca_extensions(0, certs.distinguished(self.country, self.name, certs.ON_SITE)),
            self.issuing,
        )
        return DeviceCertificates(
            certs.to_pem(assessor),
            certs.to_pem(sub_ca),
            certs.to_pem(self.issuing.certificate),
            certs.to_pem(self.root),
        )

    def revoke(self, device: DeviceCertificates, since: datetime | None = None) -> None:
        """Revokes a lost device's certificates, both of them; then keep the authority's files and hand out `crls`.

        `since` is when it was lost: signatures that a time stamp proves to be older go on being accepted.
        """
        for text in (device.assessor, device.sub_ca):
            self.revoked.setdefault(certs.from_pem(text).serial_number, since or self.clock.now())
        self.list_number += 1

    def crls(self, revoked: Mapping[int, datetime] | None = None, number: int = 0) -> tuple[bytes, bytes]:
        """The revocation lists as of now (DER): the root's and the issuing CA's, each with a number above its last one's.

        `revoked` and `number` are for whoever keeps account of revocations elsewhere: they come on top of what is known here.
        """
        now = self.clock.now()
        if self.root_key is not None:
            self.root_list = _root_list(Issuer(self.root, self.root_key), now)
        entries = sorted({**(revoked or {}), **self.revoked}.items())
        own = max(number, self.list_number)
        ours = certs.revocation_list(self.issuing, entries, own, now, now + _ISSUING_LIST_LIFE)
        return self.root_list, ours

    def to_files(self, folder: Path, secret: Secret) -> None:
        """Keeps the authority in a folder, its keys sealed under a 32-byte key or a passphrase."""
        body = {
            "name": self.name,
            "country": self.country,
            "issuing": certs.to_pem(self.issuing.certificate),
            "issuing_key": certs.key_to_pem(self.issuing.key),
            "root_list": self.root_list.hex(),
            "revoked": {str(serial): at.isoformat() for serial, at in sorted(self.revoked.items())},
            "list_number": self.list_number,
        }
        write_private(folder / ISSUING_FILE, seal(secret, "issuing", json.dumps(body).encode("utf-8")))
        if self.root_key is not None:
            sealed = seal(secret, "root", certs.key_to_pem(self.root_key).encode("ascii"))
            write_private(folder / ROOT_KEY_FILE, sealed)
        write_private(folder / ROOT_FILE, self.root_pem)

    @classmethod
    def from_files(cls, folder: Path, secret: Secret, clock: Clock) -> Authority:
        """The authority of a folder; KnownError when it isn't there or doesn't open."""
        try:
            body: dict[str, Any] = json.loads(unseal(secret, "issuing", (folder / ISSUING_FILE).read_bytes()))
            root = certs.from_pem((folder / ROOT_FILE).read_text("ascii"))
            root_key_file = folder / ROOT_KEY_FILE
            root_key = None
            if root_key_file.exists():
                root_key = certs.key_from_pem(
                    unseal(secret, "root", root_key_file.read_bytes()).decode("ascii")
                )
        except FileNotFoundError as error:
            raise KnownError(
                "authority_absent",
                msg(
                    "{path} holds no certificate authority. Create one, or name its folder.", path=str(folder)
                ),
            ) from error
        except (NotOpenedError, ValueError, OSError) as error:
            raise KnownError(
                "authority_unopened",
                msg(
                    "The certificate authority in {path} can't be opened: the passphrase or key does not fit, "
                    "or a file is damaged. Check the passphrase; else restore the folder from its backup.",
                    path=str(folder),
                ),
            ) from error
        return cls._read(body, root, root_key, clock)

    @classmethod
    def _read(
        cls,
        body: dict[str, Any],
        root: x509.Certificate,
        root_key: ec.EllipticCurvePrivateKey | None,
        clock: Clock,
    ) -> Authority:
        return cls(
            name=body["name"],
            country=body["country"],
            clock=clock,
            issuing=Issuer(certs.from_pem(body["issuing"]), certs.key_from_pem(body["issuing_key"])),
            root=root,
            root_key=root_key,
            root_list=bytes.fromhex(body["root_list"]),
            revoked={int(serial): datetime.fromisoformat(at) for serial, at in body["revoked"].items()},
            list_number=body["list_number"],
        )


def asked_key(csr: str) -> ec.EllipticCurvePublicKey:
    """The key of a request that is well formed, P-256 and signed by that very key."""
    refused = KnownError(
        "request_refused",
        msg(
            "The certificate request is damaged or not of the kind this programme certifies. Enrol the device again."
        ),
    )
    try:
        asked = x509.load_pem_x509_csr(csr.encode("ascii"))
        key = asked.public_key()
        sound = asked.is_signature_valid
    except (ValueError, InvalidSignature) as error:
        raise refused from error
    if not sound or not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise refused
    return key


def _root_list(root: Issuer, now: datetime) -> bytes:
    """The root's list: it has certified the issuing CA only, and revokes nothing. Its number is the time."""
    return certs.revocation_list(root, (), int(now.timestamp()), now - certs.BACKDATE, now + _ROOT_LIST_LIFE)


def _titled(name: str, title: str) -> str:
    """The name of a CA of the programme: long names are cut so that root and issuing CA stay different."""
    return f"{certificate_name(name, MOST_BYTES - len(title) - 1)} {title}"
