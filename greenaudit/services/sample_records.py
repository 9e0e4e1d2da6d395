"""The sample programme's records: one car maker, three suppliers with plants in three countries. All invented."""

from __future__ import annotations

from uuid import UUID

from greenaudit.domain.programmes import Link, Programme
from greenaudit.domain.suppliers import Organisation, Person, Plant
from greenaudit.domain.values import Record
from greenaudit.ids import natural_id


def _id(name: str) -> UUID:
    return natural_id("sample", name)


def is_sample(programme_id: UUID) -> bool:
    """Whether what belongs to this programme is invented: it must never be taken for a plant's own."""
    return programme_id == PROGRAMME.id


PROGRAMME = Programme(
    id=_id("programme"), programme_id=_id("programme"), name="Green suppliers, sample programme"
)
OEM = Organisation(id=_id("oem"), name="Norwood Motors", kind="oem", country="US")
ASSESSOR = Person(id=_id("assessor"), name="Elena Ruiz Calderón", roles=("assessor",), language="es")

MICHIGAN = Organisation(id=_id("michigan"), name="Grand River Stamping LLC", kind="supplier", country="US")
ONTARIO = Organisation(id=_id("ontario"), name="Thames Moulding Inc.", kind="supplier", country="CA")
COAHUILA = Organisation(
    id=_id("coahuila"), name="Recubrimientos del Norte, S.A. de C.V.", kind="supplier", country="MX"
)

LANSING = Plant(
    id=_id("lansing"),
    organisation_id=MICHIGAN.id,
    name="Lansing East",
    country="US",
    region="Michigan",
    city="Lansing",
    timezone="America/Detroit",
    language="en",
    currency="USD",
    naics="336370",
    employees=180,
)
LONDON = Plant(
    id=_id("london"),
    organisation_id=ONTARIO.id,
    name="London Moulding",
    country="CA",
    region="Ontario",
    city="London",
    timezone="America/Toronto",
    language="en",
    currency="CAD",
    naics="326193",
    employees=95,
)
SALTILLO = Plant(
    id=_id("saltillo"),
    organisation_id=COAHUILA.id,
    name="Planta Saltillo Norte",
    country="MX",
    region="Coahuila",
    city="Saltillo",
    timezone="America/Monterrey",
    language="es",
    currency="MXN",
    naics="332810",
    employees=240,
)

RECORDS: tuple[Record, ...] = (
    ASSESSOR,
    OEM,
    MICHIGAN,
    ONTARIO,
    COAHUILA,
    LANSING,
    LONDON,
    SALTILLO,
    PROGRAMME,
    *(
        Link(
            id=natural_id("link", PROGRAMME.id, plant.id, OEM.id),
            programme_id=PROGRAMME.id,
            plant_id=plant.id,
            oem_id=OEM.id,
        )
        for plant in (LANSING, LONDON, SALTILLO)
    ),
)
