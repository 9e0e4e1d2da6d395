"""What every value and every record of the domain has in common."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from greenaudit.errors import KnownError
from greenaudit.messages import msg

REGISTRY = "registry"
"""The scope of plants, people and organisations."""


class Value(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _in_reach(moment: datetime) -> datetime:
    if not 1900 <= moment.year < 2200:
        raise ValueError("a moment lies between 1900 and 2200")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
"""A moment in UTC; shown in the place's zone. At the ends of the calendar other zones have no date for it."""


def _of_sane_size(number: Decimal) -> Decimal:
    if (
        not number.is_finite()
        or abs(number.adjusted()) > MOST_DIGITS
        or len(number.as_tuple().digits) > MOST_DIGITS
    ):
        raise ValueError("a figure has at most 100 digits")
    return number


MOST_DIGITS = 100

Figure = Annotated[Decimal, AfterValidator(_of_sane_size)]
"""A number that can be reckoned with exactly: ten characters can name one that no memory holds (1E+999999999)."""


def figure_of(text: str) -> Decimal | None:
    """The figure that a text is, as cells of registers keep them; None for any other text."""
    try:
        return _of_sane_size(Decimal(text)) if len(text) <= 2 * MOST_DIGITS else None
    except (InvalidOperation, ValueError):
        return None


MOST_LETTERS = 400

Title = Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]
"""What somebody or something is called. Bounded: a name of a megabyte would hold up every page and report that says it."""


def titled(name: str) -> str:
    """A name as somebody typed it, without spaces around it. KnownError where it is longer than names may be."""
    if len(name.strip()) > MOST_LETTERS:
        raise KnownError(
            "name_too_long",
            msg(
                "A name has at most {most} letters; this one has {n}.", most=MOST_LETTERS, n=len(name.strip())
            ),
        )
    return name.strip()


Order = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
"""Where something stands among others. Bounded, so that there is room behind whatever came from elsewhere."""

Home = Literal["registry", "programme"]


class Record(Value):
    """A value that the journal knows by type and id. Its other fields are the atoms of merging:

    what belongs together (a quantity and its unit) is one field, never two.
    """

    record_type: ClassVar[str]
    home: ClassVar[Home]

    id: UUID
    deleted_at: Moment | None = None

    @property
    def scope(self) -> str:
        """The feed this record travels in."""
        return REGISTRY

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The names of the fields that the journal carries (all but the id)."""
        return tuple(name for name in cls.model_fields if name != "id")

    def field_values(self) -> dict[str, Any]:
        """The fields as JSON values, as the journal carries them."""
        return self.model_dump(mode="json", exclude={"id"})


class RegistryRecord(Record):
    """A record of the registry scope."""

    home: ClassVar[Home] = "registry"


class ProgrammeRecord(Record):
    """A record that belongs to one programme and travels in its scope."""

    home: ClassVar[Home] = "programme"

    programme_id: UUID

    @property
    def scope(self) -> str:
        return programme_scope(self.programme_id)


def programme_scope(programme_id: UUID) -> str:
    """The scope of a programme's feed."""
    return f"programme:{programme_id}"


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""64 lower-case hex digits."""

Country = Literal["US", "CA", "MX"]

__all__ = [
    "MOST_DIGITS",
    "REGISTRY",
    "Country",
    "Figure",
    "Home",
    "Moment",
    "Order",
    "ProgrammeRecord",
    "Record",
    "RegistryRecord",
    "Sha256",
    "Title",
    "Value",
    "figure_of",
    "programme_scope",
    "titled",
]
