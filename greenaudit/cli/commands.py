"""The commands' list: each lives in a module of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from greenaudit.cli import backups, checklist, demo, report, score, server, sync, timestamps, verify
from greenaudit.cli.helping import Commands
from greenaudit.cli.output import PROGRAM, guarded
from greenaudit.cli.window import open_window

app = Commands("Environmental walks through suppliers' plants. Without a command the window opens.")
app.add_typer(checklist.app, name="checklist")
app.add_typer(server.app, name="server")
app.command("demo")(demo.demo)
app.command("report")(report.report)
app.command("verify")(verify.verify)
app.command("score")(score.score)
app.command("sync")(sync.sync)
app.command("timestamps")(timestamps.timestamps)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.command("doctor")(backups.doctor)
app.command("recovery-code")(backups.recovery_code)


@app.command("window")
def window(
    sample: Annotated[
        bool, typer.Option("--sample", help="Open the sample programme; it is made when it is not there.")
    ] = False,
) -> None:
    """Opens the window. Where there is no screen the sample visit runs in the terminal."""
    raise typer.Exit(open_window(["--sample"] if sample else []))


def run(arguments: list[str]) -> int:
    """Runs a command line; gives its exit code."""
    return guarded(lambda: int(app(arguments, prog_name=PROGRAM, standalone_mode=False) or 0))
