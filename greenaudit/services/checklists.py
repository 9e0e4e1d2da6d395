"""Checklists as files: shown, compared, taken in from other tools' forms and given back to them."""

from __future__ import annotations

from pathlib import Path

from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.packs import checklist_to_bytes
from greenaudit.packs.diff import Difference, difference
from greenaudit.packs.reading import WORKBOOKS, read_checklist
from greenaudit.packs.saving import save_checklist
from greenaudit.packs.xlsform import Imported, NotCarried, export_workbook, import_workbook
from greenaudit.services.files import save_file
from greenaudit.services.packs import card
from greenaudit.services.views import ChecklistCard


def read(path: Path) -> Checklist:
    """The checklist in a folder, a workbook or a JSON file; PackError lists every mistake."""
    return read_checklist(path)


def check(path: Path) -> ChecklistCard:
    """Reads a checklist and gives it as a line; PackError lists every mistake."""
    return card(read_checklist(path))


def compare(old: Path, new: Path) -> Difference:
    """What changed for an assessor between two checklists."""
    return difference(read_checklist(old), read_checklist(new))


def import_form(workbook: Path, out: Path | None = None) -> Imported:
    """The checklist of a form's workbook; with `out` it is written there as a folder, to be worked on."""
    if workbook.suffix.lower() not in WORKBOOKS:
        raise KnownError(
            "form_unknown",
            msg(
                "{path} isn't an .xlsx workbook. Open it in a spreadsheet program and save it as .xlsx.",
                path=workbook.name,
            ),
        )
    imported = import_workbook(workbook)
    if out is not None:
        save_checklist(imported.checklist, out)
    return imported


def export_form(pack: Path, to: Path) -> tuple[NotCarried, ...]:
    """Writes a checklist as a form's workbook (or as .json); gives what other tools won't know of it."""
    checklist = read_checklist(pack)
    if to.suffix.lower() == ".xlsx":
        return export_workbook(checklist, to)
    if to.suffix.lower() != ".json":
        raise KnownError("export_unknown", msg("{path} must end in .xlsx or .json.", path=str(to)))
    save_file(to, checklist_to_bytes(checklist))
    return ()
