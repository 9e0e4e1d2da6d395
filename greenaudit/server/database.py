"""The endpoint's own database: opened, made when new, refused when it comes from the future."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.tables import meta, metadata
from greenaudit.store import errors
from greenaudit.store.engine import WRITING

VERSION = 1


class Database:
    """Short transactions on the endpoint's tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def prepared(cls, engine: Engine, path: Path) -> Database:
        """Makes the tables where they are missing; KnownError for a database of a newer GreenAudit."""
        made = cls(engine)
        with made.writing() as connection:
            metadata.create_all(connection)
        found = made.get("version")
        if found is None:
            made.put("version", str(VERSION))
        elif int(found) > VERSION:
            raise KnownError(
                "endpoint_newer",
                msg(
                    "{path} was written by a newer GreenAudit. Update this one; nothing was changed.",
                    path=str(path),
                ),
            )
        return made

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes."""
        engine = self._engine.execution_options(**WRITING)
        with errors.translated(self._engine), engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads."""
        with errors.translated(self._engine), self._engine.connect() as connection:
            yield connection

    def get(self, name: str) -> str | None:
        """A fact about this endpoint."""
        with self.reading() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()

    def need(self, name: str) -> str:
        """A fact that every finished endpoint has; KnownError when setting up was never finished."""
        value = self.get(name)
        if value is None:
            raise KnownError(
                "endpoint_unfinished",
                msg("This endpoint was never set up to the end. Set it up again in an empty folder."),
            )
        return value

    def put(self, name: str, value: str) -> None:
        """Keeps a fact about this endpoint."""
        with self.writing() as connection:
            put_in(connection, name, value)

    def close(self) -> None:
        """Lets the database go."""
        self._engine.dispose()


def put_in(connection: Connection, name: str, value: str) -> None:
    """Keeps a fact in a transaction that does more than that."""
    connection.execute(delete(meta).where(meta.c.name == name))
    connection.execute(insert(meta).values(name=name, value=value))
