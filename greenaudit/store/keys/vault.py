"""Making, opening and re-wrapping the master key of a home."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.log import logger
from greenaudit.messages import Message, msg
from greenaudit.paths import Home
from greenaudit.store.files import make_folder
from greenaudit.store.keys import programme
from greenaudit.store.keys.locking import alone
from greenaudit.store.keys.master import MasterKey
from greenaudit.store.keys.os_keyring import KeyringProtector
from greenaudit.store.keys.protectors import (
    KeyFileProtector,
    PassphraseProtector,
    Protection,
    Protector,
)
from greenaudit.store.keys.recovery import RecoveryCode
from greenaudit.store.keys.wraps import (
    LOCAL,
    KeysFile,
    Wrap,
    WrapKind,
    WrongKeyError,
    keys_damaged,
    read_keys,
    seal,
    unseal,
    write_keys,
)

log = logger("keys")


def create(home: Home, protector: Protector) -> tuple[MasterKey, RecoveryCode]:
    """A new home's master key, wrapped for this device and for a recovery code, which is shown once.

    Both wraps have been opened again before this returns. Refuses where a key or a database already is.
    """
    for path in (home.keys, home.database):
        if path.exists():
            raise KnownError(
                "home_in_use",
                msg("{path} is already there. Open it, or choose another folder.", path=str(path)),
            )
    make_folder(home.root)
    master, code, key_id = MasterKey.generate(), RecoveryCode.generate(), new_id()
    wrap = _sealed_by(protector, key_id, master)
    keys = KeysFile(key_id=key_id, check=master.check(), wraps=(wrap, _sealed_for_code(key_id, code, master)))
    with _forgotten_on_failure(protector, wrap):
        write_keys(home.keys, keys)
    if unlock(home, protector) != master or unlock_with_code(home.keys, code) != master:
        raise keys_damaged(home.keys)
    return master, code


def unlock(home: Home, protector: Protector) -> MasterKey:
    """The master key, by what protects it on this device."""
    return unlock_file(home.keys, protector)


def unlock_file(path: Path, protector: Protector) -> MasterKey:
    """The master key from any keys file, a backup's too, by a protector that still holds its wrapping key."""
    keys = read_keys(path)
    wrap = keys.find(protector.kind)
    if wrap is None:
        raise KnownError(
            "wrap_missing",
            msg(
                "{path} can't be opened this way. Open the data as you did before, or with the recovery code.",
                path=str(path),
            ),
        )
    return _open(path, keys, wrap, protector.find(wrap.params), protector.wrong)


def unlock_with_code(path: Path, code: RecoveryCode | str) -> MasterKey:
    """The master key from a keys file (`keys.json`, a backup's too), by the recovery code."""
    typed = RecoveryCode.parse(code) if isinstance(code, str) else code
    keys = read_keys(path)
    wrap = keys.find("code")
    if wrap is None:
        raise keys_damaged(path)
    try:
        salt = bytes.fromhex(str(wrap.params.get("salt")))
    except ValueError as error:
        raise keys_damaged(path) from error
    return _open(path, keys, wrap, typed.wrapping_key(salt), _wrong_code)


def unlock_with_programme_key(path: Path, private_pem: bytes) -> MasterKey:
    """The master key from a keys file, by the programme's private recovery key."""
    keys = read_keys(path)
    wrap = keys.find("programme")
    if wrap is None:
        raise KnownError(
            "wrap_missing",
            msg("{path} is not wrapped for a programme: this device never enrolled.", path=str(path)),
        )
    return _open(path, keys, wrap, programme.wrapping_key_of(private_pem, wrap.params), _wrong_programme)


def rewrap(home: Home, master: MasterKey, protector: Protector) -> None:
    """Protects the same data another way. The old way is dropped only when the new one is durable and was tried."""
    keys = _own(home.keys, master)
    wrap = _sealed_by(protector, keys.key_id, master)
    with _forgotten_on_failure(protector, wrap):
        _open(home.keys, keys, wrap, protector.find(wrap.params), protector.wrong)
        before = _replace(home, master, LOCAL, wrap)
    if before is not None:
        _forget(home, before)


def renew_code(home: Home, master: MasterKey) -> RecoveryCode:
    """A new recovery code; the old one stops to open this home (older backups still know it)."""
    keys, code = _own(home.keys, master), RecoveryCode.generate()
    _replace(home, master, ("code",), _sealed_for_code(keys.key_id, code, master))
    unlock_with_code(home.keys, code)
    return code


def add_programme_wrap(home: Home, master: MasterKey, public_pem: bytes) -> None:
    """Lets the programme's recovery key open this home's backups; replaces an earlier one."""
    keys = _own(home.keys, master)
    wrapping_key, params = programme.wrapping_key_for(public_pem)
    wrap = seal(keys.key_id, "programme", params, wrapping_key, master)
    _replace(home, master, ("programme",), wrap)


def moved_keys(path: Path, master: MasterKey, protector: Protector) -> KeysFile:
    """A backup's keys for a new device: the code and the programme still open them, the old device no more."""
    keys = _own(path, master)
    return keys.replacing(LOCAL, _sealed_by(protector, keys.key_id, master))


def best_protector(home: Home) -> Protector:
    """The keyring where it works, else a key file; `protection()` of what comes back says which, and why."""
    try:
        protector = KeyringProtector()
        _, params = protector.make()  # a keyring that is there may still refuse
        protector.forget(params)
    except KnownError as error:
        return KeyFileProtector(home.root, _no_keyring(error))
    return protector


def usual_protector(home: Home, passphrase: str | None = None) -> Protector:
    """What opens this home, as its keys file says; a passphrase must be given where one is in use."""
    wrap = read_keys(home.keys).local
    if wrap is None:
        raise keys_damaged(home.keys)
    if wrap.kind == "keyring":
        return KeyringProtector()
    if wrap.kind == "file":
        return KeyFileProtector(home.root)
    if passphrase is None:
        raise KnownError("passphrase_needed", msg("The data opens with a passphrase. Give it."))
    return PassphraseProtector(passphrase)


def protection_of(home: Home) -> Protection:
    """What protects a home, in words; reads only the keys file."""
    wrap = read_keys(home.keys).local
    if wrap is None:
        raise keys_damaged(home.keys)
    if wrap.kind == "keyring":
        return Protection("keyring", msg("The key lies in this system's keyring; it opens when you log in."))
    if wrap.kind == "file":
        return KeyFileProtector(home.root).protection()
    return PassphraseProtector("").protection()


def _open(
    path: Path, keys: KeysFile, wrap: Wrap, wrapping_key: bytes, wrong: Callable[[], KnownError]
) -> MasterKey:
    try:
        return unseal(keys, wrap, wrapping_key, path)
    except WrongKeyError as error:
        raise wrong() from error


def _own(path: Path, master: MasterKey) -> KeysFile:
    """The keys file, if it is this master key's: re-wrapping another key would lock the data for ever."""
    keys = read_keys(path)
    if keys.check != master.check():
        raise KnownError(
            "keys_other",
            msg("{path} belongs to other data than the key that is open.", path=str(path)),
        )
    return keys


def _replace(home: Home, master: MasterKey, kinds: tuple[WrapKind, ...], wrap: Wrap) -> Wrap | None:
    """Puts a wrap in the place of those of some kinds, whatever else was changed meanwhile; gives this device's till now.

    Sealing is done before: a keyring may ask a person, and nobody should wait for that.
    """
    with alone(home.keys):
        keys = _own(home.keys, master)
        write_keys(home.keys, keys.replacing(kinds, wrap))
    return keys.local


def _sealed_by(protector: Protector, key_id: UUID, master: MasterKey) -> Wrap:
    wrapping_key, params = protector.make()
    return seal(key_id, protector.kind, params, wrapping_key, master)


def _sealed_for_code(key_id: UUID, code: RecoveryCode, master: MasterKey) -> Wrap:
    salt = secrets.token_bytes(16)
    return seal(key_id, "code", {"salt": salt.hex()}, code.wrapping_key(salt), master)


@contextmanager
def _forgotten_on_failure(protector: Protector, wrap: Wrap) -> Iterator[None]:
    """No wrapping key is left behind that no keys file names."""
    try:
        yield
    except BaseException:
        protector.forget(wrap.params)
        raise


def _forget(home: Home, wrap: Wrap) -> None:
    """Drops the old wrapping key; a keyring that is gone can't be asked, and holds nothing that is still used."""
    try:
        if wrap.kind == "keyring":
            KeyringProtector().forget(wrap.params)
        elif wrap.kind == "file":
            KeyFileProtector(home.root).forget(wrap.params)
    except KnownError as error:
        log.info("an unused wrapping key stays where it was: %s", error.code)


def _no_keyring(error: KnownError) -> Message:
    if error.code == "keyring_none":
        return msg("This machine has no keyring.")
    if error.code == "keyring_locked":
        return msg("This machine's keyring is locked.")
    return msg("This machine's keyring doesn't work.")


def _wrong_code() -> KnownError:
    return KnownError(
        "wrong_code",
        msg(
            "The code is typed well but opens other data, or it was replaced by a newer code. Look for the right paper."
        ),
    )


def _wrong_programme() -> KnownError:
    return KnownError("programme_key_wrong", msg("This programme's key doesn't open this device's data."))
