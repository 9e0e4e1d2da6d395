"""`greenaudit sync`: everything to the endpoint and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.homes import named_home, opened
from greenaudit.cli.language import spoken
from greenaudit.cli.options import HomeOption, JsonOption
from greenaudit.cli.output import FAILED, show, show_json
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.services.opening import is_set_up
from greenaudit.services.syncing import SyncSummary


def sync(
    endpoint: Annotated[str, typer.Option(help="The endpoint's address, to enrol this device first.")] = "",
    code: Annotated[str, typer.Option(help="The one-time code, to enrol this device first.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Exchanges everything with the endpoint; with --endpoint and --code enrols first. Exit code 0: all is there."""
    say = spoken()
    if bool(endpoint) != bool(code):
        raise KnownError("enrol_halves", msg("To enrol, give both --endpoint and --code."))
    if endpoint:
        _refuse_fresh(home)
    with opened(home) as app:
        if endpoint:
            welcome = app.syncing.enrol(endpoint_url=endpoint, code=code)
            if not as_json:
                show([say(welcome)])
        summary = app.syncing.run()
    if as_json:
        show_json(summary_to_json(summary))
    else:
        show(say(line) for line in told(summary))
    if not summary.complete:
        raise typer.Exit(FAILED)


def _refuse_fresh(home: Path | None) -> None:
    """KnownError where nobody has set this device up: there is no name and no recovery code yet to enrol with."""
    place = named_home(home)
    if not is_set_up(place):
        raise KnownError(
            "home_fresh",
            msg(
                "There is nothing in {path} yet. Open the window once and set this device up: it asks for your name and "
                "shows the recovery code. Then enrol; the code is not used up.",
                path=str(place.root),
            ),
        )


def told(summary: SyncSummary) -> list[Message]:
    """What a person hears: also what could not be done beside the synchronisation, e.g. a time stamp."""
    beside = (trouble for trouble in summary.troubles if trouble != summary.message)
    return [summary.message, _counts(summary), *beside]


def summary_to_json(summary: SyncSummary) -> dict[str, Any]:
    """A synchronisation's result for scripts."""
    say = spoken()
    return {
        "complete": summary.complete,
        "pushed": summary.pushed,
        "pulled": summary.pulled,
        "photos_sent": summary.photos_sent,
        "photos_received": summary.photos_received,
        "confirmed_changes": summary.confirmed_changes,
        "confirmed_photos": summary.confirmed_photos,
        "only_here": summary.only_here.model_dump(),
        "troubles": [say(trouble) for trouble in summary.troubles],
    }


def _counts(summary: SyncSummary) -> Message:
    return msg(
        "Sent {pushed} changes and {sent} photos; received {pulled} changes and {received} photos.",
        pushed=summary.pushed,
        sent=summary.photos_sent,
        pulled=summary.pulled,
        received=summary.photos_received,
    )
