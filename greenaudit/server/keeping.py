"""Backups of an endpoint, and a look at what it keeps: the same as on a laptop, for a home that is nobody's own."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from greenaudit.clock import Clock, SystemClock
from greenaudit.paths import Home
from greenaudit.server import numbers
from greenaudit.server.opening import DATABASE, PASSPHRASE_VARIABLE, endpoint_of
from greenaudit.services.backups import BACKUP_AT
from greenaudit.store import backup, doctor, keys
from greenaudit.store.backup import Backup
from greenaudit.store.doctor import Check
from greenaudit.store.keys import MasterKey


def is_endpoint(home: Home) -> bool:
    """Whether a home is an endpoint's."""
    return (home.root / DATABASE).exists()


def back_up(home: Home, target: Path | None, clock: Clock | None = None) -> Backup:
    """A backup of the endpoint's journal and evidence, opened and checked; the endpoint may go on working meanwhile.

    Accounts (`endpoint.db`), `authority/` and `identity/` are not in it: they are copied beside it.
    """
    with endpoint_of(home) as endpoint:
        made = backup.make(home, _master(home), target, clock or SystemClock())
        endpoint.store.set_meta(BACKUP_AT, made.made_at.isoformat())
    return made


def examine(home: Home, clock: Clock | None = None) -> tuple[Check, ...]:
    """The endpoint's keys, database, journal, evidence, space and backups, and whether report numbers are given once."""
    with endpoint_of(home) as endpoint:
        last = endpoint.store.meta(BACKUP_AT)
        with endpoint.store.read() as reader:
            given_once = numbers.check(reader)
        found = doctor.examine(
            home,
            _master(home),
            (clock or SystemClock()).now(),
            endpoint.store.check,
            elsewhere=datetime.fromisoformat(last) if last else None,
        )
    return (*found, given_once)


def _master(home: Home) -> MasterKey:
    return keys.unlock(home, keys.usual_protector(home, os.environ.get(PASSPHRASE_VARIABLE)))
