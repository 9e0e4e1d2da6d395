"""One-time codes for enrolment: short enough to dictate, bounded in time and in tries."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from greenaudit.canonical import sha256_hex
from greenaudit.clock import Clock, milliseconds
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.database import Database
from greenaudit.server.tables import enrolment_code
from greenaudit.wire.enrolment import tidy_code

LIFE = timedelta(days=7)
TRIES = 5
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SELECTOR = 4
_SECRET = 8


class Codes:
    """A code is a name (four signs) and a secret (eight, 40 bits): wrong secrets are counted by name."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def new(self, person_id: UUID) -> str:
        """A fresh code for a person, as it is shown."""
        drawn = "".join(secrets.choice(_SIGNS) for _ in range(_SELECTOR + _SECRET))
        with self._database.writing() as connection:
            connection.execute(
                insert(enrolment_code).values(
                    selector=drawn[:_SELECTOR],
                    secret_hash=_kept(drawn),
                    person_id=person_id,
                    expires_at=milliseconds(self._clock.now() + LIFE),
                )
            )
        return "-".join(drawn[at : at + 4] for at in range(0, len(drawn), 4))

    def person_of(self, code: str, device_id: UUID, request: str) -> UUID:
        """Whose code this is. Good once; again only for the very same request, whose answer may have been lost."""
        typed = tidy_code(code)
        with self._database.writing() as connection:
            mine = enrolment_code.c.selector == typed[:_SELECTOR]
            row = connection.execute(select(enrolment_code).where(mine)).one_or_none()
            good = row is not None and row.tries < TRIES and row.expires_at > milliseconds(self._clock.now())
            right = row is not None and hmac.compare_digest(_kept(typed), row.secret_hash)
            if row is not None and not right:
                connection.execute(
                    update(enrolment_code).where(mine).values(tries=enrolment_code.c.tries + 1)
                )
        if row is None or not good or not right:
            raise _not_valid()
        if row.used_by is not None and (row.used_by, row.used_for) != (device_id, request):
            raise _used()
        return UUID(str(row.person_id))


def use(connection: Connection, code: str, device_id: UUID, request: str) -> None:
    """Marks a code as used, in the transaction that enrols the device; KnownError when another was quicker."""
    done = connection.execute(
        update(enrolment_code)
        .where(
            enrolment_code.c.selector == tidy_code(code)[:_SELECTOR],
            (enrolment_code.c.used_by.is_(None))
            | ((enrolment_code.c.used_by == device_id) & (enrolment_code.c.used_for == request)),
        )
        .values(used_by=device_id, used_for=request)
    )
    if done.rowcount != 1:
        raise _used()


def _kept(code: str) -> str:
    return sha256_hex(b"greenaudit code " + code.encode("utf-8"))


def _not_valid() -> KnownError:
    return KnownError(
        "code_wrong",
        msg(
            "This code is not valid: mistyped, too old, or tried too often. Check it, or ask whoever runs the "
            "programme for a new one."
        ),
    )


def _used() -> KnownError:
    return KnownError(
        "code_used",
        msg("This code has been used for another device. Ask whoever runs the programme for a new one."),
    )
