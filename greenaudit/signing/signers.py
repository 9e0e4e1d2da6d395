"""The signers of a report whose bytes are sound: declared against found, and how each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from greenaudit.domain.assessments import ExpectedSigner
from greenaudit.messages import Message, msg
from greenaudit.signing import certificates as certs
from greenaudit.signing.declaration import Declaration
from greenaudit.signing.revocation import Revocation, judge
from greenaudit.signing.stamps import Proof, proved_at
from greenaudit.signing.trust import Way, fits_role
from greenaudit.signing.verdict import SignerFact, Standing, moment_text

_ROLES: dict[str, Message] = {
    "assessor": msg("assessor"),
    "representative": msg("plant representative"),
    "mentor": msg("mentor"),
}
_UNCHECKED = Revocation("unchecked")


@dataclass(frozen=True)
class Evidence:
    """What standing is judged by: the lists at hand, the moment of judging, and what time stamps prove."""

    lists: Sequence[x509.CertificateRevocationList]
    moment: datetime
    proofs: Sequence[Proof]


def judge_signers(declared: Declaration, ways: Sequence[Way], evidence: Evidence) -> tuple[SignerFact, ...]:
    """One fact for every declared signer, then one for every signature that nobody declared."""
    by_role: dict[str, Way] = {}
    strangers: list[Way] = []
    for way in ways:
        known = declared.signer(way.role) is not None and way.role not in by_role
        if known:
            by_role[way.role] = way
        else:
            strangers.append(way)
    assessor = by_role.get("assessor")
    facts = [_declared(signer, by_role.get(signer.role), assessor, evidence) for signer in declared.signers]
    return (*facts, *(found_only(way, evidence) for way in strangers))


def found_only(way: Way, evidence: Evidence) -> SignerFact:
    """A signature that no declaration speaks of: of another programme, or of a stranger."""
    standing: Standing = "foreign" if way.kind == "foreign" else "unknown"
    return _fact(way, _role(way.role), way.name, "", standing, _UNCHECKED, evidence)


def _declared(
    signer: ExpectedSigner, way: Way | None, assessor: Way | None, evidence: Evidence
) -> SignerFact:
    role = _role(signer.role)
    if signer.refused or way is None:
        standing: Standing = "declined" if signer.refused else "missing"
        return _absent(signer, role, standing)
    revoked = judge(way.chain, evidence.lists, evidence.moment, proved_at(way.embedded, evidence.proofs))
    if way.kind == "foreign":
        standing = "foreign"
    elif way.kind == "unfit" or not fits_role(way, signer.role, signer.name, assessor):
        standing = "unknown"
    elif revoked.state == "revoked":
        standing = "revoked"
    else:
        standing = "holds" if way.kind == "trusted" else "expired"
    return _fact(way, role, signer.name, signer.position, standing, revoked, evidence)


def _fact(
    way: Way,
    role: Message,
    name: str,
    position: str,
    standing: Standing,
    revocation: Revocation,
    evidence: Evidence,
) -> SignerFact:
    claimed = way.embedded.self_reported_timestamp
    proved = proved_at(way.embedded, evidence.proofs)
    root = certs.part(way.chain[0].subject, NameOID.COMMON_NAME) if way.chain else ""
    return SignerFact(
        role=way.role,
        name=name,
        position=position,
        standing=standing,
        root=root,
        claimed_at=claimed,
        proved_at=proved,
        text=_text(way, role, name, standing, root, revocation),
        time=time_text(claimed, proved),
        revocation=revocation,
    )


def _text(
    way: Way, role: Message, name: str, standing: Standing, root: str, revocation: Revocation
) -> Message:
    leaf = way.leaf
    if standing == "holds":
        return msg("{name}, {role}: the signature holds, under {root}.", name=name, role=role, root=root)
    if standing == "foreign":
        issuer = certs.part(leaf.issuer, NameOID.COMMON_NAME) or certs.part(
            leaf.issuer, NameOID.ORGANIZATION_NAME
        )
        return msg(
            "{name}, {role}: signed with a certificate of {issuer}, which is not trusted here.",
            name=name,
            role=role,
            issuer=issuer,
        )
    if standing == "revoked":
        day = revocation.at.date().isoformat() if revocation.at else ""
        return msg(
            "{name}, {role}: the certificate was revoked on {date}; nothing proves that the signature is older.",
            name=name,
            role=role,
            date=day,
        )
    if standing == "expired":
        return msg(
            "{name}, {role}: signed under {root}, but the certificate is good only from {start} to {end} and the "
            "time of signing is only claimed.",
            name=name,
            role=role,
            root=root,
            start=leaf.not_valid_before_utc.date().isoformat(),
            end=leaf.not_valid_after_utc.date().isoformat(),
        )
    return msg(
        "{name}, {role}: the certificate, made out to {holder}, does not give the right to sign here in this role.",
        name=name,
        role=role,
        holder=way.name,
    )


def _absent(signer: ExpectedSigner, role: Message, standing: Standing) -> SignerFact:
    if standing == "declined":
        text = msg("{name}, {role}: declined to sign; the report says so.", name=signer.name, role=role)
    else:
        text = msg("{name}, {role}: the signature is missing.", name=signer.name, role=role)
    return SignerFact(
        role=signer.role,
        name=signer.name,
        position=signer.position,
        standing=standing,
        root="",
        claimed_at=None,
        proved_at=None,
        text=text,
        time=msg("Did not sign."),
        revocation=_UNCHECKED,
    )


def time_text(claimed: datetime | None, proved: datetime | None) -> Message:
    """When, and whether that is proved or only claimed."""
    if proved is not None:
        return msg("Proved: signed before {moment}, by a time stamp.", moment=moment_text(proved))
    if claimed is None:
        return msg("Not said: the signature names no time.")
    return msg(
        "Claimed: {moment}, by the clock of the device that signed. No time stamp proves it yet.",
        moment=moment_text(claimed),
    )


def _role(role: str) -> Message:
    return _ROLES.get(role, msg("no role of this report"))
