"""The ground: ids, canonical JSON, texts, formats, settings."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.canonical import canonical_bytes, fingerprint
from greenaudit.clock import FixedClock, SystemClock, milliseconds
from greenaudit.errors import BugError, KnownError
from greenaudit.formats import Formats, spoken_date
from greenaudit.i18n import LANGUAGES, LOCALES, language_of, translator
from greenaudit.ids import natural_id, new_id
from greenaudit.messages import msg, msgs
from greenaudit.paths import default_home
from greenaudit.settings import Settings, load_settings, save_settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_new_ids_are_version_seven_and_grow() -> None:
    ids = [new_id() for _ in range(50)]
    assert all(i.version == 7 for i in ids)
    assert ids == sorted(ids)


def test_a_natural_key_names_one_record() -> None:
    assert natural_id("answer", UUID(int=1), "CHEM-1", 0) == natural_id("answer", UUID(int=1), "CHEM-1", 0)
    assert natural_id("answer", "ab", "c") != natural_id("answer", "a", "bc")


@given(JSON)
def test_canonical_json_reads_back_and_is_one_form(value: object) -> None:
    data = canonical_bytes(value)
    assert json.loads(data) == value
    assert canonical_bytes(json.loads(data)) == data


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {1: "x"}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        fingerprint(value)


def test_a_message_renders_its_parameters_and_nested_messages() -> None:
    outer = msg("Outer {inner}", inner=msg("Inner {n}", n=3))
    assert translator("en")(outer) == "Outer Inner 3"
    assert str(msgs("{n} photo", "{n} photos", 2)) == "2 photos"
    assert translator("en")(msgs("{n} photo", "{n} photos", 1)) == "1 photo"
    assert str(msg("Plain")) == "Plain"


def test_a_message_speaks_its_parameters_in_the_reader_s_language() -> None:
    message = msg("Until {day}", day=spoken_date(dt.date(2028, 1, 24)))
    assert [translator(language)(message).split(" ", 1)[1] for language in LANGUAGES] == [
        "Jan 24, 2028",
        "24 ene 2028",
        "24 janv. 2028",
    ]
    assert str(message) == "Until Jan 24, 2028"


def test_errors_carry_a_code_and_a_sentence() -> None:
    error = KnownError("row_unit", msg("Row {row} has no unit.", row=14), row=14)
    assert (error.code, str(error.message), error.details) == ("row_unit", "Row 14 has no unit.", {"row": 14})
    assert BugError("x").code == "bug"


def test_locales_have_their_languages() -> None:
    assert [language_of(locale) for locale in LOCALES] == ["en", "en", "es", "fr"]
    assert language_of("de-DE") == "en"
    assert all(translator(language).language == language for language in LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "number", "money"),
    [
        ("en_US", "1,234.5", "$1,693,000\u00a0MXN"),
        ("en_CA", "1,234.5", "$1,693,000\u00a0MXN"),
        ("es_MX", "1,234.5", "$1,693,000\u00a0MXN"),
        ("fr_CA", "1\u00a0234,5", "1\u00a0693\u00a0000\u00a0$\u00a0MXN"),
    ],
)
def test_figures_as_each_locale_writes_them(locale: str, number: str, money: str) -> None:
    formats = Formats(locale)
    assert formats.number(Decimal("1234.5")).replace("\u202f", "\u00a0") == number
    assert formats.money(Decimal(1693000), "MXN").replace("\u202f", "\u00a0") == money


def test_figures_round_half_up() -> None:
    formats = Formats("en_US")
    assert [formats.number(Decimal(v), 0) for v in ("0.5", "1.5", "2.5")] == ["1", "2", "3"]
    assert formats.number(Decimal("69.95"), 1) == "70.0"
    assert formats.percent(Decimal("0.555"), 0) == "56\u00a0%"
    assert formats.quantity(Decimal(5), "kg") == "5\u00a0kg"
    assert formats.quantity(Decimal(5), "") == "5"


def test_moments_are_shown_in_the_place_s_zone() -> None:
    at = dt.datetime(2026, 11, 23, 21, 42, 7, tzinfo=dt.UTC)
    assert Formats("es_MX").time(at, "America/Monterrey") == "15:42:07"
    assert "America/Monterrey" in Formats("fr_CA").moment(at, "America/Monterrey")
    assert Formats("fr_CA").date(dt.date(2026, 11, 23)) == "23 nov. 2026"
    assert Formats("fr_CA").long_date(dt.date(2026, 11, 23)) == "lundi 23 novembre"


def test_settings_survive_and_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert load_settings(path) == Settings()
    save_settings(path, Settings(locale="fr_CA", theme="dark"))
    assert load_settings(path) == Settings(locale="fr_CA", theme="dark")
    path.write_text('{"version": 99}')
    with pytest.raises(KnownError, match="settings_newer"):
        load_settings(path)
    path.write_text("{")
    with pytest.raises(KnownError, match="settings_damaged"):
        load_settings(path)


def test_the_home_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENAUDIT_HOME", str(tmp_path / "other"))
    home = default_home().create()
    assert home.root == tmp_path / "other"
    assert home.root.stat().st_mode & 0o077 == 0
    monkeypatch.delenv("GREENAUDIT_HOME")
    assert "GreenAudit" in str(default_home().root)


def test_clocks() -> None:
    clock = FixedClock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), step=dt.timedelta(seconds=1))
    assert milliseconds(clock.now()) + 1000 == milliseconds(clock.now())
    assert SystemClock().now().tzinfo is dt.UTC


def test_settings_that_cannot_be_kept_get_a_sentence_and_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KnownError, match="settings_unwritable"):
        save_settings(tmp_path / "file" / "settings.json", Settings())
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(KnownError, match="settings_unwritable"):
        save_settings(tmp_path / "settings.json", Settings())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "settings.json"]
    (tmp_path / "deep.json").write_text("[" * 100_000)
    with pytest.raises(KnownError, match="settings_damaged"):
        load_settings(tmp_path / "deep.json")
