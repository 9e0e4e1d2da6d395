"""Restoring a backup into an empty home, on this or another machine.

The restored home is a new device: it has a device id and code of its own, since the old device may go on writing
its chains and giving its report numbers, and it has no signing keys until it is enrolled.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from uuid import uuid4

from greenaudit.clock import Clock
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.store.backup.checking import verify_backup
from greenaudit.store.backup.manifest import DATABASE, KEYS, Backup, read_backup
from greenaudit.store.files import copy_whole, make_folder, plain_refusals, sync_folder
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
from greenaudit.store.store import Store

RESTORED_FROM = "restored_from"
"""The fact (`Store.meta`) that a home was restored: "<old device id> <when the backup was made>"."""

_MAY_BE_THERE = frozenset({"logs", "settings.json"})
"""What the app makes before it has data; it stays."""


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
    _refuse_if_occupied(home)
    keys_file = read_backup(folder).folder / KEYS
    if isinstance(opener, RecoveryCode | str):
        master = unlock_with_code(keys_file, opener)
    elif isinstance(opener, ProgrammePem):
        master = unlock_with_programme_key(keys_file, opener.private)
    else:
        master = unlock_file(keys_file, opener)
    backup = verify_backup(folder, master)
    root = home.root.absolute()
    _sweep(root)
    staged = Home(root.with_name(f"{_staged(root)}{uuid4().hex[:8]}"))
    try:
        _fill(staged, backup, master, protector_for)
        _become_new(staged, backup, master, clock)
        _take_place(staged, home)
    except BaseException:
        shutil.rmtree(staged.root, ignore_errors=True)
        raise
    return Restored(home, backup, master)


def _staged(root: Path) -> str:
    """What the folder in which a home is put up is called, but for its last letters."""
    return f".{root.name[:200]}-restoring-"


def _sweep(root: Path) -> None:
    """Removes what an interrupted restoring left."""
    if root.parent.is_dir():
        for leftover in root.parent.glob(f"{escape(_staged(root))}*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _fill(
    staged: Home, backup: Backup, master: MasterKey, protector_for: Callable[[Home], Protector]
) -> None:
    with plain_refusals(staged.root):
        make_folder(staged.root)
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


def _take_place(staged: Home, home: Home) -> None:
    _refuse_if_occupied(home)
    with plain_refusals(home.root):
        if home.root.exists():
            for name in _MAY_BE_THERE:
                if (home.root / name).exists():
                    os.replace(home.root / name, staged.root / name)
            home.root.rmdir()
        os.rename(staged.root, home.root)
        sync_folder(home.root.absolute().parent)


def _refuse_if_occupied(home: Home) -> None:
    if home.root.exists() and any(path.name not in _MAY_BE_THERE for path in home.root.iterdir()):
        raise KnownError(
            "home_in_use",
            msg(
                "{path} already holds data. Move that folder away and keep it until all is well, then restore again.",
                path=str(home.root),
            ),
        )
