"""Backups: made, opened and checked after they are made, verified when asked, restored on another machine."""

from greenaudit.store.backup.checking import verify_backup
from greenaudit.store.backup.making import KEEP, make
from greenaudit.store.backup.manifest import Backup, Manifest, backups_in, read_backup
from greenaudit.store.backup.restoring import RESTORED_FROM, Restored, restore

__all__ = [
    "KEEP",
    "RESTORED_FROM",
    "Backup",
    "Manifest",
    "Restored",
    "backups_in",
    "make",
    "read_backup",
    "restore",
    "verify_backup",
]
