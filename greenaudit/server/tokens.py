"""Logging a device in: a signed assertion (RFC 7523, ES256) for a token that is good for minutes.

No password lies on a laptop. An assertion is made out to this programme, lives two minutes, and is good once. The
token is a signed statement of ours; each request still asks whether the device is in good standing.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from greenaudit.canonical import sha256_hex
from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.database import Database
from greenaudit.server.tables import used_assertion
from greenaudit.wire.enrolment import ASSERTION_LIFE, SKEW

TOKEN_LIFE = 600
"""Seconds for which a token is good."""

_LONGEST_ASSERTION = ASSERTION_LIFE + SKEW


class Tokens:
    """Takes assertions, gives and reads tokens."""

    def __init__(self, database: Database, clock: Clock, audience: str) -> None:
        self._database = database
        self._clock = clock
        self.audience = audience
        self._secret = OctKey.import_key(bytes.fromhex(self._kept_secret()))

    def claimed_device(self, assertion: str) -> UUID:
        """The device that an assertion says it is from: nothing is proved yet."""
        try:
            claims = json.loads(jws.extract_compact(assertion.encode("ascii")).payload)
            return UUID(claims["iss"])
        except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise refused() from error

    def issue(self, assertion: str, device_id: UUID, public_key: str) -> str:
        """A token for the device, once for each assertion."""
        claims = check_proof(assertion, public_key, device_id, self.audience, self._clock)
        now = int(self._clock.now().timestamp())
        with self._database.writing() as connection:
            connection.execute(delete(used_assertion).where(used_assertion.c.until < now))
        try:
            with self._database.writing() as connection:
                kept = sha256_hex(f"{device_id} {claims['jti']}".encode())
                until = now + 2 * _LONGEST_ASSERTION
                connection.execute(insert(used_assertion).values(jti=kept, until=until))
        except IntegrityError as error:
            raise refused() from error
        body = {"sub": str(device_id), "exp": now + TOKEN_LIFE, "aud": self.audience}
        return jwt.encode({"alg": "HS256"}, body, self._secret)

    def device_of(self, token: str) -> UUID:
        """Whose token this is; KnownError when it is forged or over."""
        try:
            claims = jwt.decode(token, self._secret, algorithms=["HS256"]).claims
            over = int(claims["exp"]) <= int(self._clock.now().timestamp())
            if over or claims["aud"] != self.audience:
                raise refused("token_over")
            return UUID(claims["sub"])
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise refused("token_over") from error

    def _kept_secret(self) -> str:
        kept = self._database.get("token_secret")
        if kept is None:
            kept = secrets.token_hex(32)
            self._database.put("token_secret", kept)
        return kept


def check_proof(
    assertion: str, public_key: str, device_id: UUID, audience: str, clock: Clock
) -> dict[str, Any]:
    """The claims of an assertion that this key signed for this audience, just now; KnownError otherwise."""
    try:
        key = ECKey.import_key(public_key)
        claims = jwt.decode(assertion, key, algorithms=["ES256"]).claims
        issued, ends = int(claims["iat"]), int(claims["exp"])
        sound = (
            claims["iss"] == claims["sub"] == str(device_id)
            and claims["aud"] == audience
            and 16 <= len(str(claims["jti"])) <= 200
            and 0 < ends - issued <= _LONGEST_ASSERTION
        )
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise refused() from error
    if not sound:
        raise refused()
    _check_time(issued, clock.now())
    return dict(claims)


def _check_time(issued: int, now: datetime) -> None:
    if abs(issued - int(now.timestamp())) > SKEW:
        raise KnownError(
            "clock_off",
            msg(
                "This device's clock says {theirs}, the endpoint's says {ours} (UTC). Set the device's clock, then "
                "synchronise again. Your visits are safe.",
                theirs=_shown(issued),
                ours=now.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
            ),
        )


def _shown(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def refused(code: str = "login_refused") -> KnownError:
    """The one answer to every proof that doesn't hold; it doesn't say which part was wrong."""
    return KnownError(
        code,
        msg(
            "The endpoint could not make sure that this is an enrolled device. Synchronise again; if that does not "
            "help, ask for a new code and enrol again."
        ),
    )
