"""Where in the window one can be. A page asks to go somewhere by giving one of these; it never knows another page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Home:
    """The first page: continue, other visits, what is only here, readiness."""


@dataclass(frozen=True)
class SetUp:
    """First set-up of this device."""


@dataclass(frozen=True)
class Unlock:
    """The data of this device open with a passphrase only."""


@dataclass(frozen=True)
class NewVisit:
    """Starting a visit; with `plant_id` its plant is already chosen."""

    plant_id: UUID | None = None


@dataclass(frozen=True)
class Walk:
    """The walk through a plant; at a question, at the first of an area, or where it was left."""

    assessment_id: UUID
    question_id: str = ""
    area_id: str = ""


@dataclass(frozen=True)
class Sign:
    """Closing and signing of a visit."""

    assessment_id: UUID


@dataclass(frozen=True)
class Compare:
    """A visit beside the one before it at the same plant."""

    assessment_id: UUID


@dataclass(frozen=True)
class Settings:
    """Language, theme, protection, backup, the endpoint, verifying a file; `part` names the card that is wanted."""

    part: str = ""


@dataclass(frozen=True)
class Checklists:
    """The checklists of this device; with `kind` and `name` one of them, with `file` and `spot` a place in it."""

    kind: str = ""
    name: str = ""
    file: str = ""
    spot: str = ""


Route = Home | SetUp | Unlock | NewVisit | Walk | Sign | Compare | Settings | Checklists
