"""A look at everything that is kept here, for `greenaudit doctor`: each check says in a sentence what it found.

Nothing is changed. What fails says what to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from greenaudit.clock import milliseconds
from greenaudit.domain.values import Sha256
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg, msgs
from greenaudit.paths import Home
from greenaudit.store.backup import backups_in
from greenaudit.store.backup.snapshot import Snapshot, examine_database
from greenaudit.store.blobs import BlobStore
from greenaudit.store.keys import KeyFileProtector, MasterKey, protection_of, read_keys

LEAST_FREE = 1_000_000_000
"""Bytes: some 200 photos and the room a backup needs."""
OLDEST_BACKUP = timedelta(days=7)
CLOCK_GRACE = timedelta(minutes=2)
_HLC_STEPS = 65_536


@dataclass(frozen=True)
class Check:
    """What one look found. `name` is for scripts and never changes."""

    name: str
    ok: bool
    message: Message


def examine(
    home: Home,
    master: MasterKey,
    now: datetime,
    journal: Callable[[], Sequence[str]] | None = None,
    backups: Path | None = None,
    elsewhere: datetime | None = None,
    derived: Collection[Sha256] = (),
) -> tuple[Check, ...]:
    """All checks of a home whose key is open. `journal` lists where the tables aren't what the journal adds up to

    (`Store.check`); `backups` is where backups are kept, when it is not the home; `elsewhere` says when the last one
    was made in another folder, which may not be at hand; `derived` are files that no record names and that can be made
    again, such as stamped copies of reports.
    """
    checks = [_keys(home)]
    try:
        snapshot = examine_database(home.database, master.derive("database"), "live")
    except KnownError as error:
        checks.append(Check("database", ok=False, message=error.message))
    else:
        checks += [_database(snapshot), _clock(snapshot, now), *_evidence(home, master, snapshot, derived)]
        if journal is not None:
            checks.append(_journal(journal))
    return (*checks, _space(home), _backup(backups or home.backups, now, elsewhere), _log(home))


def _keys(home: Home) -> Check:
    try:
        protection = protection_of(home)
        wrap = read_keys(home.keys).local
        if protection.kind == "file" and wrap is not None:
            KeyFileProtector(home.root).find(wrap.params)  # refuses a file that others can read
    except KnownError as error:
        return Check("keys", ok=False, message=error.message)
    return Check("keys", ok=True, message=protection.message)


def _database(snapshot: Snapshot) -> Check:
    return Check(
        "database",
        ok=True,
        message=msgs(
            "The database is sound; its journal has {n} change.",
            "The database is sound; its journal has {n} changes.",
            snapshot.counts["change"],
        ),
    )


def _journal(journal: Callable[[], Sequence[str]]) -> Check:
    try:
        differences = journal()
    except KnownError as error:
        return Check("journal", ok=False, message=error.message)
    if not differences:
        return Check("journal", ok=True, message=msg("The records are exactly what the journal adds up to."))
    return Check(
        "journal",
        ok=False,
        message=msgs(
            "{n} record is not what the journal adds up to ({first}). Restart GreenAudit; if this stays, rebuild from the journal.",
            "{n} records are not what the journal adds up to ({first}, …). Restart GreenAudit; if this stays, rebuild from the journal.",
            len(differences),
            first=differences[0],
        ),
    )


def _clock(snapshot: Snapshot, now: datetime) -> Check:
    ahead = snapshot.newest // _HLC_STEPS - milliseconds(now)
    if timedelta(milliseconds=ahead) > CLOCK_GRACE:
        return Check(
            "clock",
            ok=False,
            message=msg("This machine's clock stands before your newest entry. Set its date and time."),
        )
    return Check("clock", ok=True, message=msg("This machine's clock fits the entries."))


def _evidence(
    home: Home, master: MasterKey, snapshot: Snapshot, derived: Collection[Sha256]
) -> tuple[Check, ...]:
    blobs = BlobStore(home.blobs, master.derive("blobs"))
    here = set(blobs.all())
    absent = snapshot.named - here
    damaged = sorted(name for name in here if not blobs.sound(name))
    checks = [_evidence_state(len(snapshot.named), absent, damaged)]
    orphans = here - snapshot.named - set(derived)
    if orphans:
        checks.append(
            Check(
                "orphans",
                ok=True,
                message=msgs(
                    "{n} evidence file is named by no record. It does no harm and stays.",
                    "{n} evidence files are named by no record. They do no harm and stay.",
                    len(orphans),
                ),
            )
        )
    return tuple(checks)


def _evidence_state(named: int, absent: frozenset[str], damaged: list[str]) -> Check:
    if damaged:
        message = msgs(
            "{n} evidence file is damaged ({first}). Synchronise, or restore it from a backup.",
            "{n} evidence files are damaged ({first}, …). Synchronise, or restore them from a backup.",
            len(damaged),
            first=damaged[0][:12],
        )
        return Check("evidence", ok=False, message=message)
    if absent:
        message = msgs(
            "{n} evidence file is not on this device ({first}). Synchronise, or restore it from a backup.",
            "{n} evidence files are not on this device ({first}, …). Synchronise, or restore them from a backup.",
            len(absent),
            first=min(absent)[:12],
        )
        return Check("evidence", ok=False, message=message)
    message = msgs("{n} evidence file, whole.", "{n} evidence files, all whole.", named)
    return Check("evidence", ok=True, message=message)


def _space(home: Home) -> Check:
    free = shutil.disk_usage(home.root).free
    megabytes = free // 1_000_000
    if free < LEAST_FREE:
        return Check(
            "space",
            ok=False,
            message=msg(
                "Only {size} MB are free on this disk. Free some space before the visit.", size=megabytes
            ),
        )
    return Check("space", ok=True, message=msg("{size} MB are free on this disk.", size=megabytes))


def _log(home: Home) -> Check:
    """Where to look when something went wrong."""
    return Check(
        "log",
        ok=True,
        message=msg("The log is {path}. It holds no answers, no names and no keys.", path=str(home.log)),
    )


def _backup(folder: Path, now: datetime, elsewhere: datetime | None) -> Check:
    made = backups_in(folder)
    if elsewhere is not None and (not made or made[0].made_at < elsewhere):
        days = max(now - elsewhere, timedelta(0)).days
        message = msgs(
            "The newest backup is {n} day old; it lies in another folder.",
            "The newest backup is {n} days old; it lies in another folder.",
            days,
        )
        return Check("backup", ok=now - elsewhere <= OLDEST_BACKUP, message=message)
    if not made:
        return Check("backup", ok=False, message=msg("There is no backup yet. Make one: greenaudit backup"))
    age = max(now - made[0].made_at, timedelta(0))
    if not made[0].complete:
        return Check(
            "backup",
            ok=False,
            message=msgs(
                "The newest backup lacks {n} evidence file that was damaged.",
                "The newest backup lacks {n} evidence files that were damaged.",
                len(made[0].manifest.damaged),
            ),
        )
    message = msgs("The newest backup is {n} day old.", "The newest backup is {n} days old.", age.days)
    return Check("backup", ok=age <= OLDEST_BACKUP, message=message)
