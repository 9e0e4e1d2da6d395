"""Becoming one of the programme's devices: a one-time code and two requests go out, certificates come back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import Country
from greenaudit.signing.certificates import DeviceCertificates
from greenaudit.signing.identities import Identity
from greenaudit.store.store import FORKED_FROM, Store
from greenaudit.sync.assertions import Credentials, make_assertion
from greenaudit.sync.link import Link
from greenaudit.wire.enrolment import EnrolRequest, enrolment_audience

_DEVICE_CODE = "device_code"
_AUDIENCE = "endpoint audience"
_ENROLLED_AS = "enrolled as"


@dataclass(frozen=True)
class Enrolled:
    """What enrolling gave. `identity` has its certificates now, already kept."""

    person: Person
    identity: Identity
    device_code: str
    country: Country
    programme_id: UUID
    programme_name: str
    root_pem: str
    scopes: tuple[str, ...]
    audience: str
    recovery_key: str | None = None


def enrol(
    link: Link,
    store: Store,
    identity: Identity,
    code: str,
    *,
    device_name: str = "",
    person: str = "",
    known_as: UUID | None = None,
) -> Enrolled:
    """Enrols this device. May be repeated with the same code when the answer was lost.

    `known_as` is in whose name changes were written here until now: the endpoint takes those, too.
    """
    requests = identity.csrs(person or "GreenAudit", "US", "GreenAudit")
    answer = link.enrol(
        EnrolRequest(
            code=code.strip()[:40],
            device_id=store.device_id,
            device_code=store.device_code,
            device_name=device_name[:80],
            device_key=identity.public_key_pem,
            assessor_csr=requests.assessor,
            sub_ca_csr=requests.sub_ca,
            proof=make_assertion(
                identity.device_key,
                store.device_id,
                audience=enrolment_audience(code),
                now=store.clock.now(),
            ),
            known_as=known_as,
        )
    )
    given = answer.certificates
    certified = identity.install(DeviceCertificates(given.assessor, given.sub_ca, given.issuing, given.root))
    store.set_meta(_DEVICE_CODE, answer.device_code)
    store.device_code = answer.device_code
    store.set_meta(_AUDIENCE, answer.audience)
    store.set_meta(_ENROLLED_AS, str(store.device_id))
    return Enrolled(
        person=answer.person,
        identity=certified,
        device_code=answer.device_code,
        country=answer.country,
        programme_id=answer.programme_id,
        programme_name=answer.programme_name,
        root_pem=given.root,
        scopes=answer.scopes,
        audience=answer.audience,
        recovery_key=answer.recovery_key,
    )


def has_new_name(store: Store) -> bool:
    """Whether this device was enrolled under another name than it has now: its home was restored or copied."""
    name = store.meta(_ENROLLED_AS) or store.meta(FORKED_FROM)
    return name is not None and name != str(store.device_id)


def is_enrolled(store: Store) -> bool:
    """Whether this device is enrolled under the name that it has now."""
    return store.meta(_AUDIENCE) is not None and not has_new_name(store)


def credentials_of(store: Store, identity: Identity) -> Credentials | None:
    """What this device logs in with; None before it is enrolled."""
    audience = store.meta(_AUDIENCE)
    if audience is None or not is_enrolled(store):
        return None
    return Credentials(store.device_id, identity, audience, store.clock)
