"""Whom and what a command means: people, car makers and devices by what a listing shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from greenaudit.cli.endpoints import record_id
from greenaudit.domain.suppliers import Organisation
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.devices import Device
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.rights import Account


def person_meant(place: Endpoint, said: str) -> Account | None:
    """The person of an id, a login or a name; None for nobody, KnownError where it may be more than one."""
    wanted = tidy(said)
    found = [
        one
        for one in place.accounts.all()
        if wanted in (str(one.person_id), one.login, tidy(one.name))  # ids and logins are in small letters
    ]
    if len(found) > 1:
        raise KnownError(
            "person_ambiguous",
            msg(
                "{name} may be one of these: {people}. Say which, by login or id.",
                name=said,
                people="; ".join(f"{one.name} ({one.login}, {one.person_id})" for one in found),
            ),
        )
    return found[0] if found else None


def refuse_second(place: Endpoint, name: str) -> None:
    """KnownError where somebody of this name is let in already: two of one name get mixed up for good."""
    for one in place.accounts.all():
        if tidy(one.name) == tidy(name):
            raise KnownError(
                "person_exists",
                msg(
                    "{name} is let in already, with the login {login}. For a code for a device, use: {command}. If it is "
                    "somebody else of the same name, add {option}.",
                    name=one.name,
                    login=one.login,
                    command=f"greenaudit server code --person {one.login}",
                    option="--another",
                ),
            )


def car_maker(place: Endpoint, said: str) -> UUID:
    """The record of a car maker, by its name or id."""
    makers = [one for one in organisations(place) if one.kind == "oem"]
    found = [one for one in makers if tidy(said) in (str(one.id), tidy(one.name))]
    if len(found) == 1:
        return found[0].id
    raise KnownError(
        "oem_unknown",
        msg(
            "{name} is not one car maker of this programme. Give one of these names or ids: {makers}.",
            name=said,
            makers="; ".join(f"{one.name} ({one.id})" for one in found or makers) or "–",
        ),
    )


def organisations(place: Endpoint) -> Sequence[Organisation]:
    """The programme's suppliers and car makers, by name."""
    with place.store.read() as reader:
        return sorted(reader.where(Organisation), key=lambda one: (one.kind, one.name))


def device_meant(place: Endpoint, said: str) -> Device:
    """The device of an id, or of the code that stands in the numbers of its reports."""
    for one in place.devices.all():
        if said.strip().upper() == one.code or said.strip().lower() == str(one.device_id):
            if one.device_id == place.store.device_id:
                raise KnownError(
                    "device_own",
                    msg(
                        "The device {device} is the endpoint itself; nothing was changed. For a laptop's code see: {command}",
                        device=one.code,
                        command="greenaudit server devices",
                    ),
                )
            if one.revoked:
                raise KnownError(
                    "device_revoked",
                    msg("The device {device} has no access already; nothing was changed.", device=one.code),
                )
            return one
    device_id = record_id(said)
    raise KnownError(
        "device_not_enrolled",
        msg(
            "There is no device {device} here. See: {command}",
            device=str(device_id),
            command="greenaudit server devices",
        ),
    )


def tidy(name: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(name.casefold().split())
