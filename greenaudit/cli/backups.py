"""`greenaudit backup|restore|doctor`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from greenaudit.cli.homes import named_home, opened, passphrase
from greenaudit.cli.output import FAILED, show, show_json, spoken
from greenaudit.services.backups import restore_backup

CODE_VARIABLE = "GREENAUDIT_RECOVERY_CODE"
HomeOption = Annotated[
    Path | None, typer.Option("--home", help="The app's folder, when it is not the usual one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="Another folder for backups, e.g. on a stick.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Makes a backup, opens it and checks it."""
    with opened(home) as app:
        made = app.backups.make(to)
    facts = {
        "backup": str(made.folder),
        "made_at": made.made_at.isoformat(),
        "evidence": len(made.manifest.evidence),
        "records": dict(made.manifest.counts),
    }
    if as_json:
        show_json(facts)
    else:
        show(
            [
                f"The backup is in {made.folder}. It was opened and checked: {facts['evidence']} files of evidence."
            ]
        )


def restore(
    folder: Annotated[Path, typer.Argument(help="The backup's folder.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restores a backup with its recovery code (from GREENAUDIT_RECOVERY_CODE, or asked for)."""
    code = os.environ.get(CODE_VARIABLE) or typer.prompt("Recovery code")
    place = named_home(home)
    restored = restore_backup(folder, code, place, passphrase())
    if as_json:
        show_json(
            {"home": str(place.root), "backup": str(restored.folder), "made_at": restored.made_at.isoformat()}
        )
    else:
        show(
            [
                f"Restored into {place.root}, as it stood at {restored.made_at:%Y-%m-%d %H:%M} UTC.",
                "This is a new device now: enrol it before it signs or syncs.",
            ]
        )


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Looks at everything that the app keeps. Exit code 0: all is well."""
    say = spoken()
    with opened(home) as app:
        checks = app.backups.examine()
    if as_json:
        show_json([{"name": c.name, "ok": c.ok, "text": say(c.message)} for c in checks])
    else:
        show(f"{'ok  ' if c.ok else 'LOOK'}  {say(c.message)}" for c in checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(FAILED)
