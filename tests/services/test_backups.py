"""The rolling backup is made when there is something new to keep, and not more often than it helps."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from greenaudit.clock import FixedClock
from greenaudit.services.backups import EVERY
from greenaudit.services.opening import App
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
