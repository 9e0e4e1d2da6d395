"""Restoring a backup into an empty home, on this or another machine.

The restored home is a new device: it has a device id and code of its own, since the old device may go on writing
its chains and giving its report numbers, and it has no signing keys until it is enrolled.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from greenaudit.clock import Clock
from greenaudit.paths import Home
from greenaudit.store.backup.checking import verify_backup
from greenaudit.store.backup.manifest import DATABASE, KEYS, Backup, read_backup
from greenaudit.store.files import copy_whole, plain_refusals
from greenaudit.store.keys import (
    MasterKey,
    ProgrammePem,
    Protector,
    RecoveryCode,
    best_protector,
    moved_keys,
    unlock,
    unlock_file,
    unlock_with_code,
    unlock_with_programme_key,
    write_keys,
)
from greenaudit.store.staging import put_up, refuse_if_occupied
from greenaudit.store.store import Store

RESTORED_FROM = "restored_from"
"""The fact (`Store.meta`) that a home was restored: "<old device id> <when the backup was made>"."""


@dataclass(frozen=True)
class Restored:
    """A home that was restored, with its key open."""

    home: Home
    backup: Backup
    master: MasterKey = field(repr=False)


def restore(
    folder: Path,
    opener: RecoveryCode | str | ProgrammePem | Protector,
    home: Home,
    protector_for: Callable[[Home], Protector] = best_protector,
    clock: Clock | None = None,
) -> Restored:
    """Restores a backup, opened by its recovery code, the programme's recovery key, or a protector that still opens it.

    `protector_for` makes what will protect the new home. All is put up beside the home, opened and turned into a
    new device, and takes the home's place only then. KnownError leaves everything as it was.
    """
    refuse_if_occupied(home)
    keys_file = read_backup(folder).folder / KEYS
    if isinstance(opener, RecoveryCode | str):
        master = unlock_with_code(keys_file, opener)
    elif isinstance(opener, ProgrammePem):
        master = unlock_with_programme_key(keys_file, opener.private)
    else:
        master = unlock_file(keys_file, opener)
    backup = verify_backup(folder, master)
    with put_up(home, "restoring") as staged:
        _fill(staged, backup, master, protector_for)
        _become_new(staged, backup, master, clock)
    return Restored(home, backup, master)


def _fill(
    staged: Home, backup: Backup, master: MasterKey, protector_for: Callable[[Home], Protector]
) -> None:
    with plain_refusals(staged.root):
        copy_whole(backup.folder / DATABASE, staged.database)
        for sha256 in backup.manifest.evidence:
            source = backup.blob(sha256)
            copy_whole(source, staged.blobs / source.parent.name / source.name)
    protector = protector_for(staged)
    write_keys(staged.keys, moved_keys(backup.folder / KEYS, master, protector))
    if unlock(staged, protector) != master:
        raise protector.wrong()


def _become_new(staged: Home, backup: Backup, master: MasterKey, clock: Clock | None) -> None:
    with closing(Store.open(staged, master.derive("database"), clock)) as store:
        store.become_new_device()
        store.set_meta(RESTORED_FROM, f"{backup.manifest.device_id} {backup.made_at.isoformat()}")
