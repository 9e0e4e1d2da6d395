"""Files that hold keys: sealed with AES-GCM under a 32-byte key or a passphrase, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

Secret = bytes | str
"""A 32-byte key, or a passphrase."""

_MAGIC = b"GASEAL1\n"
_SALT = 16
_NONCE = 12


class NotOpenedError(Exception):
    """The secret does not fit, or the file is damaged: the two can't be told apart."""


def seal(secret: Secret, label: str, data: bytes) -> bytes:
    """Encrypts and authenticates; the label says what the file is for and must be given again to open it."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(secret, salt)).encrypt(nonce, data, _MAGIC + label.encode("utf-8"))
    return _MAGIC + salt + nonce + sealed


def unseal(secret: Secret, label: str, sealed: bytes) -> bytes:
    """What was sealed; NotOpenedError when the secret, the label or any byte is not as it was."""
    head = len(_MAGIC)
    if not sealed.startswith(_MAGIC) or len(sealed) < head + _SALT + _NONCE + 16:
        raise NotOpenedError("not a sealed file")
    salt = sealed[head : head + _SALT]
    nonce = sealed[head + _SALT : head + _SALT + _NONCE]
    try:
        return AESGCM(_key(secret, salt)).decrypt(
            nonce, sealed[head + _SALT + _NONCE :], _MAGIC + label.encode("utf-8")
        )
    except InvalidTag as error:
        raise NotOpenedError("the secret does not fit, or the file is damaged") from error


def write_private(path: Path, data: bytes) -> None:
    """Writes a file that its owner alone can read; after a crash it is the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(draft, path)


def _key(secret: Secret, salt: bytes) -> bytes:
    if isinstance(secret, bytes):
        if len(secret) != 32:
            raise ValueError("a sealing key has 32 bytes")
        return secret
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(secret.encode("utf-8"))
