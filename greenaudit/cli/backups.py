"""`greenaudit backup|restore|doctor`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from greenaudit.cli.homes import named_home, opened, passphrase
from greenaudit.cli.language import spoken
from greenaudit.cli.options import HomeOption, JsonOption
from greenaudit.cli.output import FAILED, asked, show, show_json
from greenaudit.messages import Message, msg, msgs
from greenaudit.paths import Home
from greenaudit.server.keeping import back_up, examine, is_endpoint
from greenaudit.services.backups import Returned, restore_backup
from greenaudit.services.opening import App, open_with_programme_key, rest_of_endpoint
from greenaudit.services.verification import read_file
from greenaudit.store.backup import Backup, read_backup
from greenaudit.store.doctor import Check
from greenaudit.store.staging import refuse_if_occupied

CODE_VARIABLE = "GREENAUDIT_RECOVERY_CODE"
MOST_KEY_BYTES = 100_000

ProgrammeKeyOption = Annotated[
    Path | None,
    typer.Option("--programme-key", help="The programme's recovery key (its file), when the code is lost."),
]


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="Another folder for backups, e.g. on a stick.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Makes a backup, opens it and checks it. Exit code 0: everything on the device is in it."""
    made = _made(home, to)
    if as_json:
        show_json(
            {
                "backup": str(made.folder),
                "made_at": made.made_at.isoformat(),
                "complete": made.complete,
                "evidence": len(made.manifest.evidence),
                "damaged": sorted(made.manifest.damaged),
                "absent": sorted(made.manifest.absent),
                "records": dict(made.manifest.counts),
            }
        )
    else:
        say = spoken()
        show(say(line) for line in _told(made))
    if not made.complete:
        raise typer.Exit(FAILED)


def restore(
    folder: Annotated[Path, typer.Argument(help="The backup's folder.")],
    programme_key: ProgrammeKeyOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restores a backup with its recovery code (from GREENAUDIT_RECOVERY_CODE, or asked for).

    With --programme-key the code is that of the programme's key file.
    """
    say, place = spoken(), named_home(home)
    key = read_file(programme_key, MOST_KEY_BYTES) if programme_key else None
    refuse_if_occupied(place)
    read_backup(
        folder
    )  # nobody types a long code for a folder that is no backup, or into a home that isn't free
    returned = restore_backup(folder, _code(key), place, passphrase(), programme_key=key)
    restored = returned.backup
    if as_json:
        show_json(
            {"home": str(place.root), "backup": str(restored.folder), "made_at": restored.made_at.isoformat()}
        )
        return
    stood = f"{restored.made_at:%Y-%m-%d %H:%M} UTC"
    show(
        [
            say(msg("Restored into {path}, as it stood at {moment}.", path=str(place.root), moment=stood)),
            say(_next(place, returned)),
        ]
    )


def recovery_code(
    programme_key: ProgrammeKeyOption = None, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Makes a new recovery code and shows it once; the old one no longer opens this home, only older backups.

    With --programme-key the home is opened by the programme's key file and that file's code, and its key is kept anew on
    this machine.
    """
    with _opened_by(programme_key, home) as app:
        code = app.backups.new_recovery_code()
    if as_json:
        show_json({"recovery_code": code})
    else:
        show([spoken()(msg("Recovery code, shown once; write it down: {code}", code=code))])


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Looks at everything that the app keeps. Exit code 0: all is well."""
    say = spoken()
    checks = _checks(home)
    if as_json:
        show_json([{"name": c.name, "ok": c.ok, "text": say(c.message)} for c in checks])
    else:
        show(f"{'ok' if c.ok else '!!'}  {say(c.message)}" for c in checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(FAILED)


def _next(place: Home, returned: Returned) -> Message:
    if returned.of_endpoint:
        return rest_of_endpoint(place)
    return msg("This is a new device now: enrol it before it signs or syncs.")


@contextmanager
def _opened_by(programme_key: Path | None, home: Path | None) -> Iterator[App]:
    if programme_key is None:
        with opened(home) as app:
            yield app
        return
    key = read_file(programme_key, MOST_KEY_BYTES)
    app = open_with_programme_key(named_home(home), key, _code(key), passphrase=passphrase())
    try:
        yield app
    finally:
        app.close()


def _code(programme_key: bytes | None) -> str:
    """The recovery code, or the code of the programme's key file; from the environment, or asked for."""
    given = os.environ.get(CODE_VARIABLE)
    if given:
        return given
    return asked(msg("Recovery code:") if programme_key is None else msg("Code of the programme's key file:"))


def _made(home: Path | None, to: Path | None) -> Backup:
    place = named_home(home)
    if is_endpoint(place):
        return back_up(place, to)
    with opened(home) as app:
        return app.backups.make(to)


def _checks(home: Path | None) -> tuple[Check, ...]:
    place = named_home(home)
    if is_endpoint(place):
        return examine(place)
    with opened(home) as app:
        return app.backups.examine()


def _told(made: Backup) -> list[Message]:
    """What to say of a backup: where it is, and what it could not hold."""
    lines = [
        msg(
            "The backup is in {path}. It was opened and checked: {files} files of evidence.",
            path=str(made.folder),
            files=len(made.manifest.evidence),
        )
    ]
    if made.manifest.damaged:
        lines.append(
            msgs(
                "{n} file of evidence is damaged on this device and is not in it. Older backups were kept.",
                "{n} files of evidence are damaged on this device and are not in it. Older backups were kept.",
                len(made.manifest.damaged),
            )
        )
    if made.manifest.absent:
        lines.append(
            msgs(
                "{n} file of evidence was never on this device and is not in it.",
                "{n} files of evidence were never on this device and are not in it.",
                len(made.manifest.absent),
            )
        )
    return lines
