"""The checklist commands: what they print for people and for scripts, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenaudit.cli.commands import run
from greenaudit.packs import load_checklist
from greenaudit.packs.saving import save_checklist
from greenaudit.paths import resource
from tests.helpers.checklists import checklist, question, text
from tests.helpers.forms import YES_NO, form

CORE = resource("checklists", "core")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def say(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run(["checklist", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    code, out, _ = say(capsys, *arguments, "--json")
    return code, json.loads(out)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A form with a group, a repeat, a choice and something that can't be carried."""
    return form(
        tmp_path / "form.xlsx",
        ("begin group", "store", "Store"),
        ("select_one yn", "open", "Is it open?"),
        ("begin repeat", "drums", "Drums", "relevant", "${open} = 'yes'"),
        ("decimal", "kg", "Mass"),
        ("end repeat", "", ""),
        ("calculate", "sum", "", "calculation", "1 + 1"),
        ("end group", "", ""),
        choices=YES_NO,
    )


def test_show_prints_every_question_with_all_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    core = load_checklist(CORE)
    code, shown = as_json(capsys, "show", CORE)
    assert code == 0
    assert [q["id"] for q in shown["questions"]] == [q.id for q in core.questions]
    first = shown["questions"][0]
    assert set(first["text"]) == {"en", "es", "fr"}
    assert {"weight", "critical", "answer", "areas", "levels", "test", "when", "gate", "metrics"} <= set(
        first
    )
    assert shown["sha256"] == core.sha256
    code, out, _ = say(capsys, "show", CORE)
    assert code == 0
    assert core.questions[0].id in out


def test_import_prints_what_the_form_held_and_what_was_not_carried(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = as_json(capsys, "import", workbook, "--out", tmp_path / "pack")
    assert code == 0
    assert found["languages"] == ["en"]
    assert found["questions"] == {"decimal": 1, "select_one": 1}
    assert (found["groups"], found["repeats"]) == (1, 1)
    rows = {(note["row"], note["what"]) for note in found["not_carried"] if note["sheet"] == "survey"}
    assert (7, "calculate sum") in rows
    assert all(note["why"] for note in found["not_carried"])
    assert found["draft"]
    assert load_checklist(tmp_path / "pack").by_id["drums"].when == 'chosen("open", "yes")'
    code, out, _ = say(capsys, "check", tmp_path / "pack")
    assert (code, "nothing wrong" in out) == (0, True)


def test_import_speaks_to_people_too(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = say(capsys, "import", workbook)
    assert code == 0
    assert "form: 2 questions." in out
    assert "survey, row 7: calculate sum. GreenAudit computes only its own figures." in out
    assert "draft" in out


def test_import_that_gives_nothing_says_why_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form(tmp_path / "form.xlsx", ("calculate", "c", ""))
    code, found = as_json(capsys, "import", path)
    assert (code, found["ok"], found["code"]) == (1, False, "form_empty")
    assert any(note["row"] == 2 for note in found["not_carried"])
    code, out, err = say(capsys, "import", path)
    assert (code, len(err.splitlines())) == (1, 1)
    assert "calculate c" in out
    code, found = as_json(
        capsys, "import", form(tmp_path / "bad.xlsx", ("decimal", "q", "Q", "cuts", "4 1 3 2"))
    )
    assert (code, found["problems"][0]["field"]) == (1, "answer.cuts")
    assert say(capsys, "import", tmp_path / "form.csv")[0] == 1


def test_export_and_import_give_the_same_checklist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "core.xlsx"
    code, found = as_json(capsys, "export", CORE, "--to", target)
    assert (code, found["ok"]) == (0, True)
    assert {"sheet", "row", "what", "why"} == set(found["not_carried"][0])
    assert as_json(capsys, "show", target)[1] == as_json(capsys, "show", CORE)[1]
    code, out, _ = say(capsys, "diff", CORE, target)
    assert (code, out.startswith("Nothing changed")) == (0, True)


def test_export_to_json_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "core.json"
    assert say(capsys, "export", CORE, "--to", target)[0] == 0
    assert as_json(capsys, "show", target)[1] == as_json(capsys, "show", CORE)[1]
    assert say(capsys, "export", CORE, "--to", tmp_path / "core.pdf")[0] == 1
    assert say(capsys, "export", CORE, "--to", tmp_path / "nowhere" / "core.json")[0] == 1


def test_diff_speaks_the_callers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = save_checklist(checklist(question("CHEM-STO-01")), tmp_path / "old")
    new = save_checklist(checklist(question("CHEM-STO-01", weight=3), version="2.0"), tmp_path / "new")
    code, found = as_json(capsys, "diff", old, new)
    assert (code, found["needs"], found["enough"]) == (0, "major", True)
    assert [(c["kind"], c["where"], c["major"]) for c in found["changes"]] == [
        ("weight", "CHEM-STO-01", True)
    ]
    assert "Weight: 1 → 3 · major" in say(capsys, "diff", old, new)[1]
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert "Peso: 1 → 3" in say(capsys, "diff", old, new)[1]
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    assert "Poids\u202f: 1 → 3" in say(capsys, "diff", old, new)[1]


def test_packs_that_cannot_be_read_get_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hidden = checklist(question(text=text("a\u202eb")))
    files = {
        "torn.json": b"{",
        "hidden.json": hidden.model_dump_json().encode(),
        "wrong.json": checklist(question(areas=("A01",), metrics=("K99",))).model_dump_json().encode(),
        "note.txt": b"note",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "large.json").open("wb") as stream:
        stream.truncate(20_000_001)
    for name in [*files, "large.json", "nowhere.json"]:
        code, _, err = say(capsys, "show", tmp_path / name)
        assert (code, len(err.splitlines())) == (1, 1), name
