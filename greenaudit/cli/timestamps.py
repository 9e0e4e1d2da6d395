"""`greenaudit timestamps`: which authority proves when reports were signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greenaudit.cli.homes import opened
from greenaudit.cli.language import spoken
from greenaudit.cli.options import HomeOption, JsonOption
from greenaudit.cli.output import show, show_json
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.services.verification import read_file

MOST_ROOT_BYTES = 1_000_000


def timestamps(
    url: Annotated[str, typer.Argument(help="The time stamp authority's address (RFC 3161).")] = "",
    root: Annotated[
        Path | None, typer.Option("--root", help="The root certificate (PEM) of the authority.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Ask no authority any more.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Names the authority that time-stamps copies of signed reports after each synchronisation; without one, says which.

    The authority gets a hash of the report, never the report.
    """
    if bool(url) != bool(root) or (url and off):
        raise KnownError("stamp_halves", msg("Name the authority's address and its --root, or --off alone."))
    with opened(home) as app:
        if url and root:
            app.extending.use_authority(url, read_file(root, MOST_ROOT_BYTES))
        elif off:
            app.extending.use_none()
        named = app.extending.authority
    if as_json:
        show_json({"timestamp_url": named})
        return
    on = msg("Signed reports are time-stamped by {url}.", url=named)
    show([spoken()(on if named else msg("Signed reports are not time-stamped: no authority is named."))])
