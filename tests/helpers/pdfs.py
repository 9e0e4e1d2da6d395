"""Reading a PDF back with poppler, as a stranger would."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Font:
    """A line of `pdffonts`."""

    name: str
    embedded: bool
    subset: bool


def words_of(pdf: bytes) -> str:
    """All text of a PDF, runs of blanks of any kind as one space."""
    return plain(_run("pdftotext", pdf, "-layout", "{}", "-"))


def plain(text: str) -> str:
    """Text with every run of blanks, no-break spaces too, as one space."""
    return re.sub(r"\s+", " ", text)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return _run("pdftotext", pdf, "{}", "-").split("\f")[:-1]


def fonts_of(pdf: bytes) -> list[Font]:
    """The fonts that a PDF lists."""
    lines = _run("pdffonts", pdf, "{}").splitlines()[2:]
    return [Font(line.split()[0], line.split()[-5] == "yes", line.split()[-4] == "yes") for line in lines]


def _run(tool: str, pdf: bytes, *arguments: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(pdf)
        command = [tool, *(str(file) if argument == "{}" else argument for argument in arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
