"""`greenaudit server code|person|close`: who is let in at an endpoint, and who is not any more."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from greenaudit.cli.endpoints import HomeOption, given_password, opened_endpoint, record_id
from greenaudit.cli.language import spoken
from greenaudit.cli.options import JsonOption
from greenaudit.cli.output import show, show_json
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.rights import Role

ROLES: dict[str, Role] = {role: role for role in get_args(Role)}


def code(
    person: Annotated[str, typer.Option(help="The assessor's name.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Makes a one-time code for a person's device; a new person is let in as an assessor."""
    with opened_endpoint(home) as place:
        known = next((a for a in place.accounts.all() if a.name == person), None)
        account = known or place.add_person(Newcomer(name=person, role="assessor", login=_login(person)))
        one_time = place.new_code(account.person_id)
    if as_json:
        show_json({"person": person, "code": one_time})
    else:
        show([spoken()(msg("One-time code for {person}: {code}", person=person, code=one_time))])


def person(
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[str, typer.Option(help="assessor, mentor, manager, evaluator or administrator.")],
    login: Annotated[str, typer.Option(help="The login for the pages; the password as for init.")] = "",
    oem: Annotated[str, typer.Option(help="The car maker's record, for a mentor.")] = "",
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
    password = given_password() if login else ""
    newcomer = Newcomer(
        name=name,
        role=ROLES[role],
        login=login or _login(name),
        password=password,
        oem_id=record_id(oem) if oem else None,
    )
    with opened_endpoint(home) as place:
        account = place.add_person(newcomer)
    if as_json:
        show_json({"person": name, "id": str(account.person_id), "role": role, "login": account.login})
    else:
        show([spoken()(msg("{person} is let in, as {role}.", person=name, role=role))])


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
