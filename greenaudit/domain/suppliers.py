"""Organisations, their plants and their people (the registry)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from greenaudit.domain.values import Country, RegistryRecord, Title
from greenaudit.i18n import Language


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (
        ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ) as error:  # OSError: the name of one of the list's folders
        raise ValueError(f"{value!r} is not a time zone of the IANA list") from error
    return value


Zone = Annotated[str, AfterValidator(_known_zone)]
"""An IANA time zone's name."""


class Organisation(RegistryRecord):
    """A company or body: a car maker (OEM), a supplier, or whoever runs or supports the programme."""

    record_type: ClassVar[str] = "organisation"

    name: Title
    kind: Literal["oem", "supplier", "government", "ngo", "association", "academia", "contractor"]
    country: Country


class Plant(RegistryRecord):
    """A supplier's site, the thing that is assessed. `timezone` is an IANA name; `naics` is SCIAN in Mexico.

    A zone that this computer's list doesn't have yet reads as UTC: the plant is shown, with that.
    """

    record_type: ClassVar[str] = "plant"

    organisation_id: UUID
    name: Title
    country: Country
    region: str = Field(min_length=2, max_length=400)
    city: str = Field(default="", max_length=400)
    timezone: Zone = "UTC"
    language: Language
    currency: Literal["USD", "CAD", "MXN"]
    naics: str = ""
    employees: int | None = Field(default=None, ge=0)


class Person(RegistryRecord):
    """A person who assesses, mentors, represents a plant or runs the programme."""

    record_type: ClassVar[str] = "person"

    name: Title
    organisation_id: UUID | None = None
    roles: tuple[Literal["assessor", "mentor", "manager", "evaluator", "administrator", "plant"], ...] = ()
    language: Language = "en"
