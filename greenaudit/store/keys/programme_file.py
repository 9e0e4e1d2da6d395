"""The file with the programme's private recovery key: sealed under a code of its own, made once, kept off the machine.

Whoever has the file and its code can open every device's data and backups that were wrapped for the programme.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from greenaudit.canonical import canonical_bytes
from greenaudit.domain.values import Value
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.keys.programme import new_programme_key
from greenaudit.store.keys.recovery import RecoveryCode
from greenaudit.store.keys.wraps import NONCE_BYTES, Hex

FORMAT: Literal["greenaudit-programme-key"] = "greenaudit-programme-key"
VERSION: Literal[1] = 1


class ProgrammeKeyFile(Value):
    """What the file holds: the private key (PEM) under AES-256-GCM; `public` (PEM) tells which key it is."""

    format: Literal["greenaudit-programme-key"] = FORMAT
    version: Literal[1] = VERSION
    public: str
    salt: Hex
    nonce: Hex
    sealed: Hex


@dataclass(frozen=True)
class ProgrammeKey:
    """A programme's recovery key, just made: the file for a safe, the code that opens it, and the devices' half."""

    file: bytes = field(repr=False)
    code: RecoveryCode = field(repr=False)
    public_pem: bytes


def make_programme_key() -> ProgrammeKey:
    """A new recovery key. The file has been opened again before this returns."""
    private, public = new_programme_key()
    code, salt, nonce = RecoveryCode.generate(), secrets.token_bytes(16), secrets.token_bytes(NONCE_BYTES)
    text = public.decode("ascii")
    sealed = AESGCM(code.wrapping_key(salt)).encrypt(nonce, private, _bound(text))
    body = ProgrammeKeyFile(public=text, salt=salt.hex(), nonce=nonce.hex(), sealed=sealed.hex())
    made = ProgrammeKey(body.model_dump_json(indent=2).encode("utf-8"), code, public)
    open_programme_key(made.file, code)
    return made


def open_programme_key(data: bytes, code: RecoveryCode | str) -> bytes:
    """The private key (PEM) of a file, by the file's code; KnownError for another file or another code."""
    typed = RecoveryCode.parse(code) if isinstance(code, str) else code
    try:
        body = ProgrammeKeyFile.model_validate(json.loads(data.decode("utf-8")))
    except (ValueError, ValidationError, RecursionError) as error:
        raise KnownError(
            "programme_file",
            msg(
                "This is not a programme's recovery key, or a newer GreenAudit's, or it is damaged. Take the file that was "
                "made when the endpoint was set up."
            ),
        ) from error
    try:
        key = typed.wrapping_key(bytes.fromhex(body.salt))
        return AESGCM(key).decrypt(bytes.fromhex(body.nonce), bytes.fromhex(body.sealed), _bound(body.public))
    except (InvalidTag, ValueError) as error:  # ValueError: a nonce of an impossible length
        raise KnownError(
            "programme_code",
            msg(
                "The code is typed well but does not open this recovery key. Look for the paper that belongs to the file."
            ),
        ) from error


def _bound(public: str) -> bytes:
    return canonical_bytes({"format": FORMAT, "version": VERSION, "public": public})
