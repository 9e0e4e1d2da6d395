"""The one random key that everything at rest hangs on, and the keys that are derived from it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32

Purpose = Literal["database", "blobs", "identity"]
"""`database`: SQLCipher; `blobs`: evidence; `identity`: the device's signing keys."""


@dataclass(frozen=True)
class MasterKey:
    """32 random bytes that never lie on the disk unwrapped and are never shown."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError("a master key has 32 bytes")

    @classmethod
    def generate(cls) -> MasterKey:
        """A fresh key from the system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def derive(self, purpose: Purpose) -> bytes:
        """The 32-byte key for one purpose; knowing one tells nothing about another."""
        return stretch(self.secret, b"", purpose)

    def check(self) -> str:
        """16 bytes (hex) by which a keys file knows its own master key again, without giving it away."""
        return stretch(self.secret, b"", "check").hex()[:32]


def stretch(secret: bytes, salt: bytes, label: str) -> bytes:
    """HKDF-SHA256 of a secret that is already random, for one named use."""
    info = b"greenaudit/1/" + label.encode("ascii")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=info).derive(secret)
