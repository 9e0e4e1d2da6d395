"""The endpoint that a command works on, and what people say of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from greenaudit.cli.output import asked
from greenaudit.errors import KnownError
from greenaudit.log import log_to_file
from greenaudit.messages import msg
from greenaudit.paths import Home, default_home
from greenaudit.server.endpoint import Endpoint
from greenaudit.server.opening import endpoint_of

PASSWORD_VARIABLE = "GREENAUDIT_ADMIN_PASSWORD"  # noqa: S105 the name of a place, not a secret
HomeOption = Annotated[Path | None, typer.Option("--home", help="The endpoint's folder.")]


@contextmanager
def opened_endpoint(home: Path | None) -> Iterator[Endpoint]:
    """The endpoint, for as long as the block runs; the log goes to its folder until the command ends."""
    place = endpoint_home(home)
    log_to_file(place)
    with endpoint_of(place) as endpoint:
        yield endpoint


def endpoint_home(named: Path | None) -> Home:
    """The home of an option; without it the usual one."""
    return Home(named) if named else Home(default_home().root / "endpoint")


def given_password() -> str:
    """The password from the environment, or asked for at the terminal."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise KnownError(
            "password_missing",
            msg(
                "There is nobody here to ask for the password. Give it in {variable}.",
                variable=PASSWORD_VARIABLE,
            ),
        )
    password = asked(msg("Password:"), hidden=True)
    if asked(msg("The same password again:"), hidden=True) != password:
        raise KnownError(
            "passwords_differ", msg("The two passwords differ. Nothing was changed; start again.")
        )
    return password


def record_id(text: str) -> UUID:
    """The id of a record as it was typed."""
    try:
        return UUID(text)
    except ValueError as error:
        raise KnownError("not_an_id", msg("{name} is not the id of a record.", name=text)) from error
