"""What a backup says of itself (`docs/formats.md`, Backup)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from greenaudit.domain.values import Moment, Sha256, Value
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.store.files import cannot_read, read_known

VERSION: Literal[1] = 1
PREFIX = "backup-"
MANIFEST, DATABASE, KEYS, EVIDENCE = "manifest.json", "greenaudit.db", "keys.json", "evidence"


class StoredFile(Value):
    """A file as it lies in the backup, encrypted."""

    sha256: Sha256
    size: int


class Manifest(Value):
    """`evidence` maps the name of each blob to its file. `absent`: named by records, but was not on the device.

    `damaged`: was on the device, but no sound copy was to be had there or in an earlier backup.
    """

    format: Literal["greenaudit-backup"] = "greenaudit-backup"
    version: Literal[1] = VERSION
    made_at: Moment
    app: str
    tables: str
    device_id: str
    device_code: str
    database: StoredFile
    keys: StoredFile
    counts: dict[str, int]
    evidence: dict[Sha256, StoredFile]
    absent: tuple[Sha256, ...] = ()
    damaged: tuple[Sha256, ...] = ()


@dataclass(frozen=True)
class Backup:
    """A backup in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        return self.manifest.made_at

    @property
    def complete(self) -> bool:
        """Whether everything that was on the device is in it."""
        return not self.manifest.damaged

    @property
    def size(self) -> int:
        """Bytes of all files in it; those shared with an earlier backup count here too."""
        files = (self.manifest.database, self.manifest.keys, *self.manifest.evidence.values())
        return sum(file.size for file in files)

    def blob(self, sha256: Sha256) -> Path:
        """Where a blob lies in the backup."""
        return self.folder / EVIDENCE / sha256[:2] / sha256


def read_backup(folder: Path) -> Backup:
    """Reads a backup's manifest; says in a sentence what is wrong with a folder that is none."""
    path = folder / MANIFEST
    if not path.is_file():
        raise KnownError(
            "backup_none",
            msg(
                "{folder} is not a GreenAudit backup: it has no manifest.json. Choose the folder whose name begins with backup-.",
                folder=str(folder),
            ),
        )
    try:
        raw = json.loads(read_known(path).decode("utf-8"))
        if isinstance(raw, dict) and isinstance(raw.get("version"), int) and raw["version"] > VERSION:
            raise KnownError(
                "backup_newer",
                msg(
                    "The backup {folder} was made by a newer GreenAudit. Update the app.", folder=str(folder)
                ),
            )
        return Backup(folder, Manifest.model_validate(raw))
    except (ValueError, ValidationError, RecursionError) as error:
        raise damaged(folder, msg("its manifest can't be read")) from error


def backups_in(target: Path) -> tuple[Backup, ...]:
    """The backups in a folder whose manifests can be read, newest first."""
    found = []
    for folder in target.glob(f"{PREFIX}*"):
        try:
            found.append(read_backup(folder))
        except KnownError:
            continue  # not one of ours any more; it is neither counted nor touched
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.folder.name), reverse=True))


def stored(path: Path) -> StoredFile:
    """What a file is, by its bytes."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return StoredFile(sha256=digest, size=stream.tell())
    except OSError as error:
        raise cannot_read(path, error) from error


def damaged(folder: Path, what: Message) -> KnownError:
    """The sentence for a backup that isn't whole."""
    return KnownError(
        "backup_damaged",
        msg("The backup {folder} is damaged: {what}. Use another backup.", folder=str(folder), what=what),
    )
