"""What several commands take, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="The app's folder, when it is not the usual one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
PackArgument = Annotated[
    Path, typer.Argument(help="A checklist: its folder, an .xlsx workbook or a .json file.")
]
