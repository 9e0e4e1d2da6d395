"""A plant as the command line names it, and the records it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pydantic import ValidationError

from greenaudit.domain.programmes import Link
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.domain.values import Record
from greenaudit.errors import KnownError
from greenaudit.ids import natural_id, new_id
from greenaudit.messages import msg

CURRENCIES = {"US": "USD", "CA": "CAD", "MX": "MXN"}


@dataclass(frozen=True)
class NewPlant:
    """What is said of a plant."""

    name: str
    supplier: str
    oem: str
    country: str
    region: str
    city: str
    timezone: str
    language: str


def plant_records(said: NewPlant, programme_id: UUID, known: Iterable[Organisation]) -> tuple[Record, ...]:
    """The plant, its link to the programme, and its supplier and car maker where they are new.

    KnownError names what doesn't fit.
    """
    known = tuple(known)
    try:
        supplier = _organisation(said.supplier, "supplier", said.country, known)
        oem = _organisation(said.oem, "oem", said.country, known)
        plant = Plant.model_validate(
            {
                "id": new_id(),
                "organisation_id": supplier.id,
                "name": said.name,
                "country": said.country,
                "region": said.region,
                "city": said.city,
                "timezone": said.timezone,
                "language": said.language,
                "currency": CURRENCIES.get(said.country, ""),
            }
        )
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise KnownError(
            "plant_wrong",
            msg("The plant's {field} doesn't fit. See: greenaudit server plant --help", field=field),
        ) from error
    link = Link(
        id=natural_id("link", programme_id, plant.id, oem.id),
        programme_id=programme_id,
        plant_id=plant.id,
        oem_id=oem.id,
    )
    return (supplier, oem, plant, link)


def refuse_twice(plant: Plant, there: Iterable[Plant]) -> None:
    """KnownError where the same supplier has a plant of this name in the same place already."""
    for one in there:
        if _place(one) == _place(plant):
            raise KnownError(
                "plant_exists",
                msg("{plant} is entered already, in the same place. Nothing was changed.", plant=one.name),
            )


def _place(plant: Plant) -> tuple[object, ...]:
    words = (plant.name, plant.region, plant.city)
    return (plant.organisation_id, plant.country, *(" ".join(word.casefold().split()) for word in words))


def _organisation(name: str, kind: str, country: str, known: Iterable[Organisation]) -> Organisation:
    found = next((one for one in known if one.name == name and one.kind == kind), None)
    return found or Organisation.model_validate(
        {"id": new_id(), "name": name, "kind": kind, "country": country}
    )
