"""The one connection that writes, taken by one thread at a time.

A database file has one writer at a time anyway; waiting for a lock in turn is kinder than asking the file again
and again. Transactions are begun and ended on the driver itself: SQLAlchemy joins in only when it is used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from greenaudit.errors import BugError
from greenaudit.store import errors
from greenaudit.store.engine import BUSY_SECONDS, WRITING, begin_writing


class Writer:
    """Keeps the writing connection and lends it for one transaction."""

    def __init__(self, engine: Engine, *, patience: float = BUSY_SECONDS) -> None:
        self._engine = engine
        self._patience = patience
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._closed = False
        self._connection: Connection | None = None
        self._trouble: tuple[type[Exception], ...] = (DBAPIError, engine.dialect.loaded_dbapi.Error)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One writing transaction: durable when the block has ended, undone when it raises."""
        if self._owner == threading.get_ident():
            raise BugError("a unit was begun within a unit")
        if not self._lock.acquire(timeout=self._patience):
            raise errors.locked(errors.where(self._engine))
        self._owner = threading.get_ident()
        try:
            connection = self._opened()
            driver: Any = connection.connection.driver_connection
            begin_writing(driver)
            try:
                yield connection
                self._end(connection, driver, keep=True)
            except BaseException:
                self._end(connection, driver, keep=False)
                raise
        except self._trouble as error:
            raise self._told(error) from error
        finally:
            self._owner = None
            self._lock.release()

    def close(self) -> None:
        """Gives the connection back to the pool, for good: a thread that was left behind opens nothing any more."""
        with self._lock:
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> Connection:
        if self._closed:
            raise errors.was_closed(errors.where(self._engine))
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(**WRITING)
        return self._connection

    def _end(self, connection: Connection, driver: Any, *, keep: bool) -> None:
        if keep:
            (connection if connection.in_transaction() else driver).commit()
            return
        # After a failed commit SQLAlchemy holds a dead transaction that must be let go as well as the driver's.
        if connection.get_transaction() is not None:
            connection.rollback()
        if driver.in_transaction:
            driver.rollback()

    def _told(self, error: Exception) -> Exception:
        return errors.known(error, errors.where(self._engine)) or error
