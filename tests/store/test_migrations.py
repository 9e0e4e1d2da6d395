"""Migrations: the last one is what the models say; up and down, with rows; and no start pays for them in vain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, update
from sqlalchemy.engine import Engine

from greenaudit.domain.assessments import Answer
from greenaudit.paths import Home
from greenaudit.store import store as store_module
from greenaudit.store import versions
from greenaudit.store.engine import WRITING, open_engine
from greenaudit.store.migrations import migrate, runner
from greenaudit.store.store import Store
from greenaudit.store.tables import METADATA
from tests.helpers.store import AUTHOR, KEY, answer, levelled, make_store, programme


@pytest.fixture
def migrated(tmp_path: Path) -> Engine:
    """An empty database, brought to today by migrations alone."""
    engine = open_engine(tmp_path / "migrated.db", KEY)
    migrate(engine)
    return engine


def schema_of(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master")
        return {(name, "".join(sql.split())) for name, sql in rows}


def test_the_migrations_lead_to_the_models(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    migrated.dispose()


def test_a_new_store_and_a_migrated_one_are_the_same(migrated: Engine, tmp_path: Path) -> None:
    store = make_store(tmp_path / "new")
    assert schema_of(store.engine) == schema_of(migrated)
    with migrated.connect() as connection:
        assert versions.version_of(connection) == versions.HEAD_VERSION
    store.close()
    migrated.dispose()


def test_down_and_up_again(migrated: Engine) -> None:
    before = schema_of(migrated)
    runner.downgrade(migrated, "base")
    with migrated.connect() as connection:
        assert inspect(connection).get_table_names() == [versions.VERSION_TABLE.name]
    migrate(migrated)
    assert schema_of(migrated) == before
    migrated.dispose()


def test_the_versions_that_are_known_are_those_that_are_written() -> None:
    script = ScriptDirectory(str(runner.FOLDER))
    assert tuple(r.revision for r in reversed(list(script.walk_revisions()))) == versions.VERSIONS


def test_migrations_do_not_import_what_may_change() -> None:
    for path in (runner.FOLDER / "versions").glob("*.py"):
        assert "greenaudit" not in path.read_text(encoding="utf-8")


def test_a_database_that_is_behind_is_copied_and_then_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "old")
    store = make_store(home.root)
    with store.unit(AUTHOR) as unit:
        unit.save(programme())
        unit.save(answer())
    store.close()
    engine = open_engine(home.database, KEY)
    with engine.execution_options(**WRITING).begin() as connection:
        connection.execute(update(versions.VERSION_TABLE).values(version_num="0000"))
    engine.dispose()
    seen: list[Engine] = []

    def upgrade(engine: Engine) -> None:
        with engine.execution_options(**WRITING).begin() as connection:
            connection.execute(update(versions.VERSION_TABLE).values(version_num=versions.HEAD_VERSION))

    monkeypatch.setattr(store_module, "VERSIONS", ("0000", *versions.VERSIONS))
    monkeypatch.setattr(store_module, "migrate", upgrade)
    migrated = Store.open(home, KEY, before_migrating=seen.append)
    assert len(seen) == 1
    assert migrated.check() == []
    migrated.close()
    assert [path.name for path in home.backups.iterdir()] == [f"before-0000-to-{versions.HEAD_VERSION}.db"]


@pytest.mark.parametrize("version", versions.VERSIONS[:-1])
def test_a_store_of_an_earlier_version_keeps_its_rows(tmp_path: Path, version: str) -> None:
    home = Home(tmp_path / "old")
    store = make_store(home.root)
    with store.unit(AUTHOR) as unit:
        unit.save(programme())
        unit.save(answer())
    store.close()
    engine = open_engine(home.database, KEY)
    runner.downgrade(engine, version)
    engine.dispose()
    brought_up = Store.open(home, KEY)
    assert brought_up.check() == []
    with brought_up.read() as reader:
        assert reader.get(Answer, answer().id) == answer()
    with brought_up.unit(AUTHOR) as unit:
        assert unit.save(levelled(answer(), 4)) is not None
    brought_up.close()
    assert [path.name for path in home.backups.iterdir()] == [
        f"before-{version}-to-{versions.HEAD_VERSION}.db"
    ]


def test_a_start_does_not_load_the_migrations() -> None:
    code = "import sys, greenaudit.store.store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
