"""Backups are opened and checked when they are made, and restore on a machine that has only them and the code."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store import backup, keys, staging
from greenaudit.store.backup import backups_in, verify_backup
from greenaudit.store.keys import KeyFileProtector, RecoveryCode
from tests.helpers.children import run_limited
from tests.helpers.devices import Device, device
from tests.helpers.keys import cheap_passphrase
from tests.helpers.store import AUTHOR, SCOPE, START, everything, photo


@pytest.fixture
def used(tmp_path: Path) -> Device:
    """A device with a visit: answers, and three photos."""
    return device(tmp_path / "laptop" / "home", photos=3)


def daily(start: datetime = START) -> FixedClock:
    return FixedClock(start, timedelta(days=1))


def refused(call: object, *args: object, **named: object) -> KnownError:
    with pytest.raises(KnownError) as caught:
        call(*args, **named)  # type: ignore[operator]
    return caught.value


def cheap(home: Home) -> keys.Protector:
    return cheap_passphrase("another machine")


def in_a_file(home: Home) -> keys.Protector:
    return KeyFileProtector(home.root)


def test_the_drill_a_new_machine_with_only_the_backup_and_the_code(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    before, code, blobs = used.answers(), used.code.text, used.hashes
    changes = everything(used.store)
    used.store.close()
    away = tmp_path / "elsewhere"
    shutil.copytree(made.folder, away)
    shutil.rmtree(tmp_path / "laptop")
    shutil.rmtree(tmp_path / "stick")

    there = Home(tmp_path / "other machine" / "home")
    restored = backup.restore(away, code, there, in_a_file)

    assert keys.unlock(there, KeyFileProtector(there.root)) == restored.master
    new = Device.open(there, restored.master, used.code)
    assert new.answers() == before
    assert everything(new.store) == changes
    assert not new.store.check()
    for sha256, data in blobs.items():
        assert new.blobs.read(sha256) == data
    new.store.close()


def test_a_restored_home_is_a_new_device(used: Device, tmp_path: Path) -> None:
    used.home.identity.mkdir()
    (used.home.identity / "device.key").write_bytes(b"sealed signing key")
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    assert not list(made.folder.rglob("device*"))
    there = Home(tmp_path / "new")
    restored = backup.restore(made.folder, used.code, there, cheap)
    new = Device.open(there, restored.master, used.code)
    assert new.store.device_id != used.store.device_id
    assert new.store.device_code != used.store.device_code
    assert (new.store.meta(backup.RESTORED_FROM) or "").startswith(str(used.store.device_id))
    assert not there.identity.exists()
    assert refused(keys.unlock, there, cheap_passphrase()).code == "wrong_passphrase"
    assert keys.unlock_with_code(there.keys, used.code) == used.master

    # Both go on working, and their journals merge without a broken chain.
    used.note("CHEM-STO-01", "old laptop")
    new.note("CHEM-STO-03", "new laptop")
    for ours, theirs in ((used, new), (new, used)):
        with ours.store.read() as reader:
            theirs.store.receive(reader.changes(SCOPE))
    assert used.answers() == new.answers()
    new.store.close()


def test_a_backup_is_made_while_work_goes_on(used: Device, tmp_path: Path) -> None:
    with used.store.unit(AUTHOR) as unit:
        unit.save(photo(sha256=used.add_blob(b"just taken"), size=10))
        made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    assert made.complete
    assert made.manifest.counts["photo"] == 3  # the unit wasn't durable yet
    assert set(made.manifest.evidence) == set(used.blobs.all())  # its evidence was
    assert verify_backup(made.folder, used.master) == made
    assert verify_backup(made.folder) == made


def test_it_opens_with_what_protected_the_old_device_too(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    there = Home(tmp_path / "there")
    assert backup.restore(made.folder, cheap_passphrase(), there, cheap).master == used.master
    error = refused(backup.restore, made.folder, cheap_passphrase("wrong one"), Home(tmp_path / "no"), cheap)
    assert error.code == "wrong_passphrase"


def test_a_wrong_or_mistyped_code_leaves_nothing_behind(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    there = Home(tmp_path / "there")
    assert refused(backup.restore, made.folder, RecoveryCode.generate(), there).code == "wrong_code"
    assert refused(backup.restore, made.folder, "12345", there).code == "code_mistyped"
    assert not there.root.exists()


def test_a_home_with_data_is_never_written_over(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    before = sorted(path for path in used.home.root.rglob("*"))
    assert refused(backup.restore, made.folder, used.code, used.home, cheap).code == "home_in_use"
    assert sorted(path for path in used.home.root.rglob("*")) == before


def test_a_home_that_has_only_a_log_and_settings_keeps_them(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    there = Home(tmp_path / "there").create()
    there.logs.mkdir()
    (there.logs / "greenaudit.log").write_text("started")
    there.settings.write_text("{}")
    backup.restore(made.folder, used.code, there, cheap)
    assert (there.logs / "greenaudit.log").read_text() == "started"
    assert there.settings.read_text() == "{}"
    assert there.database.exists()
    assert stat.S_IMODE(there.root.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir() if "restoring" in path.name] == []


def test_a_place_that_is_refused_at_the_last_moment_keeps_its_log_and_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Home(tmp_path / "there").create()
    there.logs.mkdir()
    there.settings.write_text("{}")
    (there.root / "came meanwhile").write_text("x")
    monkeypatch.setattr(staging, "refuse_if_occupied", lambda _: None)
    with pytest.raises(KnownError, match="there"), staging.put_up(there, "restoring") as staged:
        staged.database.write_bytes(b"")
    assert sorted(path.name for path in there.root.iterdir()) == ["came meanwhile", "logs", "settings.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_restore_that_fails_leaves_everything_as_it_was(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    parent = tmp_path / "place"
    parent.mkdir()

    def no_protector(home: Home) -> keys.Protector:
        return keys.PassphraseProtector("short")

    assert (
        refused(backup.restore, made.folder, used.code, Home(parent / "home"), no_protector).code
        == "passphrase_short"
    )
    assert list(parent.iterdir()) == []


def test_what_a_killed_restore_left_is_removed_by_the_next(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    parent = tmp_path / "place"
    (parent / ".home-restoring-0123abcd" / "evidence").mkdir(parents=True)
    (parent / ".other-restoring-0123abcd").mkdir()
    backup.restore(made.folder, used.code, Home(parent / "home"), cheap)
    assert sorted(path.name for path in parent.iterdir()) == [".other-restoring-0123abcd", "home"]


def test_the_newest_stay_and_share_what_they_hold(used: Device, tmp_path: Path) -> None:
    stick, clock = tmp_path / "stick", daily()
    made = [backup.make(used.home, used.master, stick, clock, keep=3) for _ in range(5)]
    left = backups_in(stick)
    assert [one.folder for one in left] == [one.folder for one in reversed(made[2:])]
    inodes = {left[0].blob(sha256).stat().st_ino for sha256 in used.hashes}
    assert inodes == {left[2].blob(sha256).stat().st_ino for sha256 in used.hashes}
    assert inodes.isdisjoint(used.blobs.path(sha256).stat().st_ino for sha256 in used.hashes)
    for one in left:
        verify_backup(one.folder, used.master)
        verify_backup(one.folder)
    shutil.rmtree(left[1].folder)
    verify_backup(left[2].folder, used.master)


def test_two_backups_of_one_second_do_not_meet(used: Device, tmp_path: Path) -> None:
    clock = FixedClock(START)
    first = backup.make(used.home, used.master, tmp_path, clock)
    second = backup.make(used.home, used.master, tmp_path, clock)
    assert second.folder.name == first.folder.name + "-2"


def test_evidence_that_is_damaged_here_comes_from_an_earlier_backup(used: Device, tmp_path: Path) -> None:
    clock = daily()
    backup.make(used.home, used.master, tmp_path / "stick", clock)
    sha256 = min(used.hashes)
    used.blobs.path(sha256).write_bytes(b"bad sector")
    made = backup.make(used.home, used.master, tmp_path / "stick", clock)
    assert made.complete
    assert sha256 in made.manifest.evidence
    verify_backup(made.folder, used.master)


def test_evidence_damaged_in_an_earlier_backup_is_copied_anew(used: Device, tmp_path: Path) -> None:
    clock = daily()
    first = backup.make(used.home, used.master, tmp_path / "stick", clock)
    sha256 = min(used.hashes)
    first.blob(sha256).write_bytes(b"bad sector")
    made = backup.make(used.home, used.master, tmp_path / "stick", clock)
    verify_backup(made.folder, used.master)
    verify_backup(made.folder)


def test_evidence_that_is_lost_is_told_and_no_older_backup_goes(used: Device, tmp_path: Path) -> None:
    stick, clock = tmp_path / "stick", daily()
    used.blobs.path(min(used.hashes)).write_bytes(b"bad sector")
    used.blobs.path(max(used.hashes)).unlink()
    made = [backup.make(used.home, used.master, stick, clock, keep=1) for _ in range(2)]
    assert not made[1].complete
    assert made[1].manifest.damaged == (min(used.hashes),)
    assert made[1].manifest.absent == (max(used.hashes),)
    assert len(backups_in(stick)) == 2
    there = Home(tmp_path / "there")
    backup.restore(made[1].folder, used.code, there, cheap)


@pytest.mark.parametrize("name", ["greenaudit.db", "keys.json", "evidence"])
@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_a_damaged_backup_is_noticed_with_and_without_the_key(
    used: Device, tmp_path: Path, name: str, harm: str
) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    path = made.blob(min(used.hashes)) if name == "evidence" else made.folder / name
    content = bytearray(path.read_bytes())
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    for master in (None, used.master):
        error = refused(verify_backup, made.folder, master)
        assert error.code in ("backup_damaged", "keys_damaged")
        assert str(made.folder) in str(error.message)
    there = Home(tmp_path / "there")
    assert refused(backup.restore, made.folder, used.code, there, cheap)
    assert not there.root.exists()


def test_what_is_no_backup_gets_a_sentence(used: Device, tmp_path: Path) -> None:
    assert refused(verify_backup, tmp_path).code == "backup_none"
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    manifest = made.folder / "manifest.json"
    good = json.loads(manifest.read_text())
    for content, code in (
        (json.dumps({**good, "version": 2}), "backup_newer"),
        (json.dumps({**good, "counts": {**good["counts"], "answer": 99}}), "backup_damaged"),
        (json.dumps({**good, "evidence": {}}), "backup_damaged"),
        ("", "backup_damaged"),
        ("[]", "backup_damaged"),
        ("[" * 100_000, "backup_damaged"),
    ):
        manifest.write_text(content)
        assert refused(verify_backup, made.folder, used.master).code == code
    assert refused(verify_backup, made.folder, keys.MasterKey.generate()).code == "backup_damaged"


def test_a_sick_database_makes_no_backup_and_the_older_one_stays(used: Device, tmp_path: Path) -> None:
    stick, clock = tmp_path / "stick", daily()
    first = backup.make(used.home, used.master, stick, clock)
    used.store.close()
    content = bytearray(used.home.database.read_bytes())
    content[4096 * 5 + 100] ^= 1
    used.home.database.write_bytes(content)
    error = refused(backup.make, used.home, used.master, stick, clock)
    assert error.code in ("database_damaged", "database_wrong_key")
    assert [one.folder for one in backups_in(stick)] == [first.folder]
    assert list(stick.iterdir()) == [first.folder]


def test_a_wrong_key_a_plain_file_and_no_file_make_no_backup(used: Device, tmp_path: Path) -> None:
    used.store.close()
    assert refused(backup.make, used.home, keys.MasterKey.generate(), tmp_path).code == "database_wrong_key"
    used.home.database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    assert refused(backup.make, used.home, used.master, tmp_path).code == "database_foreign"
    used.home.database.write_bytes(b"")
    assert refused(backup.make, used.home, used.master, tmp_path).code == "database_empty"
    used.home.database.unlink()
    assert refused(backup.make, used.home, used.master, tmp_path).code == "database_absent"


def test_a_foreign_or_newer_database_makes_no_backup(used: Device, tmp_path: Path) -> None:
    with used.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert refused(backup.make, used.home, used.master, tmp_path / "stick").code == "database_newer"
    with used.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'marker'")
    assert refused(backup.make, used.home, used.master, tmp_path / "stick").code == "database_foreign"


def test_a_backup_whose_keys_were_exchanged_is_refused(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    stranger = device(tmp_path / "stranger")
    content = stranger.home.keys.read_bytes()
    (made.folder / "keys.json").write_bytes(content)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    manifest["keys"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    (made.folder / "manifest.json").write_text(json.dumps(manifest))
    assert refused(verify_backup, made.folder, used.master).code == "backup_damaged"
    assert refused(backup.restore, made.folder, stranger.code, Home(tmp_path / "there"), cheap).code


def test_a_folder_that_only_looks_like_a_backup_is_not_touched(used: Device, tmp_path: Path) -> None:
    odd = tmp_path / "stick" / "backup-of my photos"
    odd.mkdir(parents=True)
    for _ in range(2):
        backup.make(used.home, used.master, tmp_path / "stick", daily(), keep=1)
    assert odd.is_dir()


def test_without_hard_links_a_backup_is_still_whole(
    used: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(1, "not on this stick")

    monkeypatch.setattr(os, "link", no_link)
    clock = daily()
    made = [backup.make(used.home, used.master, tmp_path / "stick", clock) for _ in range(2)]
    shutil.rmtree(made[0].folder)
    verify_backup(made[1].folder, used.master)


def test_what_an_interrupted_backup_left_is_swept_up(used: Device, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / ".draft-0123" / "evidence").mkdir(parents=True)
    made = backup.make(used.home, used.master, stick, daily())
    assert list(stick.iterdir()) == [made.folder]


def test_a_backup_is_read_from_a_stick_that_cannot_be_written(used: Device, tmp_path: Path) -> None:
    made = backup.make(used.home, used.master, tmp_path / "stick", daily())
    folders = [made.folder, *(path for path in made.folder.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        verify_backup(made.folder, used.master)
        backup.restore(made.folder, used.code, Home(tmp_path / "there"), cheap)
    finally:
        for folder in folders:
            folder.chmod(0o700)


MAKE = """
import sys
from pathlib import Path
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store import backup
from greenaudit.store.keys import MasterKey
home, key, stick = sys.argv[1:]
# limits
try:
    backup.make(Home(Path(home)), MasterKey(bytes.fromhex(key)), Path(stick))
except KnownError as error:
    print(error.code, error.message, sep="|")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
@pytest.mark.parametrize("limit", [20_000, 1_000_000])
def test_a_full_stick_is_said_and_the_older_backup_stays(used: Device, tmp_path: Path, limit: int) -> None:
    stick = tmp_path / "stick"
    first = backup.make(used.home, used.master, stick, daily())
    used.add_blob(os.urandom(2_000_000))
    used.store.close()
    child = run_limited(MAKE, str(used.home.root), used.master.secret.hex(), str(stick), RLIMIT_FSIZE=limit)
    assert child.returncode == 0, child.stderr
    assert child.stdout.startswith("disk_full|There is no room left to write"), child.stdout
    assert list(stick.iterdir()) == [first.folder]
    verify_backup(first.folder, used.master)
