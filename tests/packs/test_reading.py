"""A checklist from whatever it lies in: folder, workbook or JSON; judged alike, and refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenaudit.domain.checklists import Checklist
from greenaudit.errors import KnownError
from greenaudit.packs import PackError, checklist_to_bytes, load_checklist
from greenaudit.packs.reading import MAX_JSON, read_checklist
from greenaudit.packs.xlsform import export_workbook, import_workbook
from greenaudit.paths import resource
from tests.helpers.checklists import checklist, question, text
from tests.helpers.forms import form

CORE = resource("checklists", "core")


def written(pack: Checklist, tmp_path: Path) -> Path:
    path = tmp_path / "pack.json"
    path.write_bytes(checklist_to_bytes(pack))
    return path


def refused(path: Path) -> str:
    with pytest.raises(KnownError) as caught:
        read_checklist(path)
    return str(caught.value.message)


def test_folder_workbook_and_json_hold_the_same_checklist(tmp_path: Path) -> None:
    core = load_checklist(CORE)
    export_workbook(core, tmp_path / "core.xlsx")
    found = {read_checklist(path).sha256 for path in (CORE, tmp_path / "core.xlsx", written(core, tmp_path))}
    assert found == {core.sha256}


def test_what_is_no_checklist_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "pack.txt").write_text("?")
    assert "expected a folder" in refused(tmp_path / "pack.txt")
    assert "can't be opened" in refused(tmp_path / "absent.json")
    (tmp_path / "odd.json").write_text("[]")
    assert "isn't a checklist's JSON" in refused(tmp_path / "odd.json")
    with (tmp_path / "large.json").open("wb") as stream:
        stream.truncate(MAX_JSON + 1)
    assert "larger than 20 MB" in refused(tmp_path / "large.json")


def test_a_hidden_character_is_named(tmp_path: Path) -> None:
    pack = checklist(question(text=text("a\u202eb")))
    assert "RIGHT-TO-LEFT OVERRIDE" in refused(written(pack, tmp_path))


def test_json_is_judged_like_a_folder(tmp_path: Path) -> None:
    values: dict[str, Any] = json.loads(checklist_to_bytes(checklist(question("CHEM-STO-01"))))
    values["sections"][0]["module"] = "WAST"
    values["questions"][0]["areas"] = ["A99"]
    (tmp_path / "pack.json").write_text(json.dumps(values))
    with pytest.raises(PackError) as caught:
        read_checklist(tmp_path / "pack.json")
    assert {(problem.question, problem.field) for problem in caught.value.problems} >= {
        ("CHEM-STO-01", "section"),
        ("CHEM-STO-01", "areas"),
    }


def test_a_note_without_a_text_and_dates_and_photos_go_both_ways(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("note", "n", ""),
        ("date", "d", "Since?"),
        ("image", "p", "Show it"),
        ("begin repeat", "r", "Rows"),
        ("text", "t", "T"),
        ("end repeat", "", ""),
    )
    imported = import_workbook(path)
    assert "The note has no text." in {str(note.why) for note in imported.not_carried}
    out = tmp_path / "out.xlsx"
    assert export_workbook(imported.checklist, out) == ()
    assert import_workbook(out).checklist == imported.checklist


def test_a_repeat_s_count_that_is_computed_is_listed(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("integer", "n", "How many?"),
        ("begin repeat", "r", "Rows", "repeat_count", "${n}"),
        ("percentage", "t", "T", "constraint", ". >= 200"),
        ("end repeat", "", ""),
    )
    whys = " ".join(str(note.sentence) for note in import_workbook(path).not_carried)
    assert "fixed number of rows" in whys
    assert "no number fits" in whys
