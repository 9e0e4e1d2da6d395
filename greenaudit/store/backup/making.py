"""Making a backup: copied, then opened and checked, and only then given its name.

Every backup is a folder that is whole by itself. What an earlier one in the same place already holds is shared
with it by a hard link where the disk can do that, so ten backups of a thousand photos need the room of one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import greenaudit
from greenaudit.clock import Clock, SystemClock
from greenaudit.domain.values import Sha256
from greenaudit.paths import Home
from greenaudit.store.backup.checking import verify_backup
from greenaudit.store.backup.manifest import (
    DATABASE,
    EVIDENCE,
    KEYS,
    MANIFEST,
    PREFIX,
    Backup,
    Manifest,
    StoredFile,
    backups_in,
    stored,
)
from greenaudit.store.backup.snapshot import copy_database, examine_database
from greenaudit.store.blobs import BlobStore
from greenaudit.store.files import (
    DRAFT,
    copy_whole,
    make_folder,
    plain_refusals,
    read_known,
    sync_folder,
    write_whole,
)
from greenaudit.store.keys import MasterKey

KEEP = 5


def make(
    home: Home, master: MasterKey, target: Path | None = None, clock: Clock | None = None, keep: int = KEEP
) -> Backup:
    """A checked backup of a home in `target` (the home's own folder of backups when not given).

    The app may go on working meanwhile. The newest `keep` backups stay; older ones go only when this one is
    complete. KnownError when it can't be made or doesn't pass; the older ones stay then.
    """
    target = target or home.backups
    make_folder(target)
    _sweep(target)
    draft = target / f"{DRAFT}{uuid4().hex}"
    with plain_refusals(target):
        draft.mkdir(mode=0o700)
        try:
            _fill(draft, home, master, backups_in(target), clock or SystemClock())
            made = verify_backup(draft, master).manifest
            folder = _free_name(target, made)
            os.rename(draft, folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        sync_folder(target)
    backup = Backup(folder, made)
    if backup.complete:
        _prune(target, keep)
    return backup


def _fill(draft: Path, home: Home, master: MasterKey, earlier: tuple[Backup, ...], clock: Clock) -> None:
    made_at = clock.now()
    # The database first: evidence is durable before a row names it, so what the copy names is there by now.
    copy_database(home.database, master.derive("database"), draft / DATABASE)
    snapshot = examine_database(draft / DATABASE, master.derive("database"))
    write_whole(draft / KEYS, read_known(home.keys))
    collector = _Collector(draft, home, master, earlier)
    evidence = collector.collect(snapshot.named)
    manifest = Manifest(
        made_at=made_at,
        app=greenaudit.__version__,
        tables=snapshot.version,
        device_id=snapshot.device_id,
        device_code=snapshot.device_code,
        database=stored(draft / DATABASE),
        keys=stored(draft / KEYS),
        counts=snapshot.counts,
        evidence=evidence,
        absent=tuple(sorted(collector.absent)),
        damaged=tuple(sorted(collector.damaged)),
    )
    write_whole(draft / MANIFEST, manifest.model_dump_json(indent=1).encode("utf-8"))


class _Collector:
    """Brings evidence into a backup: shared with an earlier one, else from the home; always read to its end."""

    def __init__(self, draft: Path, home: Home, master: MasterKey, earlier: tuple[Backup, ...]) -> None:
        key = master.derive("blobs")
        self._live = BlobStore(home.blobs, key)
        self._kept = BlobStore(draft / EVIDENCE, key)
        self._earlier = earlier
        self.absent: set[Sha256] = set()
        self.damaged: set[Sha256] = set()

    def collect(self, named: Iterable[Sha256]) -> dict[Sha256, StoredFile]:
        """All evidence of the home, and what records name."""
        found = {}
        for sha256 in sorted({*self._live.all(), *named}):
            file = self._bring(sha256)
            if file is not None:
                found[sha256] = file
        return found

    def _bring(self, sha256: Sha256) -> StoredFile | None:
        path = self._kept.path(sha256)
        for backup in self._earlier:
            if sha256 in backup.manifest.evidence and backup.blob(sha256).is_file():
                _link(backup.blob(sha256), path)
                if self._kept.sound(sha256):
                    return stored(path)
        if self._live.has(sha256):
            copy_whole(self._live.path(sha256), path)
            if self._kept.sound(sha256):
                return stored(path)
            self.damaged.add(sha256)
        else:
            self.absent.add(sha256)
        path.unlink(missing_ok=True)
        return None


def _link(source: Path, path: Path) -> None:
    make_folder(path.parent)
    path.unlink(missing_ok=True)
    with suppress(OSError):  # no hard links on this disk
        os.link(source, path)
        return
    copy_whole(source, path)


def _free_name(target: Path, manifest: Manifest) -> Path:
    stem = f"{PREFIX}{manifest.made_at:%Y%m%dT%H%M%SZ}"
    folder, number = target / stem, 1
    while folder.exists():
        number += 1
        folder = target / f"{stem}-{number}"
    return folder


def _prune(target: Path, keep: int) -> None:
    for old in backups_in(target)[max(1, keep) :]:
        # Without its manifest it is no backup any more, whatever happens to the rest.
        (old.folder / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(old.folder, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Removes what an interrupted backup left."""
    for leftover in target.glob(f"{DRAFT}*"):
        shutil.rmtree(leftover, ignore_errors=True)
