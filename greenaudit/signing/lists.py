"""The programme's revocation lists as a device keeps them: one file beside its certificates, readable without a key.

A list is only replaced by a newer one of the same issuer. What was revoked stays so: an endpoint that was set back gives newer
lists that lack revocations, and then the list that has them is kept beside the newer one. Whoever reads them later checks their signatures again, so the
file needs no protection; a damaged one counts as none, and is fetched anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from greenaudit.canonical import sha256_hex
from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.certificates import DeviceCertificates
from greenaudit.signing.revocation import is_from
from greenaudit.signing.sealing import write_private

LISTS_FILE = "revocation-lists.json"


@dataclass(frozen=True)
class Lists:
    """The root's list and the issuing CA's, as PEM; and earlier ones of the issuing CA that revoke what this one forgot."""

    root: str
    issuing: str
    earlier: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tells these lists from others: a hash of both, as the endpoint gives them."""
        return sha256_hex(f"{self.root}\n{self.issuing}".encode())

    @property
    def files(self) -> tuple[bytes, ...]:
        """All, as verification takes them."""
        return tuple(text.encode("utf-8") for text in (self.root, self.issuing, *self.earlier))


def kept_lists(folder: Path) -> Lists | None:
    """The lists that a device has kept in its folder; None where there are none that can be read."""
    try:
        body = json.loads((folder / LISTS_FILE).read_bytes())
        found = Lists(body["root"], body["issuing"], tuple(body.get("earlier", ())))
        for text in found.files:
            x509.load_pem_x509_crl(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger("signing").warning("the kept revocation lists can't be read: %s", type(error).__name__)
        return None
    return found


def keep_lists(folder: Path, certificates: DeviceCertificates, offered: Lists) -> Lists:
    """Keeps what is newer of the lists offered and those here, and all that was ever revoked; gives what is kept now.

    KnownError when one of those offered is not by the issuers of this device's own certificates: then nothing changes.
    """
    issuers = (certs.from_pem(certificates.root), certs.from_pem(certificates.issuing))
    fresh = _read(offered, issuers)
    if fresh is None:
        raise KnownError(
            "lists_foreign",
            msg(
                "The endpoint's revocation lists are not by the programme of this device. The earlier ones stay in use. "
                "Tell whoever runs the endpoint."
            ),
        )
    before = kept_lists(folder)
    had = _read(before, issuers) if before else None
    newest = [max(pair, key=_age) for pair in zip(had, fresh, strict=True)] if had else fresh
    others = (*(had or ())[1:], fresh[1], *(_earlier(before, issuers[1]) if before else ()))
    root, issuing = (certs.list_to_pem(one) for one in newest)
    kept = Lists(root, issuing, _with_more(newest[1], others))
    if kept != before:
        body = {"root": kept.root, "issuing": kept.issuing}
        more = {"earlier": kept.earlier} if kept.earlier else {}
        write_private(folder / LISTS_FILE, json.dumps({**body, **more}).encode())
    return kept


def _earlier(before: Lists, issuer: x509.Certificate) -> list[x509.CertificateRevocationList]:
    """The earlier lists that were kept, if they are this issuer's."""
    found = (x509.load_pem_x509_crl(text.encode("utf-8")) for text in before.earlier)
    return [one for one in found if is_from(one, issuer)]


def _with_more(
    newest: x509.CertificateRevocationList, others: Iterable[x509.CertificateRevocationList]
) -> tuple[str, ...]:
    """Those of other lists that revoke what neither the newest one nor one before them does."""
    known, more = _serials(newest), list[str]()
    for one in others:
        if not _serials(one) <= known:
            known |= _serials(one)
            more.append(certs.list_to_pem(one))
    return tuple(more)


def _serials(one: x509.CertificateRevocationList) -> set[int]:
    return {entry.serial_number for entry in one}


def _read(
    lists: Lists, issuers: Sequence[x509.Certificate]
) -> tuple[x509.CertificateRevocationList, ...] | None:
    """The root's list and the issuing CA's, if each is by its issuer and has a number."""
    try:
        found = tuple(x509.load_pem_x509_crl(text) for text in lists.files[:2])
        for one in found:
            _age(one)
    except (ValueError, x509.ExtensionNotFound):
        return None
    sound = all(is_from(one, issuer) for one, issuer in zip(found, issuers, strict=True))
    return found if sound else None


def _age(one: x509.CertificateRevocationList) -> int:
    """The number of a list: each later one has a greater."""
    return one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
