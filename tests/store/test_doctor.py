"""The doctor: a sound home passes, and each trouble is named with what to do."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from greenaudit.clock import FixedClock
from greenaudit.i18n import translator
from greenaudit.store import backup, keys
from greenaudit.store.doctor import Check, examine
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.devices import Device, device
from tests.helpers.store import START

NOW = START + timedelta(hours=1)


@pytest.fixture
def used(tmp_path: Path) -> Device:
    one = device(tmp_path / "home", photos=2)
    backup.make(one.home, one.master, clock=FixedClock(START))
    return one


def looked_at(one: Device, now: datetime = NOW) -> dict[str, Check]:
    checks = examine(one.home, one.master, now, one.store.check)
    for check in checks:
        for language in ("en", "es", "fr"):
            assert translator(language)(check.message)
    return {check.name: check for check in checks}


def failing(one: Device, now: datetime = NOW) -> set[str]:
    return {name for name, check in looked_at(one, now).items() if not check.ok} - {"space"}


def test_a_sound_home_passes(used: Device) -> None:
    checks = looked_at(used)
    assert list(checks) == ["keys", "database", "clock", "evidence", "journal", "space", "backup", "log"]
    assert failing(used) == set()
    assert str(checks["evidence"].message) == "3 evidence files, all whole."


def test_it_changes_nothing(used: Device) -> None:
    used.store.close()
    before = {path: path.read_bytes() for path in used.home.root.rglob("*") if path.is_file()}
    examine(used.home, used.master, NOW)
    assert {path: path.read_bytes() for path in used.home.root.rglob("*") if path.is_file()} == before


def test_damaged_and_absent_evidence_is_named(used: Device) -> None:
    first, second = used.hashes
    used.blobs.path(first).unlink()
    check = looked_at(used)["evidence"]
    assert not check.ok
    assert first[:12] in str(check.message)
    used.blobs.path(second).write_bytes(b"bad sector")
    check = looked_at(used)["evidence"]
    assert not check.ok
    assert second[:12] in str(check.message)


def test_orphans_are_counted_and_do_no_harm(used: Device) -> None:
    sha256 = used.blobs.put(b"nobody names this")
    copies = examine(used.home, used.master, NOW, derived=(sha256,))
    assert "orphans" not in {check.name for check in copies}
    check = looked_at(used)["orphans"]
    assert check.ok
    assert str(check.message).startswith("1 evidence file is named by no record")


def test_a_damaged_or_absent_database_is_said_and_the_rest_is_still_looked_at(used: Device) -> None:
    used.store.close()
    content = bytearray(used.home.database.read_bytes())
    content[4096 * 3 + 50] ^= 1
    used.home.database.write_bytes(content)
    assert failing(used) == {"database"}
    used.home.database.unlink()
    checks = {check.name: check for check in examine(used.home, used.master, NOW)}
    assert checks["database"].message.text.startswith("There is no database")
    assert checks["backup"].ok


def test_rows_that_are_not_what_the_journal_says_are_told(used: Device) -> None:
    with used.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE answer SET question_id = 'CHEM-XXX-99' WHERE question_id = 'CHEM-STO-01'"
        )
    assert failing(used) == {"journal"}


def test_a_clock_before_the_newest_entry_is_told(used: Device) -> None:
    assert "clock" in failing(used, START - timedelta(days=400))


def test_no_old_or_incomplete_backup_is_enough(used: Device) -> None:
    assert failing(used, START + timedelta(days=8)) == {"backup"}
    used.blobs.path(next(iter(used.hashes))).write_bytes(b"bad sector")
    shutil.rmtree(used.home.backups)
    assert failing(used) == {"backup", "evidence"}
    backup.make(used.home, used.master, clock=FixedClock(START))
    assert failing(used) == {"backup", "evidence"}


def test_a_key_file_that_others_can_read_is_told(used: Device) -> None:
    keys.rewrap(used.home, used.master, KeyFileProtector(used.home.root))
    assert failing(used) == set()
    assert looked_at(used)["keys"].message.params["folder"] == str(used.home.root)
    (path,) = used.home.root.glob("*.key")
    path.chmod(0o644)
    assert failing(used) == {"keys"}
    used.home.keys.write_text("")
    assert failing(used) == {"keys"}
