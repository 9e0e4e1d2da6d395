"""What services say of this device and of typed numbers: facts with what to do, and figures without a surprise."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from greenaudit.messages import Message
from greenaudit.services.opening import App
from greenaudit.services.reading import converted, doubt, level_at, other_units
from greenaudit.settings import Settings
from tests.helpers.apps import NOW, clock


def texts(app: App) -> list[tuple[bool, str]]:
    return [(fact.ok, str(fact.text)) for fact in app.status.readiness()]


def test_a_device_says_whether_it_is_ready_and_what_to_do(app: App) -> None:
    said = texts(app)
    assert (False, "No backup yet: make one in the settings") in said
    assert any(ok and text.startswith("Your signature key, until ") for ok, text in said)
    app.backups.make()
    assert (True, "Backup made today") in texts(app)
    app.context.clock = clock(NOW + timedelta(days=9))
    assert (False, "Backup 9 days old") in texts(app)


def test_a_clock_that_was_put_back_makes_no_backup_of_the_future(app: App) -> None:
    app.backups.make()
    app.context.clock = clock(NOW - timedelta(days=30))
    said = texts(app)
    assert (True, "Backup made today") in said
    assert any(not ok and "Check the clock" in text for ok, text in said)


def test_a_full_disk_is_said_before_the_visit(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenaudit.services.status.LOW_SPACE", 10**18)
    assert any(not ok and text.endswith("make room before the visit") for ok, text in texts(app))


def test_how_the_data_are_protected_is_said_in_words(app: App) -> None:
    assert "only this account can read" in str(app.status.protection())
    assert app.status.only_here().photos == 0


def test_settings_are_kept(app: App) -> None:
    app.preferences.save(Settings(locale="fr_CA"))
    assert app.preferences.load().locale == "fr_CA"


def test_numbers_in_other_units_are_converted_exactly() -> None:
    assert other_units("kg/yr") == ("t/yr", "lb/yr")
    assert other_units("%") == ()
    assert converted(Decimal(2), "kg/yr", "kg/yr") == 2
    assert converted(Decimal("1.5"), "t/yr", "kg/yr") == 1500
    assert converted(Decimal(100), "lb/yr", "kg/yr") == Decimal("45.359237")
    assert converted(Decimal(0), "lb/yr", "kg/yr") == 0


def test_a_number_finds_its_level_where_it_is_scored(app: App) -> None:
    questions = app.packs.shipped().by_id
    assert level_at(questions["CHEM-INV-02"], Decimal(91)) is not None
    assert level_at(questions["CHEM-STO-02"], Decimal(91)) is None


@pytest.mark.parametrize(
    ("unit", "value", "level", "previous", "begins"),
    [
        ("kg/yr", "-1", None, None, "A number below zero"),
        ("%", "101", None, None, "More than 100 %"),
        ("%", "50", "4", "1", "The last visit gave level 1"),
        ("%", "50", "2", "1", ""),
    ],
)
def test_an_odd_number_is_looked_at_twice(
    unit: str, value: str, level: str | None, previous: str | None, begins: str
) -> None:
    found: Message | None = doubt(
        unit, Decimal(value), Decimal(level) if level else None, Decimal(previous) if previous else None
    )
    assert str(found or "").startswith(begins)
    assert (found is None) == (begins == "")
