"""A checklist from whatever it lies in: a folder of YAML, a workbook, or the canonical JSON that a visit keeps."""

from __future__ import annotations

from pathlib import Path

from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs.blobs import checklist_from_bytes
from greenaudit.packs.characters import hidden_character
from greenaudit.packs.judging import judged
from greenaudit.packs.loading import load_checklist
from greenaudit.packs.problems import PackError
from greenaudit.packs.xlsform import import_workbook

MAX_JSON = 20_000_000
WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def read_checklist(path: Path) -> Checklist:
    """The checklist in a folder or file, judged. Raises KnownError; PackError lists every mistake."""
    if path.is_dir():
        return load_checklist(path)
    if path.suffix.lower() in WORKBOOKS:
        return import_workbook(path).checklist
    if path.suffix.lower() == ".json":
        return _from_json(path)
    raise KnownError(
        "pack_unknown",
        msg("{path} is no checklist: expected a folder, an .xlsx workbook or a .json file.", path=str(path)),
    )


def _from_json(path: Path) -> Checklist:
    try:
        if path.stat().st_size > MAX_JSON:
            raise KnownError(
                "pack_large",
                msg("{path} is larger than {limit} MB.", path=path.name, limit=MAX_JSON // 1_000_000),
            )
        data = path.read_bytes()
    except OSError as error:
        raise KnownError(
            "file_missing", msg("{path} is missing or can't be opened.", path=path.name)
        ) from error
    try:
        checklist = checklist_from_bytes(data)
    except KnownError as error:
        raise KnownError(
            "pack_unreadable", msg("{path} isn't a checklist's JSON.", path=path.name)
        ) from error
    hidden = hidden_character(checklist.model_dump_json())
    if hidden is not None:
        raise KnownError(
            "pack_hidden",
            msg("A text holds a character that hides or reorders text: {sign}.", sign=hidden.name),
        )
    problems = judged(checklist, path.name)
    if problems:
        raise PackError(path, problems)
    return checklist
