"""Migrations of the tables. `migrate` is the door; Alembic (0.4 s to import) is loaded when it is opened."""

from __future__ import annotations

from sqlalchemy.engine import Engine


def migrate(engine: Engine) -> None:
    """Brings the tables of a database to today's version, in one transaction: all of it, or nothing."""
    # The one deferred import of the store: almost no start needs it.
    from greenaudit.store.migrations import runner

    runner.upgrade(engine)
