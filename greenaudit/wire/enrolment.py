"""How a device becomes one of the programme's, and how it shows later that it is."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from greenaudit.domain.suppliers import Person
from greenaudit.domain.values import Country, Moment
from greenaudit.wire.packing import Packed, pack

_PLACE = re.compile(r"\{([a-z_]+)\}")

Pem = Annotated[str, Field(max_length=8_000)]

CODE = r"^[0-9A-Z]{3,8}$"
"""A device's part of its report numbers."""

AssertionType = Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
"""The kind of proof a device logs in with (RFC 7523)."""

ASSERTION_LIFE = 120
"""Seconds for which an assertion is good."""

SKEW = 300
"""Seconds that a device's clock may be off before it can't log in."""


class EnrolRequest(Packed):
    """The one-time code, the device's public key, and the certificate requests for its two signing keys.

    `proof` is an assertion made with the device's key over `enrolment_audience(code)`: who enrols holds that key.
    `known_as` is under which id its person wrote here before; a device that says it also understands `recovery_key`.
    """

    code: str = Field(max_length=40)
    device_id: UUID
    device_code: str = Field(pattern=CODE)
    device_name: str = Field(default="", max_length=80)
    device_key: Pem
    assessor_csr: Pem
    sub_ca_csr: Pem
    proof: str = Field(max_length=4_000)
    known_as: UUID | None = None

    def to_bytes(self) -> bytes:
        """The message as gzipped JSON, without parts that aren't there."""
        return pack(self.model_dump_json(exclude_none=True).encode("utf-8"))


class Certificates(Packed):
    """The device's certificates, the issuing CA's and the programme's root, as PEM."""

    assessor: Pem
    sub_ca: Pem
    issuing: Pem
    root: Pem


class EnrolAnswer(Packed):
    """What an enrolled device must know. `audience` goes into its assertions.

    `device_code` is its part of report numbers: the one it asked for, unless another device has it. `recovery_key` is the
    programme's public recovery key (PEM), with which the device wraps its master key once more.
    """

    person: Person
    device_code: str = Field(pattern=CODE)
    country: Country
    programme_id: UUID
    programme_name: str
    certificates: Certificates
    scopes: tuple[str, ...]
    audience: str
    recovery_key: Pem | None = None

    def to_bytes(self) -> bytes:
        """The message as gzipped JSON, without parts that aren't there: an older device knows none of them."""
        return pack(self.model_dump_json(exclude_none=True).encode("utf-8"))


class TokenRequest(Packed):
    """A signed assertion, to be changed for a token."""

    assertion_type: AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assertion: str = Field(max_length=4_000)


class TokenAnswer(Packed):
    """A token, for how many seconds it is good, the endpoint's time, and the scopes that the device may see.

    `feed` names the endpoint's numbering: a number is only comparable with others of the same feed.
    """

    token: str
    expires_in: int
    server_time: Moment
    feed: str = Field(min_length=1, max_length=80)
    scopes: tuple[str, ...]


class Refusal(Packed):
    """Why the endpoint said no: a code for programs, and the sentence with what goes into its places.

    The sentence is English, the key of the catalogues: whoever reads it does so in their own language.
    """

    code: str = Field(pattern=r"^[a-z_]{1,60}$")
    text: str = Field(max_length=600)
    params: dict[str, Annotated[str, Field(max_length=500)] | int] = Field(default_factory=dict)
    plural: str | None = Field(default=None, max_length=600)
    count: int | None = None

    @model_validator(mode="after")
    def _plain_places(self) -> Self:
        """Only plain places with something to go into them: anything else could break whoever shows it."""
        known = {*self.params, "n"} if self.count is not None else set(self.params)
        for text in (self.text, self.plural or ""):
            if set(_PLACE.findall(text)) - known or set("{}") & set(_PLACE.sub("", text)):
                raise ValueError("the sentence has places that nothing goes into")
        return self


def enrolment_audience(code: str) -> str:
    """What the proof of an enrolment is made out to: this code and nothing else."""
    return f"greenaudit-enrolment:{tidy_code(code)}"


def tidy_code(code: str) -> str:
    """A code as it is compared: people type spaces, dashes, small letters, O for 0 and I or L for 1."""
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))
