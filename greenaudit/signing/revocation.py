"""Revocation lists, judged by hand: a list past its date must be said, and a revocation on it still counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.signing import certificates as certs


@dataclass(frozen=True)
class Revocation:
    """What the lists say about a chain. `at` is when it was revoked, or the date of the oldest list that was used."""

    state: Literal["revoked", "good", "stale", "unchecked"]
    at: datetime | None = None

    @property
    def text(self) -> Message:
        """The answer in words."""
        day = self.at.date().isoformat() if self.at is not None else ""
        if self.state == "revoked":
            return msg("Revoked on {date}; nothing proves that the signature is older.", date=day)
        if self.state == "good":
            return msg("Not revoked: checked against the list of {date}.", date=day)
        if self.state == "stale":
            return msg(
                "Whether it was revoked is not known: the list at hand, of {date}, is out of date.", date=day
            )
        return msg("Whether it was revoked was not checked: there is no list at hand.")


def least(found: Sequence[Revocation]) -> Revocation:
    """The least that can be said of several signers together."""
    order = ("revoked", "unchecked", "stale", "good")
    return min(found, key=lambda one: order.index(one.state), default=Revocation("unchecked"))


def read_lists(lists: Iterable[bytes]) -> tuple[x509.CertificateRevocationList, ...]:
    """Reads revocation lists given by the caller, DER or PEM."""
    try:
        return tuple(
            x509.load_pem_x509_crl(raw) if raw.startswith(b"-----") else x509.load_der_x509_crl(raw)
            for raw in lists
        )
    except ValueError as error:
        raise KnownError(
            "crl_unreadable",
            msg("A revocation list can't be read. Fetch it again from the programme's endpoint."),
        ) from error


def judge(
    chain: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    moment: datetime,
    proved: datetime | None,
) -> Revocation:
    """Judges a chain (root first) at a moment. A signature proved to be older than a revocation outlives it.

    A device's own list is not asked for: it is made once, at signing, and the key that it speaks of is gone by then. What
    can be revoked later is the device. An entry in such a list counts all the same.
    """
    oldest: datetime | None = None
    stale = unchecked = False
    for issuer, certificate in pairwise(chain):
        own = [found for found in lists if is_from(found, issuer)]
        for found in own:
            entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and (proved is None or entry.revocation_date_utc <= proved):
                return Revocation("revoked", entry.revocation_date_utc)
        if certs.is_confined(issuer):
            continue
        if not own:
            unchecked = True
            continue
        newest = max(own, key=lambda found: found.last_update_utc)
        oldest = newest.last_update_utc if oldest is None else min(oldest, newest.last_update_utc)
        until = newest.next_update_utc
        stale = stale or until is None or until < (proved or moment)
    if unchecked or oldest is None:
        return Revocation("unchecked")
    return Revocation("stale" if stale else "good", oldest)


def is_from(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether an issuer signed this list."""
    key = issuer.public_key()
    if found.issuer != issuer.subject:
        return False
    if not isinstance(
        key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey | ed448.Ed448PublicKey
    ):
        return False
    return found.is_signature_valid(key)
