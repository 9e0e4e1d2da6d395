"""Opening the encrypted database. All that is particular to SQLite and SQLCipher stands here.

Transactions are begun by us: a writing one with BEGIN IMMEDIATE, so that it never finds itself reading first and
locked out afterwards, and a reading one with a plain BEGIN, so that it sees one moment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from greenaudit.errors import BugError
from greenaudit.store import errors
from greenaudit.store.jsontext import dumps

PLAIN_HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 10.0
WRITING = {"writing": True}
"""Execution options of a connection that will write."""


def open_engine(path: Path, key: bytes, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine on the encrypted file, made when absent. `key` is the raw 32-byte key.

    Raises StoreError when a plain SQLite or other unencrypted file is there, or the key is wrong.
    """
    if len(key) != 32:
        raise BugError("the database key has 32 bytes")
    refuse_plain(path)
    pragmas = (
        f"PRAGMA key = \"x'{key.hex()}'\"",
        "PRAGMA cipher_log_level = none",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
    )

    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path),
            check_same_thread=False,
            isolation_level=None,
            timeout=busy_seconds,
            cached_statements=256,
        )
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=sqlcipher,
        poolclass=QueuePool,
        json_serializer=dumps,
        hide_parameters=True,  # an error's text must not carry what somebody answered
        execution_options={"place": str(path)},
    )
    event.listen(engine, "begin", _begin)
    with errors.translated(engine), engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    return engine


def refuse_plain(path: Path) -> None:
    """Raises ForeignFileError for a file that plain SQLite wrote: any key seems to fit until the first read."""
    try:
        with path.open("rb") as stream:
            start = stream.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise errors.unreachable(str(path)) from error
    if start == PLAIN_HEADER:
        raise errors.foreign(path)


def begin_writing(driver: Any) -> None:
    """Begins a writing transaction on the driver's connection."""
    driver.execute("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    """Begins what SQLAlchemy believes it has begun, unless the transaction is already ours."""
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:
        return
    if connection.get_execution_options().get("writing", False):
        begin_writing(driver)
    else:
        driver.execute("BEGIN")


def integrity(engine: Engine) -> list[str]:
    """What SQLite and SQLCipher find wrong in the file; nothing when it is sound.

    A page that a full disk tore while the log was folded in is whole in the log: it is folded in once more first.
    """
    with errors.translated(engine), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint")
        pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
        tables = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [*map(str, pages), *(str(line) for line in tables if line != "ok")]


def copy_to(engine: Engine, target: Path) -> None:
    """Writes a whole, consistent copy under the same key; `target` must not exist."""
    with errors.translated(engine), engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise BugError("the pool gave a connection that is closed")
        raw.execute("VACUUM INTO ?", (str(target),))
