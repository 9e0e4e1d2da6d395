"""Opening: every wrong file gets a sentence, and nothing that is there is ever spoiled."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import delete, update
from sqlalchemy.engine import Connection

from greenaudit.errors import BugError, KnownError
from greenaudit.paths import Home
from greenaudit.store import errors
from greenaudit.store.engine import PLAIN_HEADER, WRITING, open_engine
from greenaudit.store.journal_tables import META
from greenaudit.store.store import Store
from greenaudit.store.versions import VERSION_TABLE
from tests.helpers.store import AUTHOR, KEY, answer, make_store, programme

OTHER_KEY = bytes(32)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a database that has one programme, closed."""
    store = make_store(tmp_path / "home")
    with store.unit(AUTHOR) as unit:
        unit.save(programme())
    store.close()
    return Home(tmp_path / "home")


def changed(home: Home, change: Callable[[Connection], object]) -> None:
    """Does something to the database behind the store's back."""
    engine = open_engine(home.database, KEY)
    with engine.execution_options(**WRITING).begin() as connection:
        change(connection)
    engine.dispose()


def refused(home: Home, key: bytes = KEY) -> KnownError:
    with pytest.raises(KnownError) as caught:
        Store.open(home, key).close()
    assert str(home.database) in str(caught.value.message)
    return caught.value


def test_a_new_store_is_encrypted_whole_and_alone_in_its_folder(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    store = Store.create(home, KEY)
    device = store.device_id
    with store.unit(AUTHOR) as unit:
        unit.save(programme(name="Saltillo en claro"))
    store.close()
    assert [path.name for path in home.root.iterdir()] == ["greenaudit.db"]
    content = home.database.read_bytes()
    assert not content.startswith(PLAIN_HEADER)
    assert b"Saltillo" not in content
    again = Store.open(home, KEY)
    assert again.device_id == device
    assert again.integrity() == []
    again.close()


def test_a_store_is_never_made_over_another(home: Home) -> None:
    with pytest.raises(errors.StoreError) as caught:
        Store.create(home, KEY)
    assert caught.value.code == "database_exists"


def test_a_draft_left_by_a_killed_start_is_no_obstacle(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    (home.root / "greenaudit.new").write_bytes(b"half a database")
    Store.create(home, KEY).close()


def test_no_database(tmp_path: Path) -> None:
    assert refused(Home(tmp_path)).code == "database_absent"


def test_a_wrong_key(home: Home) -> None:
    assert isinstance(refused(home, OTHER_KEY), errors.WrongKeyError)
    Store.open(home, KEY).close()


def test_a_key_of_the_wrong_length_is_our_mistake(home: Home) -> None:
    with pytest.raises(BugError):
        Store.open(home, b"short")


@pytest.mark.parametrize("content", [b"", b"x"], ids=["no content", "no tables"])
def test_an_empty_database_opens_with_any_key_and_is_refused(home: Home, content: bytes) -> None:
    home.database.write_bytes(b"")
    if content:
        engine = open_engine(home.database, KEY)
        engine.dispose()
    assert refused(home).code == "database_empty"


def test_a_plain_database_is_refused_and_left_alone(home: Home) -> None:
    home.database.unlink()
    plain = sqlite3.connect(home.database)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    before = home.database.read_bytes()
    assert isinstance(refused(home), errors.ForeignFileError)
    assert home.database.read_bytes() == before


def test_another_kind_of_file_is_refused(home: Home) -> None:
    home.database.write_bytes(b"%PDF-1.7 " * 900)
    assert isinstance(refused(home), errors.ForeignFileError)


def test_an_encrypted_database_of_another_program_is_refused(home: Home) -> None:
    home.database.unlink()
    other = sqlcipher.connect(str(home.database))
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert refused(home).code == "database_foreign"


def test_without_its_marker_a_database_is_not_ours(home: Home) -> None:
    changed(home, lambda c: c.execute(delete(META).where(META.c.key == "marker")))
    assert refused(home).code == "database_foreign"


def test_a_newer_database_is_refused(home: Home) -> None:
    changed(home, lambda c: c.execute(update(VERSION_TABLE).values(version_num="9999")))
    error = refused(home)
    assert isinstance(error, errors.NewerDatabaseError)
    assert "9999" in str(error.message)


def test_a_damaged_page_is_found(home: Home) -> None:
    content = bytearray(home.database.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 2000] ^= 0xFF
    home.database.write_bytes(content)
    assert isinstance(refused(home), errors.DamagedError)


def test_integrity_names_a_flipped_byte(home: Home) -> None:
    content = bytearray(home.database.read_bytes())
    content[-2000] ^= 0xFF
    home.database.write_bytes(content)
    engine = open_engine(home.database, KEY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    engine.dispose()


def test_a_folder_that_can_t_be_used(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError) as caught:
        open_engine(tmp_path / "absent" / "greenaudit.db", KEY)
    assert caught.value.code == "database_unreachable"


def test_a_database_held_by_another_program(home: Home) -> None:
    holder = open_engine(home.database, KEY)
    impatient = open_engine(home.database, KEY, busy_seconds=0)
    with (
        holder.execution_options(**WRITING).begin(),
        pytest.raises(errors.LockedError),
        errors.translated(impatient),
        impatient.execution_options(**WRITING).begin(),
    ):
        pass
    holder.dispose()
    impatient.dispose()


def test_a_full_disk_loses_only_what_did_not_fit(home: Home) -> None:
    store = Store.open(home, KEY)
    with store.read() as reader:
        before = reader.changes()
    with store._writer.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    writing = store._writer._opened().connection.driver_connection
    assert writing is not None
    writing.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with store.unit(AUTHOR) as unit:
            for number in range(500):
                unit.save(answer(f"Q-{number}"))

    with pytest.raises(errors.DiskFullError) as caught:
        fill()
    assert caught.value.code == "disk_full"
    with store.read() as reader:
        assert reader.changes() == before
    writing.execute("PRAGMA max_page_count = 1000000")
    fill()
    assert store.check() == []
    assert store.integrity() == []
    store.close()


def test_rows_that_an_older_program_computed_are_computed_anew(home: Home) -> None:
    def make_old(connection: Connection) -> None:
        connection.execute(update(META).where(META.c.key == "projection").values(value="0;"))
        connection.exec_driver_sql("UPDATE programme SET name = 'wrong'")

    changed(home, make_old)
    store = Store.open(home, KEY)
    assert store.check() == []
    store.close()


def test_the_check_finds_rows_that_are_not_what_the_journal_says(home: Home) -> None:
    changed(home, lambda c: c.exec_driver_sql("UPDATE programme SET name = 'wrong'"))
    store = Store.open(home, KEY)
    (wrong,) = store.check()
    assert wrong.startswith("programme/")
    store.rebuild()
    assert store.check() == []
    store.close()


def test_facts_about_a_store_stay_with_it(home: Home) -> None:
    store = Store.open(home, KEY)
    store.set_meta("endpoint", "a")
    store.set_meta("endpoint", "b")
    assert store.meta("endpoint") == "b"
    assert store.meta("absent") is None
    with store.unit(AUTHOR) as unit:
        unit.set_meta("endpoint", "c")
    store.close()
    again = Store.open(home, KEY)
    assert again.meta("endpoint") == "c"
    again.close()


def test_two_programs_may_work_on_one_store(home: Home) -> None:
    window, command = Store.open(home, KEY), Store.open(home, KEY)
    for number, store in enumerate((window, command, window, command)):
        with store.unit(AUTHOR) as unit:
            unit.save(answer(f"Q-{number}"))
    with window.read() as reader:
        assert [c.seq for c in reader.changes()] == [1, 2, 3, 4, 5]
    for store in (window, command):
        store.close()


def test_a_copied_file_opens_with_the_same_key(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other").create()
    shutil.copy(home.database, other.database)
    Store.open(other, KEY).close()
