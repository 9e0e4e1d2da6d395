"""The workbook as a file, judged before anything reads it: sizes, parts, and what could run or reach out.

A workbook is a zip of XML. Declared sizes are judged first and no part is ever unpacked beyond its own, so that a
bomb costs nothing; a part with a document type could define entities, and is refused.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg

MAX_FILE = 20_000_000
MAX_PARTS = 2_000
MAX_PART = 16_000_000
MAX_UNPACKED = 48_000_000
MAX_MERGED = 50
MAX_ROWS = 20_000

MAX_TAGS = 1_500_000
MAX_OTHER_TAGS = 100_000
"""Tags of a part that holds neither cells nor texts, such as the styles: they are slow to read."""

_XML = (".xml", ".rels", ".vml")
_NOT_UTF8 = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"<\x00",
    b"\x00<",
    b"\x00\x00\x00<",
    b"\x00\x00\xfe\xff",
    b"\x4c\x6f\xa7\x94",
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Every repetition has an end, so that a hostile part can't make a search take long.
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[ >/]")
_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell [^<>]{0,40}?ref="([A-Z0-9:]{1,30})"')
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b[^<>]{0,200}?(?: r=\"(\d{1,9})\"[^<>]{0,300})?>")
_VALUE = re.compile(rb"<(?:\w{1,20}:)?(?:v|is)[ >]")
_FAR_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c [^<>]{0,60}?\br=\"[A-Z]{3}\d{1,9}\"[^<>]{0,60}>\s{0,20}<(?:\w{1,20}:)?(?:v|is)[ >]"
)


class WorkbookError(KnownError):
    """A workbook that can't be read or won't be."""

    def __init__(self, message: Message) -> None:
        super().__init__("workbook_unfit", message)


@dataclass(frozen=True, slots=True)
class Archive:
    """A workbook that may be read, and what it holds beside its cells."""

    data: bytes
    macros: bool
    links: bool
    formulas: bool
    merged: tuple[str, ...]

    def open(self) -> BytesIO:
        """The workbook's bytes, to be read from the start."""
        return BytesIO(self.data)


def open_archive(path: Path) -> Archive:
    """The workbook in a file, judged. Raises WorkbookError with a sentence."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise WorkbookError(
                msg("{path} is larger than {limit} MB.", path=path.name, limit=MAX_FILE // 1_000_000)
            )
        data = path.read_bytes()
    except OSError as error:
        raise WorkbookError(msg("{path} is missing or can't be opened.", path=path.name)) from error
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise WorkbookError(
            msg("{path} is an old workbook or has a password. Save it as .xlsx without one.", path=path.name)
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _judged(archive, data, path.name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise WorkbookError(
            msg("{path} isn't an .xlsx workbook, or it is damaged.", path=path.name)
        ) from error


def _judged(archive: zipfile.ZipFile, data: bytes, name: str) -> Archive:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or any(part.file_size > MAX_PART for part in parts):
        raise WorkbookError(
            msg(
                "{path} unpacks to more than a checklist can need: at most {limit} MB, {part} MB in one sheet.",
                path=name,
                limit=MAX_UNPACKED // 1_000_000,
                part=MAX_PART // 1_000_000,
            )
        )
    if len(names) != len(parts) or "xl/workbook.xml" not in names:
        raise WorkbookError(msg("{path} isn't an .xlsx workbook, or it is damaged.", path=name))
    sheets, tags = b"", 0
    for part in parts:
        xml = _xml_of(archive, part, name)
        found = xml.count(b"<")
        tags += found
        beside = b"sheetData" not in xml and b"<sst" not in xml and b":sst" not in xml
        if tags > MAX_TAGS or (beside and found > MAX_OTHER_TAGS):
            raise WorkbookError(msg("{path} holds more cells than a checklist can need.", path=name))
        if b"sheetData" in xml:
            _refuse_far(xml, part.filename.rsplit("/", 1)[-1])
            sheets += xml
    return Archive(
        data=data,
        macros=any(part.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for part in names),
        links=any(part.startswith("xl/externalLinks/") for part in names),
        formulas=_FORMULA.search(sheets) is not None,
        merged=tuple(found.decode("ascii") for found in _MERGED.findall(sheets)[:MAX_MERGED]),
    )


def _xml_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """A part that is XML, whatever its name says; of any other nothing. Refuses what could define entities."""
    with archive.open(part) as stream:
        data = stream.read()
    plain = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if (
        not plain.startswith(b"<")
        and not part.filename.lower().endswith(_XML)
        and not data.startswith(_NOT_UTF8)
    ):
        return b""
    if not plain.startswith(b"<") or b"\x00" in data or _DOCTYPE.search(data):
        raise WorkbookError(
            msg("{path} holds XML with its own definitions. It may be hostile; it isn't read.", path=name)
        )
    return data


def _refuse_far(xml: bytes, sheet: str) -> None:
    """Refuses a sheet that says something beyond the last row or column that is read."""
    if _FAR_CELL.search(xml):
        raise WorkbookError(too_large(sheet))
    number = 0
    for found in _ROW.finditer(xml):
        number = int(found[1]) if found[1] else number + 1
        if number > MAX_ROWS:
            if _VALUE.search(xml, found.end()):
                raise WorkbookError(too_large(sheet))
            return


def too_large(sheet: str) -> Message:
    """What is said of a sheet with more than is read."""
    return msg(
        "The sheet {sheet} is too large: at most {rows} rows and 400 columns.", sheet=sheet, rows=MAX_ROWS
    )
