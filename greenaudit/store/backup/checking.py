"""Whether a backup would restore: asked of every new one, and whenever a person wants to know."""

from __future__ import annotations

from pathlib import Path

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.backup.manifest import (
    DATABASE,
    EVIDENCE,
    KEYS,
    Backup,
    StoredFile,
    damaged,
    read_backup,
    stored,
)
from greenaudit.store.backup.snapshot import examine_database
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import MasterKey, read_keys


def verify_backup(folder: Path, master: MasterKey | None = None) -> Backup:
    """Checks a backup and gives it back; KnownError with a sentence when it would not restore.

    Without the key, every file is compared with its hash. With the key, the database is opened, all its pages
    are checked and its records counted, and every piece of evidence is decrypted to its end.
    """
    backup = read_backup(folder)
    _same(backup, DATABASE, backup.manifest.database)
    _same(backup, KEYS, backup.manifest.keys)
    if master is None:
        for sha256, file in backup.manifest.evidence.items():
            _same(backup, f"{EVIDENCE}/{sha256[:2]}/{sha256}", file)
        return backup
    if read_keys(folder / KEYS).check != master.check():
        raise damaged(folder, msg("its keys.json belongs to other data"))
    _check_database(backup, master)
    _check_evidence(backup, master)
    return backup


def _check_database(backup: Backup, master: MasterKey) -> None:
    snapshot = examine_database(backup.folder / DATABASE, master.derive("database"))
    manifest = backup.manifest
    if snapshot.counts != manifest.counts:
        raise damaged(backup.folder, msg("its database doesn't hold the records that were counted"))
    unaccounted = snapshot.named - set(manifest.evidence) - set(manifest.absent) - set(manifest.damaged)
    if unaccounted:
        raise damaged(
            backup.folder, msg("the evidence {name} is missing from it", name=min(unaccounted)[:12])
        )


def _check_evidence(backup: Backup, master: MasterKey) -> None:
    blobs = BlobStore(backup.folder / EVIDENCE, master.derive("blobs"))
    for sha256 in backup.manifest.evidence:
        try:
            blobs.verify(sha256)
        except KnownError as error:
            raise damaged(
                backup.folder, msg("the evidence {name} in it can't be read", name=sha256[:12])
            ) from error


def _same(backup: Backup, name: str, file: StoredFile) -> None:
    path = backup.folder / name
    if not path.is_file():
        raise damaged(backup.folder, msg("{name} is missing from it", name=name))
    if path.stat().st_size != file.size or stored(path) != file:
        raise damaged(backup.folder, msg("{name} in it was changed or is cut short", name=name))
