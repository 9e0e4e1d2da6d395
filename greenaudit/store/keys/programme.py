"""A wrap for the programme: X25519 with a one-time key, so that the device seals and only the programme opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.keys.master import stretch
from greenaudit.store.keys.wraps import Params


@dataclass(frozen=True)
class ProgrammePem:
    """A programme's private recovery key, opened."""

    private: bytes = field(repr=False)


def new_programme_key() -> tuple[bytes, bytes]:
    """A programme's recovery key: (private PEM, for a safe; public PEM, for the devices)."""
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def wrapping_key_for(public_pem: bytes) -> tuple[bytes, Params]:
    """A fresh wrapping key for the holder of the private key, and what they need to find it."""
    public = _public(public_pem)
    once = X25519PrivateKey.generate()
    ours, theirs = once.public_key().public_bytes_raw(), public.public_bytes_raw()
    return _agree(once, public, ours, theirs), {"once": ours.hex(), "to": theirs.hex()}


def wrapping_key_of(private_pem: bytes, params: Params) -> bytes:
    """The same wrapping key, from the programme's side."""
    try:
        private = load_pem_private_key(private_pem, password=None)
        once = X25519PublicKey.from_public_bytes(bytes.fromhex(str(params.get("once"))))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_a_key() from error
    if not isinstance(private, X25519PrivateKey):
        raise _not_a_key()
    return _agree(private, once, once.public_bytes_raw(), private.public_key().public_bytes_raw())


def _agree(private: X25519PrivateKey, public: X25519PublicKey, once: bytes, to: bytes) -> bytes:
    try:
        shared = private.exchange(public)
    except ValueError as error:  # a point of small order: the shared secret would be known to all
        raise _not_a_key() from error
    return stretch(shared, once + to, "programme")


def _public(pem: bytes) -> X25519PublicKey:
    try:
        public = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _not_a_key() from error
    if not isinstance(public, X25519PublicKey):
        raise _not_a_key()
    return public


def _not_a_key() -> KnownError:
    return KnownError(
        "programme_key",
        msg("The programme's recovery key is not an X25519 key in PEM form. Ask the programme for it again."),
    )
