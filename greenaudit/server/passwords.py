"""Passwords and other secrets as they are kept: scrypt for what people choose, SHA-256 for what we drew by lot."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading

from greenaudit.errors import KnownError
from greenaudit.messages import msg

_N, _R, _P = 2**15, 8, 1
_MEMORY = 64 * 1024 * 1024
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 32 MB: many who log in at once must not take all memory
SHORTEST = 10
"""The least length of a password."""


def refuse_short(password: str) -> None:
    """KnownError for a password that is too short."""
    if len(password) < SHORTEST:
        raise KnownError(
            "password_short",
            msg("A password needs at least {least} signs. Choose a longer one.", least=SHORTEST),
        )


def hashed(password: str) -> str:
    """A password as it is kept."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${_text(salt)}${_text(_derive(password, salt, _N, _R, _P))}"


def fits(password: str, kept: str) -> bool:
    """Whether this is the password. Takes as long for an account that has none, so that timing names no account."""
    parts = (kept or _NOBODY).split("$")
    n, r, p = (int(part) for part in parts[1:4])
    derived = _derive(password, base64.b64decode(parts[4]), n, r, p)
    return hmac.compare_digest(derived, base64.b64decode(parts[5])) and bool(kept)


def digest(secret: str) -> str:
    """A long random secret as it is kept."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def _derive(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(password.encode("utf-8"), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_NOBODY = f"scrypt${_N}${_R}${_P}${_text(bytes(16))}${_text(bytes(32))}"
