"""An encrypted database as a still file: copied while others write, opened without changing a byte, examined."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher

from greenaudit.domain.records import RECORDS
from greenaudit.domain.values import Sha256
from greenaudit.messages import msg
from greenaudit.store import errors
from greenaudit.store.engine import BUSY_SECONDS, refuse_plain
from greenaudit.store.files import no_room, plain_refusals
from greenaudit.store.store import MARKER
from greenaudit.store.versions import VERSIONS

Mode = Literal["still", "live", "new"]
"""`still`: a file nobody writes, on a read-only stick too; `live`: one in use; `new`: to be made."""

_OPEN = {"still": "mode=ro&immutable=1", "live": "mode=rw", "new": "mode=rwc"}
# What records name: photos, the checklists of visits and of the programme, signed reports and their revocation lists.
_NAMED = """
SELECT sha256 FROM photo
UNION SELECT json_extract(pack, '$.sha256') FROM assessment
UNION SELECT sha256 FROM pack
UNION SELECT json_extract(report, '$.sha256') FROM revision
UNION SELECT json_extract(report, '$.crl') FROM revision
"""


@dataclass(frozen=True)
class Snapshot:
    """What a sound database holds. `counts` is by record type, and `change` for the journal."""

    version: str
    device_id: str
    device_code: str
    counts: dict[str, int]
    named: frozenset[Sha256]
    newest: int
    """The `hlc` of the newest change made on this device; 0 where there is none."""


def copy_database(source: Path, key: bytes, target: Path) -> None:
    """A whole, consistent copy under the same key, while others may write; one plain file, durable."""
    with plain_refusals(target):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with database(source, key, "live") as origin, database(target, key, "new") as copy:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    except errors.DiskFullError as error:  # in words that fit: no entry was lost
        raise no_room(target) from error
    with plain_refusals(target), target.open("rb+") as stream:
        os.fsync(stream.fileno())


def examine_database(path: Path, key: bytes, mode: Mode = "still") -> Snapshot:
    """Opens a database and looks at every page. StoreError with a sentence where it isn't ours or isn't sound."""
    with database(path, key, mode) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            raise errors.empty(path)
        if not {"meta", "alembic_version"} <= tables or _meta(connection, "marker") != MARKER:
            raise errors.foreign(path)
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        if version not in VERSIONS:
            raise errors.newer(path, str(version))
        if _faults(connection):
            raise errors.DamagedError(
                "database_damaged",
                msg(
                    "Pages of the database {path} are damaged. Keep the file, and restore a sound backup into a new folder.",
                    path=str(path),
                ),
            )
        return Snapshot(
            version=version,
            device_id=_meta(connection, "device_id"),
            device_code=_meta(connection, "device_code"),
            counts={name: _count(connection, name) for name in ("change", *RECORDS)},
            named=frozenset(row[0] for row in connection.execute(_NAMED) if row[0]),
            newest=connection.execute("SELECT max(hlc) FROM change WHERE own").fetchone()[0] or 0,
        )


@contextmanager
def database(path: Path, key: bytes, mode: Mode) -> Iterator[Any]:
    """A raw connection; the database's errors come out as sentences."""
    if mode != "new":
        if not path.exists():
            raise errors.absent(path)
        refuse_plain(path)
    try:
        with closing(_connect(path, key, mode)) as connection:
            yield connection
    except sqlcipher.Error as error:
        sentence = errors.known(error, str(path))
        if sentence is None:
            raise
        raise sentence from error


def _connect(path: Path, key: bytes, mode: Mode) -> Any:
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{_OPEN[mode]}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = none")
    if mode != "new":
        connection.execute("PRAGMA query_only = ON")
    return connection


def _faults(connection: Any) -> list[str]:
    """What SQLCipher and SQLite find wrong, page by page; the log of a live one is folded in first (see `engine`)."""
    connection.execute("PRAGMA wal_checkpoint").fetchall()
    pages = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    return pages + [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def _meta(connection: Any, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  (our own names)
