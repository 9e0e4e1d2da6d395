"""How the key of an opened home is kept, choosing another way, and the recovery code that opens it when that is lost."""

from __future__ import annotations

from typing import Literal

from greenaudit.errors import KnownError
from greenaudit.messages import Message
from greenaudit.paths import Home
from greenaudit.services.context import Context
from greenaudit.services.views import View
from greenaudit.store import keys
from greenaudit.store.keys import KeyFileProtector, KeyringProtector, PassphraseProtector, Protector

ProtectionKind = Literal["keyring", "passphrase", "file"]
"""What keeps the key of the data on this device."""
CODE_PENDING, PENDING = "recovery_code_pending", "1"
"""The meta entry that says that a recovery code was shown and nobody has confirmed having it."""


class Protection(View):
    """What keeps the key of these data here, in words."""

    kind: ProtectionKind
    message: Message


class Protecting:
    """Keeps the key another way, and makes recovery codes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def current(self) -> Protection:
        """What keeps the key now; the words are the same everywhere."""
        found = keys.protection_of(self._context.home)
        return Protection(kind=found.kind, message=found.message)

    def choose(self, kind: ProtectionKind, passphrase: str = "") -> Protection:
        """Keeps the key another way, or under another passphrase. The old way ends when the new one was tried."""
        context = self._context
        keys.rewrap(context.home, context.master, protector_of(context.home, kind, passphrase))
        return self.current()

    def keyring_trouble(self) -> Message | None:
        """Why this machine's keyring can't keep the key; None where it can."""
        return no_keyring()

    @property
    def code_pending(self) -> bool:
        """Whether a recovery code was shown that nobody has confirmed having."""
        return self._context.store.meta(CODE_PENDING) == PENDING

    def new_code(self) -> str:
        """A new recovery code, to be shown until it is confirmed. The old one no longer opens this home."""
        self._context.store.set_meta(CODE_PENDING, PENDING)
        return keys.renew_code(self._context.home, self._context.master).text

    def confirm_code(self) -> None:
        """Somebody has the code that was shown last."""
        self._context.store.set_meta(CODE_PENDING, "")


def protector_of(home: Home, kind: ProtectionKind, passphrase: str = "") -> Protector:
    """What keeps a key in this way. KnownError where this machine has no keyring."""
    if kind == "keyring":
        return KeyringProtector()
    if kind == "file":
        return KeyFileProtector(home.root)
    return PassphraseProtector(passphrase)


def no_keyring() -> Message | None:
    """Why this machine's keyring can't keep a key; None where it can."""
    try:
        protector = KeyringProtector()
        _, params = protector.make()  # one that is there may still refuse
        protector.forget(params)
    except KnownError as error:
        return error.message
    return None
