"""The endpoint's tables: the same on PostgreSQL, and refused when a newer program made them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.database import VERSION, Database
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.opening import Setup, endpoint_of, found
from greenaudit.server.tables import metadata
from greenaudit.store.engine import open_engine
from tests.helpers.endpoint import PASSWORD


@pytest.mark.parametrize("table", metadata.tables)
def test_every_table_can_be_said_in_postgresql(table: str) -> None:
    said = str(CreateTable(metadata.tables[table]).compile(dialect=postgresql.dialect()))
    assert said.strip().startswith("CREATE TABLE")
    assert "CHAR(32)" not in said


def test_a_newer_database_is_refused_and_an_unfinished_one_named(tmp_path: Path) -> None:
    path = tmp_path / "endpoint.db"
    made = Database.prepared(open_engine(path, bytes(32)), path)
    with pytest.raises(KnownError) as caught:
        made.need("programme_id")
    assert caught.value.code == "endpoint_unfinished"
    made.put("version", str(VERSION + 1))
    made.close()
    engine = open_engine(path, bytes(32))
    with pytest.raises(KnownError) as caught:
        Database.prepared(engine, path)
    assert caught.value.code == "endpoint_newer"
    engine.dispose()


def test_one_login_belongs_to_one_person(tmp_path: Path) -> None:
    home = Home(tmp_path / "endpoint")
    found(home, Setup("Programme", "CA", "Ada", PASSWORD))
    with endpoint_of(home) as endpoint:
        endpoint.add_person(Newcomer("Ana", "assessor", "ana"))
        with pytest.raises(KnownError) as caught:
            endpoint.add_person(Newcomer("Another Ana", "assessor", " ANA "))
        assert caught.value.code == "account_exists"
        assert [account.login for account in endpoint.accounts.all()] == ["admin", "ana"]
        assert len(endpoint.devices.all()) == 1  # the endpoint itself


def test_a_passphrase_from_the_environment_replaces_the_key_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENAUDIT_SERVER_PASSPHRASE", "a long passphrase")
    home = Home(tmp_path / "endpoint")
    found(home, Setup("Programme", "CA", "Ada", PASSWORD))
    assert not list(home.root.glob("*.key"))
    with endpoint_of(home) as endpoint:
        assert endpoint.facts.programme_name == "Programme"
    monkeypatch.delenv("GREENAUDIT_SERVER_PASSPHRASE")
    with pytest.raises(KnownError) as caught, endpoint_of(home):
        pass
    assert caught.value.code == "passphrase_needed"
