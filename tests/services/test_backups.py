"""The rolling backup is made when there is something new to keep, and not more often than it helps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.services.backups import EVERY
from greenaudit.services.opening import App, looks_like_code, open_home, open_with_code, set_up
from greenaudit.store.keys import KeyFileProtector
from tests.helpers.apps import level


def test_a_backup_is_due_when_something_changed_and_the_last_is_old(app: App, visit: UUID) -> None:
    clock = app.context.clock
    assert isinstance(clock, FixedClock)
    first = app.backups.make_if_due()
    assert first is not None
    assert app.backups.make_if_due() is None, "nothing changed"
    app.walk.answer(assessment_id=visit, question_id="CHEM-STO-02", response=level(2))
    assert app.backups.make_if_due() is None, "the last one is fresh"
    clock.at += EVERY + timedelta(minutes=1)
    second = app.backups.make_if_due()
    assert second is not None
    assert second.folder != first.folder
    assert second.complete


def test_all_is_well_after_a_backup(app: App, visit: UUID) -> None:
    app.backups.make()
    assert {check.name: check.message for check in app.backups.examine() if not check.ok} == {}


def test_a_backup_elsewhere_counts_as_one(app: App, tmp_path: Path) -> None:
    app.backups.make(tmp_path / "stick")
    backup = next(check for check in app.backups.examine() if check.name == "backup")
    assert backup.ok
    assert "another folder" in str(backup.message)


def test_the_recovery_code_opens_data_in_place_when_the_key_file_is_lost(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    made = set_up(home, person_name="Elena", language="es", protector=KeyFileProtector(home.root))
    made.app.close()
    for key_file in home.root.glob("device-*.key"):
        key_file.unlink()
    with pytest.raises(KnownError, match="key_file_missing"):
        open_home(home)
    assert looks_like_code(made.recovery_code)
    assert not looks_like_code("a quite long passphrase with many words in it")
    open_with_code(home, made.recovery_code).close()
    again = open_home(home)
    assert again.context.owner.name == "Elena"
    again.close()
