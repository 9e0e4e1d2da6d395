"""Setting an endpoint up, and opening it again.

Its home looks like a laptop's (`greenaudit.db`, `evidence/`, `identity/`, `keys.json`) with three things more:
`endpoint.db`, `authority/` and `uploads/`. A server has nobody to type a passphrase, and mostly no keyring: its key
lies in a key file beside the data, or is wrapped by the passphrase in `GREENAUDIT_SERVER_PASSPHRASE`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from greenaudit.clock import Clock, SystemClock
from greenaudit.domain.programmes import Programme
from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import Country, titled
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.server import passwords
from greenaudit.server.database import Database
from greenaudit.server.endpoint import RECOVERY_KEY, Endpoint, Newcomer
from greenaudit.signing.authority import Authority
from greenaudit.signing.identities import Identity
from greenaudit.store import keys
from greenaudit.store.blobs import BlobStore
from greenaudit.store.engine import open_engine
from greenaudit.store.keys import MasterKey, ProgrammeKey, Protector
from greenaudit.store.staging import put_up, refuse_if_occupied
from greenaudit.store.store import Store

DATABASE = "endpoint.db"
PASSPHRASE_VARIABLE = "GREENAUDIT_SERVER_PASSPHRASE"  # noqa: S105 the name of a place, not a secret


@dataclass(frozen=True)
class Setup:
    """What a new endpoint needs to know.

    `programme_id` is given where devices already hold the programme's record; then the endpoint doesn't write one.
    """

    programme_name: str
    country: Country
    administrator: str
    password: str = field(repr=False)
    login: str = "admin"
    programme_id: UUID | None = None


@dataclass(frozen=True)
class Founded:
    """What setting up gave. The codes are shown once and kept nowhere, nor is the programme's private recovery key."""

    recovery_code: str = field(repr=False)
    root_pem: bytes
    programme_id: UUID
    administrator: UUID
    programme_key: ProgrammeKey


def found(
    home: Home,
    setup: Setup,
    *,
    clock: Clock | None = None,
    keep: Callable[[Founded, Home], None] = lambda _founded, _home: None,
) -> Founded:
    """Makes a new endpoint in an empty home: keys, store, authority, its own identity, the administrator.

    All of it, or nothing: it is made beside the home and takes its place when it is whole. Before that, `keep` puts the
    programme's key in a safe place, or in the folder that it is given: without it there is no endpoint.
    """
    clock = clock or SystemClock()
    passwords.refuse_short(setup.password)
    titled(setup.programme_name)
    titled(setup.administrator)
    _refuse_half(home)
    refuse_if_occupied(home)
    with put_up(home, "founding") as staged:
        made = _founded(staged, setup, clock)
        keep(made, staged)
    return made


def _founded(home: Home, setup: Setup, clock: Clock) -> Founded:
    """Makes all of an endpoint in a folder that nobody else sees yet."""
    master, code = keys.create(home, _protector(home))
    Store.create(home, master.derive("database"), clock, numbers_feed=True).close()
    authority = Authority.create(setup.programme_name, setup.country, clock)
    authority.to_files(_authority_folder(home), master.derive("identity"))
    identity = Identity.create(home.identity, master.derive("identity"))
    asked = identity.csrs(setup.administrator, setup.country, setup.programme_name)
    identity.install(authority.certify(asked.assessor, asked.sub_ca, f"{setup.programme_name} endpoint"))
    programme_id, administrator = setup.programme_id or new_id(), new_id()
    programme_key = keys.make_programme_key()
    database = _database(home, master)
    facts = {
        "programme_id": str(programme_id),
        "programme_name": setup.programme_name,
        "country": setup.country,
        "administrator": str(administrator),
        RECOVERY_KEY: programme_key.public_pem.decode("ascii"),
    }
    for name, value in facts.items():
        database.put(name, value)
    database.close()
    keys.add_programme_wrap(home, master, programme_key.public_pem)
    with endpoint_of(home, clock=clock) as endpoint:
        person = Person(id=administrator, name=setup.administrator, roles=("administrator",))
        newcomer = Newcomer(setup.administrator, "administrator", setup.login, setup.password)
        endpoint.add_person(newcomer, person=person)
        endpoint.enter_itself()
        if setup.programme_id is None:
            endpoint.write(Programme(id=programme_id, programme_id=programme_id, name=setup.programme_name))
    return Founded(code.text, authority.root_pem, programme_id, administrator, programme_key)


def _refuse_half(home: Home) -> None:
    """KnownError where an earlier GreenAudit began an endpoint and was stopped before its end."""
    begun = home.keys.exists() and (_authority_folder(home).exists() or not home.database.exists())
    if begun and not (home.root / DATABASE).exists():
        raise KnownError(
            "endpoint_half",
            msg(
                "An endpoint was begun in {path} and never finished; it holds nobody's data. Remove that folder, then "
                "set the endpoint up again.",
                path=str(home.root),
            ),
        )


@contextmanager
def endpoint_of(home: Home, *, clock: Clock | None = None) -> Iterator[Endpoint]:
    """The endpoint of a home, open for as long as the block runs."""
    endpoint = open_endpoint(home, clock=clock)
    try:
        yield endpoint
    finally:
        endpoint.close()


def renew_programme_key(home: Home, keep: Callable[[ProgrammeKey], None]) -> ProgrammeKey:
    """A new recovery key for the programme: devices are wrapped for it when they enrol; the old one still opens the others.

    `keep` puts its file in a safe place first: a key that nobody has kept never comes into force.
    """
    _need_endpoint(home)
    master = keys.unlock(home, keys.usual_protector(home, os.environ.get(PASSPHRASE_VARIABLE)))
    made = keys.make_programme_key()
    keep(made)
    database = _database(home, master)
    try:
        database.put(RECOVERY_KEY, made.public_pem.decode("ascii"))
    finally:
        database.close()
    keys.add_programme_wrap(home, master, made.public_pem)
    return made


def open_endpoint(home: Home, *, clock: Clock | None = None) -> Endpoint:
    """Opens the endpoint of a home; KnownError when there is none."""
    clock = clock or SystemClock()
    _need_endpoint(home)
    master = keys.unlock(home, keys.usual_protector(home, os.environ.get(PASSPHRASE_VARIABLE)))
    secret = master.derive("identity")
    authority = Authority.from_files(_authority_folder(home), secret, clock)
    return Endpoint(
        home,
        Store.open(home, master.derive("database"), clock, numbers_feed=True),
        _database(home, master),
        authority,
        Identity.load(home.identity, secret),
        BlobStore(home.blobs, master.derive("blobs")),
        clock,
    )


def _need_endpoint(home: Home) -> None:
    """KnownError when there is no endpoint in this home."""
    _refuse_half(home)
    if not (home.root / DATABASE).exists():
        raise KnownError(
            "endpoint_absent",
            msg(
                "There is no endpoint in {path}. Set one up there, or name another folder.",
                path=str(home.root),
            ),
        )


def _protector(home: Home) -> Protector:
    passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase:
        return keys.PassphraseProtector(passphrase)
    reason = msg("A server has nobody who could type a passphrase.")
    return keys.KeyFileProtector(home.root, reason)


def _database(home: Home, master: MasterKey) -> Database:
    path = home.root / DATABASE
    return Database.prepared(open_engine(path, master.derive("database")), path)


def _authority_folder(home: Home) -> Path:
    return home.root / "authority"
