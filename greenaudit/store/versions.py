"""Which version of the tables a database has, read without the migrations: they are loaded only when needed."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select
from sqlalchemy.engine import Connection

VERSIONS = ("0001", "0002")
"""Every version of the tables, oldest first; one migration leads to each. A new migration is entered here."""

HEAD_VERSION = VERSIONS[-1]

# Alembic's own table, declared here so that a new database can be stamped without importing Alembic.
VERSION_TABLE = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where the database has none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE.name):
        return None
    return connection.execute(select(VERSION_TABLE.c.version_num)).scalar()


def stamp_new(connection: Connection) -> None:
    """Marks a database whose tables were just made."""
    VERSION_TABLE.create(connection)
    connection.execute(insert(VERSION_TABLE).values(version_num=HEAD_VERSION))
