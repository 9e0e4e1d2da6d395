"""The operating system's keyring, and only that: known backends by class, everything read back after writing.

The keyring library would also take a plain-text file or a backend that swallows what it is given; both look like success.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from greenaudit.errors import KnownError
from greenaudit.log import logger
from greenaudit.messages import msg
from greenaudit.store.keys.master import KEY_BYTES
from greenaudit.store.keys.protectors import Protection
from greenaudit.store.keys.wraps import LocalKind, Params

log = logger("keys")

SERVICE = "GreenAudit"
OS_BACKENDS = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)


class KeyringProtector:
    """Keeps the wrapping key in the system's keyring. Raises KnownError where there is none that is known."""

    kind: LocalKind = "keyring"

    def __init__(self, backend: KeyringBackend | None = None, allowed: frozenset[str] = OS_BACKENDS) -> None:
        self._backends = _known(backend or keyring.get_keyring(), allowed)
        if not self._backends:
            raise KnownError("keyring_none", msg("This machine has no keyring that GreenAudit knows."))

    def protection(self) -> Protection:
        return Protection("keyring", msg("The key lies in this system's keyring; it opens when you log in."))

    def make(self) -> tuple[bytes, Params]:
        entry, key = secrets.token_hex(8), secrets.token_bytes(KEY_BYTES)
        with _in_words():
            self._backends[0].set_password(SERVICE, entry, key.hex())
            kept = self._backends[0].get_password(SERVICE, entry)
        if kept != key.hex():
            raise KnownError(
                "keyring_forgets",
                msg("This system's keyring did not keep what it was given. Use a passphrase instead."),
            )
        return key, {"entry": entry}

    def find(self, params: Params) -> bytes:
        entry = str(params.get("entry", ""))
        for backend in self._backends:
            with _in_words():
                kept = backend.get_password(SERVICE, entry)
            if kept is not None:
                return self._read(kept)
        raise KnownError(
            "keyring_entry_missing",
            msg("This system's keyring no longer holds the key. Open the data with the recovery code."),
        )

    def forget(self, params: Params) -> None:
        for backend in self._backends:
            try:
                with _in_words():
                    backend.delete_password(SERVICE, str(params.get("entry", "")))
            except KnownError as error:  # gone already, or locked: an entry that nothing names does no harm
                log.info("an unused entry may be left in the keyring: %s", error.code)

    def wrong(self) -> KnownError:
        return KnownError(
            "keyring_wrong",
            msg(
                "The key in this system's keyring doesn't open the data. Open the data with the recovery code."
            ),
        )

    def _read(self, kept: str) -> bytes:
        try:
            key = bytes.fromhex(kept)
        except ValueError as error:
            raise self.wrong() from error
        if len(key) != KEY_BYTES:
            raise self.wrong()
        return key


def _known(backend: KeyringBackend, allowed: frozenset[str]) -> tuple[KeyringBackend, ...]:
    """The allowed backends among what the library found; a chain is taken apart, never used as a chain."""
    found = tuple(backend.backends) if isinstance(backend, ChainerBackend) else (backend,)
    return tuple(each for each in found if f"{type(each).__module__}.{type(each).__qualname__}" in allowed)


@contextmanager
def _in_words() -> Iterator[None]:
    """Backends raise what their system libraries raise (D-Bus, COM, ctypes); all of it means: no key from here."""
    try:
        yield
    except KeyringLocked as error:
        raise KnownError(
            "keyring_locked",
            msg("This system's keyring is locked. Unlock it and try again, or use the recovery code."),
        ) from error
    except Exception as error:
        raise KnownError(
            "keyring_failed",
            msg(
                "This system's keyring gave an error ({reason}). Try again after logging in anew, or use the recovery code.",
                reason=str(error) or type(error).__name__,
            ),
        ) from error
