"""`greenaudit server code|person|people|close`: who is let in at an endpoint, and who is not any more."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from greenaudit.cli.endpoints import HomeOption, given_password, opened_endpoint
from greenaudit.cli.language import spoken
from greenaudit.cli.naming import car_maker, organisations, person_meant, refuse_second
from greenaudit.cli.options import JsonOption
from greenaudit.cli.output import show, show_json
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.rights import Role

ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


def code(
    person: Annotated[str, typer.Option(help="The assessor's name; or login or id, as `people` shows it.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Makes a one-time code for a person's device; a new person is let in as an assessor."""
    with opened_endpoint(home) as place:
        known = person_meant(place, person)
        account = known or place.add_person(Newcomer(name=person, role="assessor", login=_login(person)))
        one_time = place.new_code(account.person_id)
    if as_json:
        show_json(
            {
                "person": account.name,
                "id": str(account.person_id),
                "code": one_time,
                "let_in": known is None,
            }
        )
        return
    let_in = [] if known else [msg("{person} is let in, as {role}.", person=account.name, role=account.role)]
    given = msg("One-time code for {person}: {code}", person=account.name, code=one_time)
    show(spoken()(line) for line in (*let_in, given))


def person(
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[str, typer.Option(help="assessor, mentor, manager, evaluator or administrator.")],
    login: Annotated[str, typer.Option(help="The login for the pages; the password as for init.")] = "",
    oem: Annotated[str, typer.Option(help="The car maker's name or id, for a mentor.")] = "",
    another: Annotated[
        bool, typer.Option("--another", help="Somebody else of this name is let in already.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lets a person in: with a login to the pages, and a record that everyone sees."""
    if role not in ROLES:
        raise KnownError(
            "role",
            msg("{role} is not a role here. Choose one of: {roles}.", role=role, roles=", ".join(ROLES)),
        )
    if (role == "mentor") != bool(oem):
        raise KnownError(
            "mentor_oem", msg("A mentor belongs to a car maker: name it with --oem, and only for a mentor.")
        )
    with opened_endpoint(home) as place:
        if not another:
            refuse_second(place, name)
        newcomer = Newcomer(
            name=name,
            role=ROLES[role],
            login=login or _login(name),
            oem_id=car_maker(place, oem) if oem else None,
            password=given_password() if login else "",
        )
        account = place.add_person(newcomer)
    if as_json:
        show_json({"person": name, "id": str(account.person_id), "role": role, "login": account.login})
    else:
        show([spoken()(msg("{person} is let in, as {role}.", person=name, role=role))])


def people(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Lists who is let in, with their devices, and the suppliers and car makers of the programme."""
    with opened_endpoint(home) as place:
        devices = place.devices.all()
        rows = [
            {
                "id": str(one.person_id),
                "name": one.name,
                "role": one.role,
                "login": one.login,
                "devices": [d.code for d in devices if d.person_id == one.person_id and not d.revoked],
            }
            for one in place.accounts.all()
        ]
        firms = [{"id": str(one.id), "name": one.name, "kind": one.kind} for one in organisations(place)]
    if as_json:
        show_json({"people": rows, "organisations": firms})
    else:
        show(
            "  ".join([*(str(row[key]) for key in ("id", "role", "login", "name")), *row["devices"]])
            for row in rows
        )
        show(f"{firm['id']}  {firm['kind']}  {firm['name']}" for firm in firms)


def close(login: Annotated[str, typer.Argument(help="The person's login.")], home: HomeOption = None) -> None:
    """Shuts the account of somebody who leaves: their devices and sessions are refused at once. What they wrote stays."""
    with opened_endpoint(home) as place:
        account = next((a for a in place.accounts.all() if a.login == login.strip().lower()), None)
        if account is None:
            raise KnownError("login_unknown", msg("There is no open account {login}.", login=login))
        place.accounts.close_account(account.person_id)
    show([spoken()(msg("The account of {person} is shut.", person=account.name))])


def _login(person: str) -> str:
    return "-".join(person.lower().split())
