"""`greenaudit checklist check`: every problem of a checklist."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greenaudit.cli.output import FAILED, show, show_json, spoken
from greenaudit.messages import msg
from greenaudit.packs import PackError
from greenaudit.services.packs import check_folder

app = typer.Typer(help="Checklists.", no_args_is_help=True)


@app.callback()
def checklists() -> None:
    """Checklists."""


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="The checklist's folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Checks a checklist: names every problem with file, question and field. Exit code 0: it can be used."""
    say = spoken()
    try:
        card = check_folder(folder)
    except PackError as error:
        problems = [
            {"file": p.file, "question": p.question, "field": p.field, "what": say(p.message)}
            for p in error.problems
        ]
        if as_json:
            show_json({"ok": False, "problems": problems})
        else:
            show(
                " · ".join(part for part in (p["file"], p["question"], p["field"], p["what"]) if part)
                for p in problems
            )
        raise typer.Exit(FAILED) from error
    facts = {
        "ok": True,
        "id": card.id,
        "version": card.version,
        "questions": card.questions,
        "sha256": card.sha256,
    }
    if as_json:
        show_json(facts)
    else:
        fine = msg(
            "{name} {version}: {questions} questions, nothing wrong.",
            name=card.id,
            version=card.version,
            questions=card.questions,
        )
        show([say(fine), card.sha256])
