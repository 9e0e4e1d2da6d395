"""Keys: one random master key, wrapped for the device, for a recovery code and for the programme."""

from greenaudit.store.keys.master import MasterKey
from greenaudit.store.keys.os_keyring import KeyringProtector
from greenaudit.store.keys.programme import ProgrammePem, new_programme_key
from greenaudit.store.keys.programme_file import ProgrammeKey, make_programme_key, open_programme_key
from greenaudit.store.keys.protectors import (
    KeyFileProtector,
    PassphraseProtector,
    Protection,
    Protector,
)
from greenaudit.store.keys.recovery import RecoveryCode
from greenaudit.store.keys.vault import (
    add_programme_wrap,
    best_protector,
    create,
    moved_keys,
    protection_of,
    renew_code,
    rewrap,
    unlock,
    unlock_file,
    unlock_with_code,
    unlock_with_programme_key,
    usual_protector,
)
from greenaudit.store.keys.wraps import KeysFile, read_keys, write_keys

__all__ = [
    "KeyFileProtector",
    "KeyringProtector",
    "KeysFile",
    "MasterKey",
    "PassphraseProtector",
    "ProgrammeKey",
    "ProgrammePem",
    "Protection",
    "Protector",
    "RecoveryCode",
    "add_programme_wrap",
    "best_protector",
    "create",
    "make_programme_key",
    "moved_keys",
    "new_programme_key",
    "open_programme_key",
    "protection_of",
    "read_keys",
    "renew_code",
    "rewrap",
    "unlock",
    "unlock_file",
    "unlock_with_code",
    "unlock_with_programme_key",
    "usual_protector",
    "write_keys",
]
