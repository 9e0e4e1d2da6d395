"""`greenaudit report [ASSESSMENT]`: the report of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from greenaudit.cli.homes import opened
from greenaudit.cli.language import as_language, spoken
from greenaudit.cli.options import HomeOption, JsonOption
from greenaudit.cli.output import show, show_json
from greenaudit.errors import KnownError
from greenaudit.i18n import LANGUAGES
from greenaudit.messages import msg
from greenaudit.services.files import save_file
from greenaudit.services.opening import App

STATES = {"prepared": msg("Prepared"), "in_progress": msg("In progress"), "signed": msg("Signed")}


def report(
    assessment: Annotated[
        str, typer.Argument(help="A visit's id or report number; without it visits are listed.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the PDF.")] = None,
    extended: Annotated[
        bool,
        typer.Option("--extended", help="The signed report with validation data and, if set, a time stamp."),
    ] = False,
    language: Annotated[str, typer.Option(help="en, es or fr; a signed report keeps its own.")] = "en",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Writes a visit's report: the signed one of a closed visit, else the report as it would be now."""
    if language not in LANGUAGES:
        raise KnownError("language", msg("{language} is not en, es or fr.", language=language))
    with opened(home) as app:
        if not assessment:
            _list(app, as_json=as_json)
            return
        chosen = _find(app, assessment)
        visit = app.visits.open(chosen)
        if extended:
            pdf = app.extending.extended(chosen)
        elif visit.closed:
            pdf = app.closing.signed_pdf(chosen)
        else:
            pdf = app.closing.preview(chosen, as_language(language)).pdf
        number = app.closing.state(chosen).number
    # An unsigned one never takes the place of the signed report of the same number.
    kind = "-extended" if extended else "" if visit.closed else "-unsigned"
    target = out or Path(f"{number}{kind}.pdf")
    save_file(target, pdf)
    if as_json:
        show_json({"report": str(target), "number": number, "signed": visit.closed})
    else:
        line = msg("{number} is in {path}.", number=number, path=str(target))
        unsigned = msg("{number} is in {path}; it is not signed.", number=number, path=str(target))
        show([spoken()(line if visit.closed else unsigned)])


def _list(app: App, *, as_json: bool) -> None:
    cards = app.visits.list()
    rows = [
        {
            "id": str(card.assessment_id),
            "plant": card.plant.name,
            "state": card.state,
            "answered": card.done,
            "asked": card.total,
            "number": card.report_number,
        }
        for card in cards
    ]
    if as_json:
        show_json(rows)
    else:
        say = spoken()
        show(
            "  ".join(str(part) for part in {**row, "state": say(STATES[card.state])}.values())
            for row, card in zip(rows, cards, strict=True)
        )


def _find(app: App, name: str) -> UUID:
    for card in app.visits.list():
        if name in (str(card.assessment_id), card.report_number):
            return card.assessment_id
    raise KnownError("visit_unknown", msg("There is no visit {name} on this device.", name=name))
