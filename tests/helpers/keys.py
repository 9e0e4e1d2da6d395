"""Builders for keys: a home with a cheap passphrase, keyrings that keep, forget or refuse."""

from __future__ import annotations

from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from greenaudit.paths import Home
from greenaudit.store.keys import (
    KeyringProtector,
    MasterKey,
    PassphraseProtector,
    RecoveryCode,
    create,
)

CHEAP = 2**4
"""A scrypt cost for tests."""


def cheap_passphrase(passphrase: str = "pintura azul 7") -> PassphraseProtector:
    return PassphraseProtector(passphrase, cost=CHEAP)


def new_home(
    root: Path, protector: PassphraseProtector | None = None
) -> tuple[Home, MasterKey, RecoveryCode]:
    """A home with keys, opened by `cheap_passphrase()`."""
    home = Home(root)
    master, code = create(home, protector or cheap_passphrase())
    return home, master, code


class MemoryKeyring(KeyringBackend):
    """A keyring as an operating system's: keeps what it is given, may be locked."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse_if_locked()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse_if_locked()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._refuse_if_locked()
        del self.entries[service, username]

    def _refuse_if_locked(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class BrokenKeyring(MemoryKeyring):
    """Raises what no one expects, as system libraries do."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError(5, "bus is gone")


TEST_KEYRINGS = frozenset(
    f"{cls.__module__}.{cls.__qualname__}" for cls in (MemoryKeyring, ForgetfulKeyring, BrokenKeyring)
)


def keyring_protector(backend: KeyringBackend) -> KeyringProtector:
    """A protector that takes the tests' keyrings for the operating system's."""
    return KeyringProtector(backend, TEST_KEYRINGS)
