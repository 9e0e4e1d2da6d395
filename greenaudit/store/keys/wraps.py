"""The keys file: the master key, wrapped apart for everyone who may open it (`docs/formats.md`, Keys)."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, ValidationError

from greenaudit.canonical import canonical_bytes
from greenaudit.domain.values import Value
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.files import read_known, write_whole
from greenaudit.store.keys.master import MasterKey

FORMAT: Literal["greenaudit-keys"] = "greenaudit-keys"
VERSION: Literal[1] = 1
NONCE_BYTES = 12

LocalKind = Literal["keyring", "file", "passphrase"]
"""Wraps of this device; one is in use at a time."""
WrapKind = Literal["keyring", "file", "passphrase", "code", "programme"]
LOCAL: tuple[WrapKind, ...] = ("keyring", "file", "passphrase")

Params = dict[str, str | int]
Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=1024)]


class WrongKeyError(Exception):
    """A wrapping key that doesn't open its wrap; each kind of wrap says in its own words what that means."""


class Wrap(Value):
    """The master key under one wrapping key (AES-256-GCM); the rest of the wrap is authenticated with it."""

    kind: WrapKind
    params: Params
    nonce: Hex
    sealed: Hex


class KeysFile(Value):
    """What `keys.json` holds. `check` tells the master key again; `key_id` keeps two homes' wraps apart."""

    format: Literal["greenaudit-keys"] = FORMAT
    version: Literal[1] = VERSION
    key_id: UUID
    check: Hex
    wraps: tuple[Wrap, ...]

    def find(self, kind: WrapKind) -> Wrap | None:
        """The wrap of a kind, if there is one."""
        return next((wrap for wrap in self.wraps if wrap.kind == kind), None)

    @property
    def local(self) -> Wrap | None:
        """The wrap by which this device opens its data without the recovery code."""
        return next((wrap for wrap in self.wraps if wrap.kind in LOCAL), None)

    def replacing(self, kinds: tuple[WrapKind, ...], *wraps: Wrap) -> KeysFile:
        """The same file with all wraps of some kinds replaced."""
        kept = tuple(wrap for wrap in self.wraps if wrap.kind not in kinds)
        return self.model_copy(update={"wraps": (*wraps, *kept)})


def seal(key_id: UUID, kind: WrapKind, params: Params, wrapping_key: bytes, master: MasterKey) -> Wrap:
    """Wraps the master key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(wrapping_key).encrypt(nonce, master.secret, _bound(key_id, kind, params))
    return Wrap(kind=kind, params=params, nonce=nonce.hex(), sealed=sealed.hex())


def unseal(keys: KeysFile, wrap: Wrap, wrapping_key: bytes, path: Path) -> MasterKey:
    """Unwraps the master key. Raises WrongKeyError when the wrapping key (or a changed wrap) doesn't fit."""
    nonce, sealed = bytes.fromhex(wrap.nonce), bytes.fromhex(wrap.sealed)
    try:
        secret = AESGCM(wrapping_key).decrypt(nonce, sealed, _bound(keys.key_id, wrap.kind, wrap.params))
    except (InvalidTag, ValueError) as error:  # ValueError: a nonce of an impossible length
        raise WrongKeyError from error
    if len(secret) != 32 or MasterKey(secret).check() != keys.check:
        raise keys_damaged(path)
    return MasterKey(secret)


def read_keys(path: Path) -> KeysFile:
    """Reads a keys file; a missing, damaged or newer one gets a sentence."""
    if not path.exists():
        raise KnownError(
            "keys_missing",
            msg(
                "{path} is missing: without it the data can't be opened. Put it back, or restore a backup.",
                path=str(path),
            ),
        )
    try:
        raw = json.loads(read_known(path).decode("utf-8"))
        if isinstance(raw, dict) and isinstance(raw.get("version"), int) and raw["version"] > VERSION:
            raise KnownError(
                "keys_newer",
                msg("{path} was written by a newer GreenAudit. Update the app.", path=str(path)),
            )
        return KeysFile.model_validate(raw)
    except (ValueError, ValidationError, RecursionError) as error:
        raise keys_damaged(path) from error


def write_keys(path: Path, keys: KeysFile) -> None:
    """Writes a keys file whole and durably, readable by this account alone."""
    write_whole(path, keys.model_dump_json(indent=2).encode("utf-8"))


def keys_damaged(path: Path) -> KnownError:
    """The sentence for a keys file that can't be what the app wrote."""
    return KnownError(
        "keys_damaged",
        msg("{path} is damaged. Put back a copy of it, or restore a backup.", path=str(path)),
    )


def _bound(key_id: UUID, kind: WrapKind, params: Params) -> bytes:
    return canonical_bytes({"format": FORMAT, "key_id": str(key_id), "kind": kind, "params": params})
