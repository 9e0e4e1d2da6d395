"""The endpoint, put together: store, evidence, authority, accounts, devices. What the routes call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from greenaudit.canonical import sha256_hex
from greenaudit.clock import Clock
from greenaudit.domain.checklists import Checklist
from greenaudit.domain.packs import Pack, pack_record_id
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import Country, Record, titled
from greenaudit.errors import BugError, KnownError
from greenaudit.ids import new_id
from greenaudit.messages import msg
from greenaudit.packs import checklist_to_bytes
from greenaudit.paths import Home
from greenaudit.server.accounts import Accounts
from greenaudit.server.codes import Codes
from greenaudit.server.database import Database
from greenaudit.server.devices import Device, Devices
from greenaudit.server.evidence import Evidence
from greenaudit.server.feed import Feed, Ours
from greenaudit.server.revocations import Revocations
from greenaudit.server.rights import Account, Role, scopes
from greenaudit.server.room import Room
from greenaudit.server.throttle import Throttle
from greenaudit.server.tokens import TOKEN_LIFE, Tokens
from greenaudit.server.uploads import Uploads
from greenaudit.signing.authority import Authority
from greenaudit.signing.identities import Identity
from greenaudit.signing.packs import sign_pack
from greenaudit.store.blobs import BlobStore
from greenaudit.store.forking import Forks
from greenaudit.store.store import Store, new_device_code
from greenaudit.sync.heads import sign_own_heads
from greenaudit.wire.enrolment import Certificates, EnrolAnswer, EnrolRequest, TokenAnswer

RECOVERY_KEY = "recovery_key"
"""The fact that holds the programme's public recovery key; its private half is never here."""


@dataclass(frozen=True)
class Facts:
    """What an endpoint is: the programme that it serves."""

    programme_id: UUID
    programme_name: str
    country: Country
    administrator: UUID

    @property
    def audience(self) -> str:
        """What devices make their assertions out to: this programme, whatever its address."""
        return f"greenaudit:{self.programme_id}"


@dataclass(frozen=True)
class Newcomer:
    """A person to be let in. `login` is for the pages; without a password they only enrol devices."""

    name: str
    role: Role
    login: str
    password: str = field(default="", repr=False)
    oem_id: UUID | None = None


@dataclass(frozen=True)
class Caller:
    """Who is asking: a device in good standing and its person's account."""

    device: Device
    account: Account


class Endpoint:
    """A programme's endpoint over an open home. Make it with `opening.open_endpoint`."""

    def __init__(
        self,
        home: Home,
        store: Store,
        database: Database,
        authority: Authority,
        identity: Identity,
        blobs: BlobStore,
        clock: Clock,
    ) -> None:
        self.facts = _facts(database)
        self.store = store
        self.authority = authority
        self.clock = clock
        self.accounts = Accounts(database, clock)
        self.revocations = Revocations(database, clock, authority)
        self.devices = Devices(database, clock, authority, self.revocations)
        self.codes = Codes(database, clock)
        self.tokens = Tokens(database, clock, self.facts.audience)
        ours = Ours(identity.public_key_pem, self._enter, self._step_aside)
        self.feed = Feed(store, self.devices, self.accounts, ours)
        self.evidence = Evidence(store, blobs)
        self.room = Room(home.root, clock)
        self.uploads = Uploads(home.root / "uploads", blobs, clock, self.room)
        self._database = database
        self._identity = identity
        self._tries = Throttle(clock, failures=10, within=timedelta(minutes=10))
        self.uploads.drop_old()
        if self.devices.find(self.store.device_id) is None and self.devices.all():
            self.enter_itself()  # restored from a copy: it goes on under another id
        self.sign_own_changes()

    def enrol(self, asked: EnrolRequest, address: str) -> EnrolAnswer:
        """Takes a device in, once for each code; wrong codes are counted by address."""
        self._tries.check(address)
        try:
            device, account = self.devices.enrol(
                asked, self.accounts, self.codes, alias=self._alias(asked.known_as)
            )
        except KnownError:
            self._tries.failed(address)
            raise
        return EnrolAnswer(
            person=self._person(account),
            device_code=device.code,
            country=self.facts.country,
            programme_id=self.facts.programme_id,
            programme_name=self.facts.programme_name,
            certificates=Certificates(
                assessor=device.certificates.assessor,
                sub_ca=device.certificates.sub_ca,
                issuing=device.certificates.issuing,
                root=device.certificates.root,
            ),
            scopes=scopes(account),
            audience=self.facts.audience,
            recovery_key=self._database.get(RECOVERY_KEY) if asked.known_as else None,
        )

    def log_in(self, assertion: str) -> TokenAnswer:
        """A token for a device that proves who it is."""
        device = self.devices.known(self.tokens.claimed_device(assertion))
        account = self.accounts.of(device.person_id)
        return TokenAnswer(
            token=self.tokens.issue(assertion, device.device_id, device.public_key),
            expires_in=TOKEN_LIFE,
            server_time=self.clock.now(),
            feed=str(self.store.device_id),
            scopes=scopes(account),
        )

    def caller(self, token: str) -> Caller:
        """Whose token this is; asked for each request, so that a revoked device is out at once."""
        device = self.devices.known(self.tokens.device_of(token))
        return Caller(device, self.accounts.of(device.person_id))

    def add_person(self, newcomer: Newcomer, *, person: Person | None = None) -> Account:
        """Lets a person in: an account here, and a record in the registry for everyone to see."""
        record = person or Person(
            id=new_id(), name=titled(newcomer.name), organisation_id=newcomer.oem_id, roles=(newcomer.role,)
        )
        account = Account(
            person_id=record.id,
            login=newcomer.login,
            name=record.name,
            role=newcomer.role,
            programmes=frozenset({self.facts.programme_id}),
            oem_id=newcomer.oem_id,
        )
        self.accounts.add(account, newcomer.password)
        self.write(record)
        return account

    def new_code(self, person_id: UUID) -> str:
        """A one-time code for a person's next device."""
        return self.codes.new(self.accounts.of(person_id).person_id)

    def revoke(self, device_id: UUID, since: datetime | None = None) -> None:
        """Ends a lost device's access and its certificates; `since` is when it was lost."""
        self.devices.revoke(device_id, since)

    def enter_itself(self) -> None:
        """Enters the endpoint among the devices: it makes changes too, and others must be able to check them."""
        self._enter(self.store.device_id, self.store.device_code)

    def _enter(self, device_id: UUID, code: str | None = None) -> None:
        if self._identity.certificates is None:
            raise BugError("the endpoint's own identity has no certificates")
        own = Device(
            device_id=device_id,
            person_id=self.facts.administrator,
            name=self.facts.programme_name[:80],
            code=code or new_device_code(),
            public_key=self._identity.public_key_pem,
            certificates=self._identity.certificates,
            revoked=False,
        )
        self.devices.add_own(own)

    def _step_aside(self, forks: Forks) -> None:
        """Goes on under another id, which begins the feeds anew: devices read them from the beginning."""
        self.store.step_aside(forks)
        self.enter_itself()
        self.sign_own_changes()

    def write(self, *records: Record) -> None:
        """Writes records in the endpoint's own name, and signs its chains' new heads."""
        with self.store.unit(self.facts.administrator) as unit:
            for record in records:
                unit.save(record)
        self.sign_own_changes()

    def publish(self, checklist: Checklist) -> Pack:
        """Signs a checklist in the programme's name and hands it out: devices get it with their next sync."""
        if checklist.draft:
            raise KnownError(
                "pack_draft",
                msg(
                    "Checklist {name} {version} is still a draft: some texts are not written in all three languages. "
                    "Finish it, then publish.",
                    name=checklist.id,
                    version=checklist.version,
                ),
            )
        data = checklist_to_bytes(checklist)
        self._refuse_other(checklist, sha256_hex(data))
        sha256 = self.evidence.blobs.put(data)
        programme = self.facts.programme_id
        pack = Pack(
            id=pack_record_id(programme, sha256),
            programme_id=programme,
            pack_id=checklist.id,
            version=checklist.version,
            title=checklist.title,
            questions=len(checklist.questions),
            sha256=sha256,
            size=len(data),
            published_at=self.clock.now(),
            published_by=self.facts.administrator,
        )
        signed = sign_pack(self.authority, pack)
        self.write(signed)
        return signed

    def _refuse_other(self, checklist: Checklist, sha256: str) -> None:
        """KnownError where another content was published under this id and version: nobody could tell the two apart."""
        with self.store.read() as reader:
            there = reader.where(Pack)
        for pack in there:
            same = (pack.pack_id, pack.version) == (checklist.id, checklist.version)
            if same and pack.programme_id == self.facts.programme_id and pack.sha256 != sha256:
                raise KnownError(
                    "pack_version_taken",
                    msg(
                        "{name} {version} is published already, with another content. Give this one a higher version, "
                        "then publish.",
                        name=checklist.id,
                        version=checklist.version,
                    ),
                )

    def sign_own_changes(self) -> None:
        """Signs the heads of the endpoint's own chains where that is still to be done."""
        sign_own_heads(self.store, self._identity)

    def close(self) -> None:
        """Lets everything go."""
        self.store.close()
        self._database.close()

    def _alias(self, known_as: UUID | None) -> UUID | None:
        """The id that a device's person had on it before; nobody whom the programme knows by a record can be claimed."""
        if known_as is None:
            return None
        with self.store.read() as reader:
            return None if reader.get(Person, known_as) else known_as

    def _person(self, account: Account) -> Person:
        with self.store.read() as reader:
            found = reader.get(Person, account.person_id)
        return found or Person(id=account.person_id, name=account.name)


def _facts(database: Database) -> Facts:
    return Facts(
        programme_id=UUID(database.need("programme_id")),
        programme_name=database.need("programme_name"),
        country=cast("Country", database.need("country")),
        administrator=UUID(database.need("administrator")),
    )
