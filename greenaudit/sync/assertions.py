"""The device's proof of who it is: a short signed statement (a JWT, ES256), made with the key that never leaves it."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from greenaudit.clock import Clock
from greenaudit.signing.identities import Identity
from greenaudit.wire.enrolment import ASSERTION_LIFE


@dataclass(frozen=True)
class Credentials:
    """What an enrolled device logs in with. `audience` is what the endpoint said at enrolment."""

    device_id: UUID
    identity: Identity
    audience: str
    clock: Clock

    def assertion(self) -> str:
        """A fresh assertion: each is good once."""
        return make_assertion(
            self.identity.device_key, self.device_id, audience=self.audience, now=self.clock.now()
        )


def make_assertion(key: ec.EllipticCurvePrivateKey, device_id: UUID, *, audience: str, now: datetime) -> str:
    """States who we are to one audience, for two minutes."""
    issued = int(now.timestamp())
    claims: dict[str, str | int] = {
        "iss": str(device_id),
        "sub": str(device_id),
        "aud": audience,
        "iat": issued,
        "exp": issued + ASSERTION_LIFE,
        "jti": secrets.token_urlsafe(24),
    }
    signed = f"{_part({'alg': 'ES256', 'typ': 'JWT'})}.{_part(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode("ascii"), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _part(value: dict[str, str | int]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode("utf-8"))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
