"""The people that the endpoint knows, their passwords, and their sessions on the pages."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from greenaudit.clock import Clock, milliseconds
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server import passwords
from greenaudit.server.database import Database
from greenaudit.server.rights import Account, Role
from greenaudit.server.tables import account, account_programme, web_session
from greenaudit.server.throttle import Throttle

SESSION_LIFE = timedelta(hours=8)


@dataclass(frozen=True)
class Session:
    """Who is logged in on the pages, and the word that their forms must carry."""

    account: Account
    csrf: str


class Accounts:
    """Accounts and sessions in the endpoint's database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._by_login = Throttle(clock, failures=5, within=timedelta(minutes=15))
        # An office, or the proxy in front, may be one address: many people, so many more tries.
        self._by_address = Throttle(clock, failures=50, within=timedelta(minutes=15))

    def add(self, person: Account, password: str = "") -> None:
        """A new account; without a password it can enrol devices but not log in on the pages."""
        if password:
            passwords.refuse_short(password)
        values = {
            "person_id": person.person_id,
            "login": person.login.strip().lower(),
            "name": person.name,
            "role": person.role,
            "oem_id": person.oem_id,
            "password": passwords.hashed(password) if password else "",
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(account).values(values))
                _add_programmes(connection, person.person_id, person.programmes)
        except IntegrityError as error:
            raise KnownError(
                "account_exists",
                msg("There is an account {login} already, or one for this person.", login=person.login),
            ) from error

    def of(self, person_id: UUID) -> Account:
        """The account of a person; KnownError when there is none or it is closed."""
        with self._database.reading() as connection:
            found = _account(connection, account.c.person_id == person_id)
        if found is None:
            raise KnownError(
                "account_unknown",
                msg("The endpoint has no open account for this person. Ask whoever runs the programme."),
            )
        return found[0]

    def ever(self, person_id: UUID) -> Account | None:
        """The account of a person, a closed one too: what they wrote while it was open stays theirs."""
        with self._database.reading() as connection:
            row = connection.execute(select(account).where(account.c.person_id == person_id)).one_or_none()
            return _as_account(connection, row) if row else None

    def all(self) -> tuple[Account, ...]:
        """Every open account, by login."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(account).where(account.c.closed_at.is_(None)).order_by(account.c.login)
            )
            return tuple(_as_account(connection, row) for row in rows.all())

    def close_account(self, person_id: UUID) -> None:
        """Shuts an account: its devices and sessions are refused from now on."""
        with self._database.writing() as connection:
            connection.execute(
                update(account)
                .where(account.c.person_id == person_id)
                .values(closed_at=milliseconds(self._clock.now()))
            )
            connection.execute(delete(web_session).where(web_session.c.person_id == person_id))

    def log_in(self, login: str, password: str, address: str) -> str:
        """Opens a session and gives its token; KnownError for a wrong pair, the same one whichever was wrong."""
        name = login.strip().lower()[:80]
        self._by_login.check(name)
        self._by_address.check(address)
        with self._database.reading() as connection:
            found = _account(connection, account.c.login == name)
        if not passwords.fits(password[:200], found[1] if found else "") or found is None:
            self._by_login.failed(name)
            self._by_address.failed(address)
            raise KnownError(
                "login_wrong", msg("Name and password don't fit together. Check both and try again.")
            )
        self._by_login.succeeded(name)
        token = secrets.token_urlsafe(32)
        now = milliseconds(self._clock.now())
        with self._database.writing() as connection:
            connection.execute(delete(web_session).where(web_session.c.until < now))
            connection.execute(
                insert(web_session).values(
                    token_hash=passwords.digest(token),
                    person_id=found[0].person_id,
                    until=now + int(SESSION_LIFE.total_seconds() * 1000),
                )
            )
        return token

    def session(self, token: str) -> Session | None:
        """The session of a token, if it is open."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(web_session).where(
                    web_session.c.token_hash == passwords.digest(token),
                    web_session.c.until >= milliseconds(self._clock.now()),
                )
            ).one_or_none()
            found = _account(connection, account.c.person_id == row.person_id) if row else None
        return Session(found[0], csrf_of(token)) if found else None

    def log_out(self, token: str) -> None:
        """Ends a session."""
        with self._database.writing() as connection:
            connection.execute(delete(web_session).where(web_session.c.token_hash == passwords.digest(token)))


def csrf_of(token: str) -> str:
    """The word that a form must carry: bound to the cookie, useless without it."""
    return hmac.new(token.encode("utf-8"), b"greenaudit form", "sha256").hexdigest()


def _add_programmes(connection: Connection, person_id: UUID, programmes: Iterable[UUID]) -> None:
    rows = [{"person_id": person_id, "programme_id": programme} for programme in programmes]
    if rows:
        connection.execute(insert(account_programme), rows)


def _account(connection: Connection, condition: Any) -> tuple[Account, str] | None:
    row = connection.execute(select(account).where(condition, account.c.closed_at.is_(None))).one_or_none()
    return (_as_account(connection, row), str(row.password)) if row else None


def _as_account(connection: Connection, row: Row[Any]) -> Account:
    mine = account_programme.c.person_id == row.person_id
    programmes = connection.execute(select(account_programme.c.programme_id).where(mine)).scalars()
    return Account(
        person_id=row.person_id,
        login=row.login,
        name=row.name,
        role=cast("Role", row.role),
        programmes=frozenset(programmes),
        oem_id=row.oem_id,
    )
