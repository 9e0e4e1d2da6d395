"""Report numbers: `GA-<country>-<device code>-<counter>`, given offline, never doubled."""

from __future__ import annotations

from greenaudit.domain.values import Country
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.store.store import Store
from greenaudit.store.unit import Unit

COUNTER = "report_counter"


def next_number(store: Store, country: Country) -> str:
    """The number that the next closed visit will get."""
    counter = int(store.meta(COUNTER) or "0") + 1
    return f"GA-{country}-{store.device_code}-{counter:04d}"


def take_number(unit: Unit, number: str) -> None:
    """Uses a number up, in the transaction that closes the visit."""
    country = number.split("-")[1]
    if unit.report_number(country) != number:
        raise KnownError(
            "number_taken",
            msg(
                "Another window took the number {number} meanwhile. Nothing was signed; sign again.",
                number=number,
            ),
        )
