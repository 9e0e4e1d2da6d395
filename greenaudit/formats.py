"""Numbers, dates and money as people of a locale write them (Babel), and always with their unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal

from greenaudit.i18n import LANGUAGES, LOCALE_OF, Language, language_of


@dataclass(frozen=True)
class Formats:
    """Formatting for one locale (`en_US`, `en_CA`, `es_MX`, `fr_CA`)."""

    locale: str

    @property
    def language(self) -> Language:
        return language_of(self.locale)

    def number(self, value: Decimal | int, digits: int | None = None) -> str:
        """A number with the locale's marks; `digits` fixes the decimals shown (half up)."""
        if digits is not None:
            value = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        pattern = "#,##0.############" if digits is None else "#,##0." + "0" * digits
        shown = format_decimal(value, format=pattern, locale=self.locale)
        return shown.replace("\u00a0", "\u202f")  # Québec's narrow space; the others have none

    def quantity(self, value: Decimal | int, unit: str, digits: int | None = None) -> str:
        """A figure and its unit, kept on one line by a no-break space."""
        return f"{self.number(value, digits)}\u00a0{unit}" if unit else self.number(value, digits)

    def percent(self, share: Decimal, digits: int = 0) -> str:
        """A share of one as per cent; the sign stands apart in all three languages, as in SI."""
        return f"{self.number(share * 100, digits)}\u00a0%"

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency code, e.g. `$1,693,000 MXN`."""
        figure = self.number(amount, 0 if amount == amount.to_integral_value() else 2)
        return f"{figure}\u00a0$\u00a0{currency}" if self.language == "fr" else f"${figure}\u00a0{currency}"

    def date(self, day: dt.date) -> str:
        """A civil date in the locale's medium form."""
        return format_date(day, format="medium", locale=self.locale)

    def month(self, at: dt.datetime, zone: str) -> str:
        """Month and year of a moment in the place's zone, e.g. `May 2025`, `mayo de 2025`."""
        return format_skeleton("yMMMM", at, tzinfo=ZoneInfo(zone), locale=self.locale)

    def long_date(self, day: dt.date) -> str:
        """Weekday, day and month, as a heading."""
        skeleton = {"en": "EEEE, d MMMM", "es": "EEEE d 'de' MMMM", "fr": "EEEE d MMMM"}[self.language]
        return format_date(day, format=skeleton, locale=self.locale)

    def moment(self, at: dt.datetime, zone: str) -> str:
        """A moment in the place's zone, with the zone's name, for reports and lists."""
        shown = format_datetime(at, format="medium", tzinfo=ZoneInfo(zone), locale=self.locale)
        return f"{shown} ({zone})"

    def time(self, at: dt.datetime, zone: str) -> str:
        """Hours, minutes and seconds in the place's zone."""
        return format_time(at, format="HH:mm:ss", tzinfo=ZoneInfo(zone), locale=self.locale)

    def device_time(self, at: dt.datetime) -> str:
        """Hours, minutes and seconds by this device's own clock, which a person can look at beside it."""
        return format_time(at.astimezone().time(), format="HH:mm:ss", locale=self.locale)


@dataclass(frozen=True)
class Spoken:
    """A figure or date as each language writes it: a parameter for messages whose reader isn't known yet."""

    en: str
    es: str
    fr: str

    def in_(self, language: Language) -> str:
        """As one language writes it."""
        return str(getattr(self, language))

    def __str__(self) -> str:
        return self.en


def spoken_date(day: dt.date) -> Spoken:
    """A civil date as each language writes it."""
    return Spoken(*(Formats(LOCALE_OF[language]).date(day) for language in LANGUAGES))
