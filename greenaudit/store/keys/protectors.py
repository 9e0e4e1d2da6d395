"""What opens the master key on this device: the system's keyring, a key file, or a passphrase.

A protector keeps one wrapping key and never the master key itself. Which one is in use is said plainly
(`Protection`); there is no way from a keyring to plain text that nobody chose.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import Field, ValidationError

from greenaudit.domain.values import Value
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.store.files import read_known, write_whole
from greenaudit.store.keys.master import KEY_BYTES
from greenaudit.store.keys.wraps import Hex, LocalKind, Params

SHORTEST_PASSPHRASE = 8
_KEY_FILE = re.compile(r"device-[0-9a-f]{8}\.key")


@dataclass(frozen=True)
class Protection:
    """What protects the data on this device, in words that the app shows as they are."""

    kind: LocalKind
    message: Message


class Protector(Protocol):
    """Keeps a wrapping key for this device."""

    @property
    def kind(self) -> LocalKind: ...

    def protection(self) -> Protection:
        """What to tell the person."""
        ...

    def make(self) -> tuple[bytes, Params]:
        """A fresh wrapping key, already kept durably, and the parameters to find it again."""
        ...

    def find(self, params: Params) -> bytes:
        """The wrapping key again; KnownError when it can't be had."""
        ...

    def forget(self, params: Params) -> None:
        """Drops a wrapping key that no keys file names any more; nothing happens when it is gone."""
        ...

    def wrong(self) -> KnownError:
        """What it means that the key found doesn't open the wrap."""
        ...


class _ScryptParams(Value):
    """Bounded, so that a hostile keys file can't ask for all the memory."""

    salt: Hex
    n: int = Field(ge=2, le=2**20)
    r: int = Field(ge=1, le=16)
    p: int = Field(ge=1, le=4)


@dataclass(frozen=True)
class PassphraseProtector:
    """A passphrase typed at each start; stretched with scrypt (128 MiB at the usual cost)."""

    passphrase: str = field(repr=False)
    cost: int = 2**17

    kind: LocalKind = field(default="passphrase", init=False)

    def protection(self) -> Protection:
        return Protection("passphrase", msg("The data opens with your passphrase only."))

    def make(self) -> tuple[bytes, Params]:
        if len(self.passphrase) < SHORTEST_PASSPHRASE:
            raise KnownError(
                "passphrase_short",
                msg("A passphrase needs at least {least} characters.", least=SHORTEST_PASSPHRASE),
            )
        params: Params = {"salt": secrets.token_hex(16), "n": self.cost, "r": 8, "p": 1}
        return self.find(params), params

    def find(self, params: Params) -> bytes:
        try:
            scrypt = _ScryptParams.model_validate(params)
            stretched = Scrypt(
                salt=bytes.fromhex(scrypt.salt), length=KEY_BYTES, n=scrypt.n, r=scrypt.r, p=scrypt.p
            )
        except (ValidationError, ValueError) as error:
            raise _parameters_damaged() from error
        return stretched.derive(unicodedata.normalize("NFC", self.passphrase).encode("utf-8"))

    def forget(self, params: Params) -> None:
        """Nothing is kept."""

    def wrong(self) -> KnownError:
        return KnownError(
            "wrong_passphrase",
            msg("The passphrase is wrong. Try again, or use the recovery code."),
        )


@dataclass(frozen=True)
class KeyFileProtector:
    """A file in the home that only this account can read. `reason` says why it is not the keyring, where one knows."""

    folder: Path
    reason: Message | None = None

    kind: LocalKind = field(default="file", init=False)

    def protection(self) -> Protection:
        if self.reason is None:
            return Protection(
                "file",
                msg(
                    "The key lies in a file that only this account can read, in {folder}. A passphrase is safer.",
                    folder=str(self.folder),
                ),
            )
        return Protection(
            "file",
            msg(
                "{reason} The key lies in a file that only this account can read, in {folder}. A passphrase is safer.",
                reason=self.reason,
                folder=str(self.folder),
            ),
        )

    def make(self) -> tuple[bytes, Params]:
        name, key = f"device-{secrets.token_hex(4)}.key", secrets.token_bytes(KEY_BYTES)
        write_whole(self.folder / name, key.hex().encode("ascii"))
        params: Params = {"name": name}
        if self.find(params) != key:
            raise self.wrong()
        return key, params

    def find(self, params: Params) -> bytes:
        path = self._path(params)
        if not path.exists():
            raise KnownError(
                "key_file_missing",
                msg(
                    "The key file {path} is missing. Put it back, or open the data with the recovery code.",
                    path=str(path),
                ),
            )
        _refuse_if_open(path)
        try:
            key = bytes.fromhex(read_known(path).decode("ascii"))
        except ValueError as error:
            raise self.wrong() from error
        if len(key) != KEY_BYTES:
            raise self.wrong()
        return key

    def forget(self, params: Params) -> None:
        self._path(params).unlink(missing_ok=True)

    def wrong(self) -> KnownError:
        return KnownError(
            "key_file_wrong",
            msg(
                "The key file in {folder} is damaged or belongs to other data. Use the recovery code.",
                folder=str(self.folder),
            ),
        )

    def _path(self, params: Params) -> Path:
        name = str(params.get("name", ""))
        if not _KEY_FILE.fullmatch(name):  # never a path out of the folder
            raise _parameters_damaged()
        return self.folder / name


def _refuse_if_open(path: Path) -> None:
    """A key file that others can read protects nothing, so it isn't used until that is put right."""
    if os.name == "nt":  # rights there come with the profile's folder; the mode says nothing
        return
    status = path.lstat()
    if (
        not stat.S_ISREG(status.st_mode)
        or status.st_uid != os.geteuid()
        or stat.S_IMODE(status.st_mode) & 0o077
    ):
        raise KnownError(
            "key_file_open",
            msg(
                "The key file {path} can be read by others. Make it yours alone: chmod 600 {path}",
                path=str(path),
            ),
        )


def _parameters_damaged() -> KnownError:
    return KnownError(
        "keys_damaged",
        msg("The file keys.json is damaged. Put back a copy of it, or restore a backup."),
    )
