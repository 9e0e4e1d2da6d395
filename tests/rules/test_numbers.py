"""Numbers as people type them: read by locale and by sense, asked about where two readings are possible."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.formats import Formats
from greenaudit.i18n import LOCALES
from greenaudit.rules.numbers import Ambiguous, Number, Unreadable, read_number

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("1 500", "1500"),
        (f"1{NARROW}500", "1500"),
        (f"1{NO_BREAK}500,25", "1500.25"),
        ("1'500", "1500"),
        ("1’500.5", "1500.5"),
        ("1,500.5", "1500.5"),
        ("1.500,5", "1500.5"),
        ("1,500,000", "1500000"),
        ("1.500.000", "1500000"),
        ("1 234 567,89", "1234567.89"),
        ("0,500", "0.5"),
        ("0.500", "0.5"),
        (".5", "0.5"),
        (",125", "0.125"),
        ("12,50", "12.5"),
        ("1234,567", "1234.567"),
        ("007", "7"),
        ("-3,5", "-3.5"),
        ("−3.5", "-3.5"),
        ("+4", "4"),
        ("  42  ", "42"),
    ],
)
def test_reads_what_can_mean_one_thing_only(locale: str, text: str, value: str) -> None:
    assert read_number(text, locale) == Number(Decimal(value))


@pytest.mark.parametrize("locale", ["en_US", "en_CA", "es_MX"])
def test_a_comma_before_three_digits_groups_where_the_locale_groups_so(locale: str) -> None:
    assert read_number("1,500", locale) == Number(Decimal(1500))
    assert read_number("1.500", locale) == Number(Decimal("1.5"))


@pytest.mark.parametrize("text", ["1,500", "1.500"])
def test_french_is_asked_about_three_digits_behind_a_mark(text: str) -> None:
    assert read_number(text, "fr_CA") == Ambiguous((Decimal("1.500"), Decimal(1500)))
    assert read_number(f"-{text}", "fr_CA") == Ambiguous((Decimal("-1.500"), Decimal(-1500)))


@pytest.mark.parametrize(
    "text",
    ["", "   ", "abc", "12 kg", "1e5", "٣", "1,,5", "1.5,5.5", "1 5", "1,50,000", "1.", "1 500'000.5", "1,500 5",
     "--1", "1-2", ".", ",", "'", "5.5 500", "1" * 41, "NaN", "1'5'", "1 50,5"],
)  # fmt: skip
def test_refuses_the_rest_with_a_sentence(text: str) -> None:
    reading = read_number(text, "en_US")
    assert isinstance(reading, Unreadable)
    assert str(reading.reason).endswith(".")


def test_the_example_is_written_as_the_locale_does() -> None:
    reading = read_number("", "fr_CA")
    assert isinstance(reading, Unreadable)
    assert "1,5" in str(reading.reason)


values = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@given(value=values, locale=st.sampled_from(LOCALES))
def test_what_is_shown_reads_back_as_itself_or_is_asked_about(value: Decimal, locale: str) -> None:
    reading = read_number(Formats(locale).number(value), locale)
    if isinstance(reading, Ambiguous):
        assert value in reading.values
        assert locale == "fr_CA"
    else:
        assert reading == Number(value)


@given(value=values, locale=st.sampled_from(LOCALES), habit=st.sampled_from(LOCALES))
def test_a_neighbours_way_of_writing_is_never_read_as_another_number_in_silence(
    value: Decimal, locale: str, habit: str
) -> None:
    shown = Formats(habit).number(value)
    reading = read_number(shown, locale)
    if isinstance(reading, Number) and reading.value != value:
        # Only the locale's own grouping may stand against a neighbour's decimal comma.
        assert habit == "fr_CA"
        assert locale != "fr_CA"
        assert abs(reading.value) == abs(value) * 1000
