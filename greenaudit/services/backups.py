"""Backups that were opened and checked, restoring one, and a look at everything that the app keeps."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from greenaudit.clock import SystemClock
from greenaudit.paths import Home
from greenaudit.services.context import OWNER, Context
from greenaudit.services.extending import copies
from greenaudit.services.identity import Identities
from greenaudit.services.protecting import CODE_PENDING
from greenaudit.store import backup, doctor, keys
from greenaudit.store.backup import Backup
from greenaudit.store.doctor import Check
from greenaudit.store.keys import PassphraseProtector, ProgrammePem, Protector, best_protector
from greenaudit.store.store import Store
from greenaudit.sync.heads import sign_own_heads

BACKUP_AT = "backup_at"
BACKUP_HOLDS = "backup_holds"
EVERY = timedelta(hours=4)
"""How old the last backup may be while somebody works."""


class Backups:
    """Makes backups of an opened home and examines it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def make(self, folder: Path | None = None) -> Backup:
        """A backup in the home's own folder, or in another; it has been opened and checked when this returns."""
        context = self._context
        self._sign_heads()
        Identities(context).keep_public()
        changes = self._changes()
        made = backup.make(context.home, context.master, folder, context.clock)
        context.store.set_meta(BACKUP_AT, made.made_at.isoformat())
        if folder is None:
            context.store.set_meta(BACKUP_HOLDS, str(changes))
        return made

    def make_if_due(self) -> Backup | None:
        """The rolling backup: made when something has changed since the last one and that is some hours old."""
        last = self._context.store.meta(BACKUP_AT)
        if self._context.store.meta(BACKUP_HOLDS) == str(self._changes()):
            return None
        if last and self._context.clock.now() - datetime.fromisoformat(last) < EVERY:
            return None
        return self.make()

    def _sign_heads(self) -> None:
        """Signs what was never sent: the keys are in no backup, and whoever restores it must prove who wrote it."""
        context = self._context
        if context.home.identity.exists():
            sign_own_heads(context.store, Identities(context).identity())

    def _changes(self) -> int:
        """How many changes the journal holds: what a backup is compared with."""
        with self._context.store.read() as reader:
            return sum(head.seq for chains in reader.chain_heads().values() for head in chains.values())

    def new_recovery_code(self) -> str:
        """A new recovery code, to be shown once; the old one no longer opens this home (older backups still know it)."""
        code = keys.renew_code(self._context.home, self._context.master)
        self._context.store.set_meta(CODE_PENDING, "")  # whoever asks for it here is shown it at once
        return code.text

    def recent(self, folder: Path | None = None) -> tuple[Backup, ...]:
        """The backups in the home's own folder, or in another, newest first."""
        return backup.backups_in(folder or self._context.home.backups)

    def newest(self) -> datetime | None:
        """When the last backup was made, wherever it lies; None before the first."""
        last = self._context.store.meta(BACKUP_AT)
        return datetime.fromisoformat(last) if last else None

    def examine(self) -> tuple[Check, ...]:
        """Looks at the keys, the database, the journal, the evidence, the space and the backups."""
        context = self._context
        last = context.store.meta(BACKUP_AT)
        return doctor.examine(
            context.home,
            context.master,
            context.clock.now(),
            context.store.check,
            elsewhere=datetime.fromisoformat(last) if last else None,
            derived=copies(context.store),
        )


@dataclass(frozen=True)
class Returned:
    """A backup that was restored. `of_endpoint`: it belongs to nobody and isn't whole without the endpoint's other files."""

    backup: Backup
    of_endpoint: bool


def restore_backup(
    folder: Path,
    code: str,
    home: Home,
    passphrase: str | None = None,
    *,
    programme_key: bytes | None = None,
) -> Returned:
    """Restores a backup into an empty home with its recovery code; works on any machine.

    With a programme's recovery key (its file) the code is that file's.

    The restored home is a new device: it enrols again before it signs or syncs.
    """

    opener = code if programme_key is None else ProgrammePem(keys.open_programme_key(programme_key, code))

    def protector_for(place: Home) -> Protector:
        return PassphraseProtector(passphrase) if passphrase else best_protector(place)

    restored = backup.restore(folder, opener, home, protector_for, SystemClock())
    with closing(Store.open(home, restored.master.derive("database"))) as store:
        return Returned(restored.backup, of_endpoint=store.meta(OWNER) is None)
