"""`greenaudit checklist check|show|diff|import|export`: checklists as people who don't program make them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from greenaudit.cli.helping import Commands
from greenaudit.cli.language import spoken
from greenaudit.cli.options import JsonOption, PackArgument
from greenaudit.cli.output import FAILED, show, show_json
from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg, msgs
from greenaudit.packs import PackError
from greenaudit.packs.diff import Change, Difference
from greenaudit.packs.xlsform import FormError, Imported, NotCarried
from greenaudit.services import checklists as service

app = Commands("Checklists.")


@app.callback()
def checklists() -> None:
    """Checklists."""


@app.command()
def check(pack: PackArgument, as_json: JsonOption = False) -> None:
    """Checks a checklist: names every problem with file, question and field. Exit code 0: it can be used."""
    say = spoken()
    try:
        card = service.check(pack)
    except PackError as error:
        problems = problems_to_json(error)
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


@app.command(name="show")
def show_pack(pack: PackArgument, as_json: JsonOption = False) -> None:
    """Shows every question of a checklist; with --json all its fields and texts by language."""
    checklist = service.read(pack)
    if as_json:
        show_json(pack_to_json(checklist))
    else:
        show(_pack_lines(checklist))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The checklist as it was.")],
    new: Annotated[Path, typer.Argument(help="The checklist as it is.")],
    as_json: JsonOption = False,
) -> None:
    """Says what changed for an assessor, and whether scores can still be compared."""
    found = service.compare(old, new)
    if as_json:
        show_json(difference_to_json(found))
    else:
        show(_difference_lines(found))


@app.command(name="import")
def import_form(
    file: Annotated[Path, typer.Argument(help="An XLSForm workbook (.xlsx).")],
    out: Annotated[Path | None, typer.Option("--out", help="A new folder to write the checklist to.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Takes in a form from ODK, KoboToolbox or Survey123. Exit code 0: the checklist can be used.

    What could not be carried is listed line by line, with its reason.
    """
    try:
        found = service.import_form(file, out)
    except KnownError as error:
        if not as_json:
            show(_not_carried_lines(error.not_carried if isinstance(error, FormError) else ()))
            raise
        show_json(refused_to_json(error))
        raise typer.Exit(FAILED) from error
    if as_json:
        show_json(imported_to_json(found, out))
    else:
        show(_imported_lines(found, out))


@app.command()
def export(
    pack: PackArgument,
    to: Annotated[Path, typer.Option("--to", help="The workbook to write (.xlsx).")],
    as_json: JsonOption = False,
) -> None:
    """Writes a checklist as an XLSForm workbook that comes back the same; lists what a form alone can't say."""
    losses = service.export_form(pack, to)
    if as_json:
        show_json(
            {"ok": True, "file": str(to), "not_carried": [not_carried_to_json(note) for note in losses]}
        )
    else:
        show([spoken()(msg("The checklist is in {path}.", path=str(to))), *_not_carried_lines(losses)])


def problems_to_json(error: PackError) -> list[dict[str, str]]:
    """Every mistake of a checklist; sentences in the caller's language."""
    say = spoken()
    return [
        {"file": p.file, "question": p.question, "field": p.field, "what": say(p.message)}
        for p in error.problems
    ]


def pack_to_json(checklist: Checklist) -> dict[str, Any]:
    """A whole checklist: every question with its id, its texts by language and all its fields."""
    whole = checklist.model_dump(mode="json")
    return {"sha256": checklist.sha256, "draft": checklist.draft, **whole}


def difference_to_json(found: Difference) -> dict[str, Any]:
    """What changed, for scripts; sentences in the caller's language."""
    say = spoken()
    return {
        "needs": found.needs,
        "enough": found.enough,
        "verdict": say(found.verdict),
        "changes": [
            {
                "kind": change.kind,
                "where": change.where,
                "major": change.major,
                "languages": list(change.languages),
                "what": say(change.what),
            }
            for change in found.changes
        ],
    }


def imported_to_json(found: Imported, out: Path | None) -> dict[str, Any]:
    """What became of a form, for scripts."""
    checklist = found.checklist
    return {
        "ok": True,
        "id": checklist.id,
        "version": checklist.version,
        "title": checklist.title.model_dump(),
        "languages": list(found.languages),
        "questions": dict(found.questions),
        "groups": found.groups,
        "repeats": found.repeats,
        "notes": found.notes,
        "checklist_questions": len(checklist.questions),
        "draft": checklist.draft,
        "missing": list(checklist.missing),
        "not_carried": [not_carried_to_json(note) for note in found.not_carried],
        "folder": None if out is None else str(out),
    }


def refused_to_json(error: KnownError) -> dict[str, Any]:
    """Why nothing came of a form, for scripts."""
    notes = error.not_carried if isinstance(error, FormError) else ()
    return {
        "ok": False,
        "code": error.code,
        "problem": spoken()(error.message),
        "problems": problems_to_json(error) if isinstance(error, PackError) else [],
        "not_carried": [not_carried_to_json(note) for note in notes],
    }


def not_carried_to_json(note: NotCarried) -> dict[str, Any]:
    """One thing that wasn't carried: sheet, row, what and why."""
    return {"sheet": note.sheet, "row": note.row, "what": note.what, "why": spoken()(note.why)}


def _pack_lines(checklist: Checklist) -> Iterable[str]:
    say = spoken()
    yield f"{checklist.id} {checklist.version}: {checklist.title.in_(say.language)}"
    for section in checklist.sections:
        yield f"\n{section.id}  {section.title.in_(say.language)}"
        for question in checklist.questions:
            if question.section == section.id:
                marks = f"{question.weight}{'!' if question.critical else ''}"
                yield f"  {question.id}  {marks:2}  {question.text.in_(say.language)}"


def _difference_lines(found: Difference) -> Iterable[str]:
    say = spoken()
    for change in found.changes:
        yield _change_line(change)
    yield say(found.verdict)


def _change_line(change: Change) -> str:
    say = spoken()
    line = f"{change.where}: {say(change.what)}" if change.where else say(change.what)
    return f"{line} · {say(msg('major'))}" if change.major else line


def _imported_lines(found: Imported, out: Path | None) -> Iterable[str]:
    say = spoken()
    checklist = found.checklist
    count = msgs(
        "{name}: one question.", "{name}: {n} questions.", len(checklist.questions), name=checklist.id
    )
    yield say(count)
    yield say(msg("Languages: {languages}", languages=", ".join(found.languages)))
    yield from _not_carried_lines(found.not_carried)
    if checklist.missing:
        yield say(
            msgs(
                "It is a draft: one text is still to be written.",
                "It is a draft: {n} texts are still to be written.",
                len(checklist.missing),
            )
        )
    if out is not None:
        yield say(msg("The checklist is in {path}.", path=str(out)))


def _not_carried_lines(notes: Iterable[NotCarried]) -> Iterable[str]:
    say = spoken()
    return [say(note.sentence) for note in notes]
