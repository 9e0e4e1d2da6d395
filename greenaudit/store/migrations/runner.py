"""Runs Alembic on a connection of ours."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from greenaudit.store.engine import WRITING

FOLDER = Path(__file__).parent


def config_for(connection: Connection) -> Config:
    """Alembic's settings for a connection whose transaction is ours."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Runs the migrations up to a revision, in one transaction."""
    with engine.execution_options(**WRITING).begin() as connection:
        command.upgrade(config_for(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Runs the migrations back to a revision, for tests and for repairs."""
    with engine.execution_options(**WRITING).begin() as connection:
        command.downgrade(config_for(connection), revision)
