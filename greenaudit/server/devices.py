"""The programme's devices: enrolled once with a code, known by their public key, revoked when lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from greenaudit.canonical import fingerprint
from greenaudit.clock import Clock, milliseconds
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server import authorship, codes, tokens
from greenaudit.server.accounts import Accounts
from greenaudit.server.codes import Codes
from greenaudit.server.database import Database
from greenaudit.server.revocations import Revocations
from greenaudit.server.rights import Account, Role, may_enrol
from greenaudit.server.tables import account, device
from greenaudit.signing.authority import Authority, asked_key
from greenaudit.signing.certificates import DeviceCertificates, public_pem
from greenaudit.store.store import new_device_code
from greenaudit.wire.enrolment import Certificates, EnrolRequest, enrolment_audience


@dataclass(frozen=True)
class Device:
    """An enrolled device. `code` is its part of report numbers, unique in the programme for ever."""

    device_id: UUID
    person_id: UUID
    name: str
    code: str
    public_key: str
    certificates: DeviceCertificates
    revoked: bool


class Devices:
    """Enrols, finds and revokes devices."""

    def __init__(
        self, database: Database, clock: Clock, authority: Authority, revocations: Revocations
    ) -> None:
        self._database = database
        self._clock = clock
        self._authority = authority
        self._revocations = revocations

    def enrol(
        self, asked: EnrolRequest, accounts: Accounts, one_time: Codes, *, alias: UUID | None = None
    ) -> tuple[Device, Account]:
        """Takes a device in: its code, its proof that it holds its key, then certificates for its signing keys.

        `alias` is under which id its person wrote on it before, where that is nobody else's.
        """
        request = _who_asks(asked)
        person = accounts.of(one_time.person_of(asked.code, asked.device_id, request))
        if not may_enrol(person):
            raise KnownError(
                "role_without_devices",
                msg(
                    "This account reads the programme's pages in a browser; no device can be enrolled for it."
                ),
            )
        tokens.check_proof(
            asked.proof, asked.device_key, asked.device_id, enrolment_audience(asked.code), self._clock
        )
        known = self.find(asked.device_id)
        if known and (known.public_key != asked.device_key or known.revoked):
            raise KnownError(
                "device_exists",
                msg("A device with this id is enrolled already, with other keys. Set this one up anew."),
            )
        certificates = self._authority.certify(asked.assessor_csr, asked.sub_ca_csr, person.name)
        with self._database.writing() as connection:
            codes.use(connection, asked.code, asked.device_id, request)
            self._keep(connection, asked, person, certificates)
            self._revocations.enter(connection, asked.device_id, certificates)
            authorship.enter(connection, asked.device_id, person.person_id, alias)
        return self.known(asked.device_id), person

    def add_own(self, own: Device) -> None:
        """Enters the endpoint itself, which makes changes too."""
        body = Certificates(**asdict(own.certificates)).model_dump_json()
        with self._database.writing() as connection:
            connection.execute(
                insert(device).values(
                    device_id=own.device_id,
                    person_id=own.person_id,
                    name=own.name,
                    code=own.code,
                    public_key=own.public_key,
                    certificates=body,
                    enrolled_at=milliseconds(self._clock.now()),
                )
            )

    def _keep(
        self, connection: Connection, asked: EnrolRequest, person: Account, certificates: DeviceCertificates
    ) -> None:
        body = Certificates(**asdict(certificates)).model_dump_json()
        same = device.c.device_id == asked.device_id
        renewed = connection.execute(
            update(device).where(same).values(certificates=body, person_id=person.person_id)
        )
        if renewed.rowcount == 0:
            connection.execute(
                insert(device).values(
                    device_id=asked.device_id,
                    person_id=person.person_id,
                    name=asked.device_name,
                    code=_free_code(connection, asked.device_code),
                    public_key=asked.device_key,
                    certificates=body,
                    enrolled_at=milliseconds(self._clock.now()),
                )
            )

    def find(self, device_id: UUID) -> Device | None:
        """A device, revoked or not."""
        with self._database.reading() as connection:
            row = connection.execute(select(device).where(device.c.device_id == device_id)).one_or_none()
        return _as_device(row) if row else None

    def known(self, device_id: UUID) -> Device:
        """A device in good standing; KnownError for an unknown or revoked one."""
        found = self.find(device_id)
        if found is None or found.revoked:
            raise device_unknown()
        return found

    def all(self) -> tuple[Device, ...]:
        """Every device, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(device).order_by(device.c.enrolled_at)).all()
        return tuple(_as_device(row) for row in rows)

    def keys(self, device_ids: Iterable[UUID]) -> dict[UUID, str]:
        """The public keys of devices, revoked ones too: what they signed before stays proven."""
        wanted = set(device_ids)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(device.c.device_id, device.c.public_key).where(device.c.device_id.in_(wanted))
            ).all()
        return {row.device_id: row.public_key for row in rows}

    def of_roles(self, roles: Iterable[Role]) -> tuple[UUID, ...]:
        """The devices of everyone who has one of these roles; those that are out by now too."""
        theirs = select(account.c.person_id).where(account.c.role.in_(sorted(roles)))
        with self._database.reading() as connection:
            found = connection.execute(select(device.c.device_id).where(device.c.person_id.in_(theirs)))
            return tuple(found.scalars())

    def authors(self, device_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
        """In whose name each device may write."""
        wanted = set(device_ids)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(device.c.device_id, device.c.person_id).where(device.c.device_id.in_(wanted))
            ).all()
            entered = authorship.entered(connection, wanted)
            known = {
                person_id: authorship.known_as(connection, person_id)
                for person_id in {row.person_id for row in rows}
            }
        return {row.device_id: known[row.person_id] | entered.get(row.device_id, frozenset()) for row in rows}

    def revoke(self, device_id: UUID, since: datetime | None = None) -> None:
        """Ends a lost device's access at once, and revokes every certificate it ever had as of when it was lost.

        KnownError for a time that is still to come: until then verification would accept what a thief signs.
        """
        if since is not None and since > self._clock.now():
            raise KnownError(
                "since_ahead",
                msg(
                    "{date} is still to come. Say when the device was lost, or leave the date out.",
                    date=f"{since:%Y-%m-%d %H:%M}",
                ),
            )
        found = self.known(device_id)
        with self._database.writing() as connection:
            self._revocations.enter(connection, device_id, found.certificates)
            self._revocations.revoke(connection, device_id, since or self._clock.now())
            connection.execute(
                update(device)
                .where(device.c.device_id == device_id)
                .values(revoked_at=milliseconds(self._clock.now()))
            )


def _who_asks(asked: EnrolRequest) -> str:
    """What is the same when an enrolment is repeated after a lost answer, or an app that was killed: the device, its keys,
    whose it was. A request for a certificate is signed anew each time: its bytes differ, its key doesn't.
    """
    keys = (public_pem(asked_key(request)) for request in (asked.assessor_csr, asked.sub_ca_csr))
    return fingerprint([str(asked.device_id), asked.device_key, *keys, str(asked.known_as)])


def device_unknown() -> KnownError:
    """No device of the programme, or none any more."""
    return KnownError(
        "device_unknown",
        msg(
            "The endpoint does not know this device, or its access was ended. Your visits are safe on it. "
            "Ask whoever runs the programme for a new code and enrol again."
        ),
    )


def _free_code(connection: Connection, asked: str) -> str:
    """The code that the device has been using, or a fresh one where another device was first."""
    code = asked
    while connection.execute(select(device.c.code).where(device.c.code == code)).first():
        code = new_device_code()
    return code


def _as_device(row: Row[Any]) -> Device:
    body = Certificates.model_validate_json(row.certificates)
    return Device(
        device_id=row.device_id,
        person_id=row.person_id,
        name=row.name,
        code=row.code,
        public_key=row.public_key,
        certificates=DeviceCertificates(body.assessor, body.sub_ca, body.issuing, body.root),
        revoked=row.revoked_at is not None,
    )
