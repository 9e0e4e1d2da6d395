"""The command line against real homes: exit codes, JSON, and one line for an error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from greenaudit.cli.commands import run
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store.keys import unlock_with_code

DATA = Path(__file__).resolve().parents[1] / "rules" / "data" / "scoring_cases.json"
CORE = Path(__file__).resolve().parents[2] / "resources" / "checklists" / "core"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Runs a command line; gives its exit code, stdout and stderr."""
    code = run(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, _ = say(capsys, *arguments, "--json")
    return code, json.loads(out)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, run once as a person runs it: in a process of its own, against its own endpoint."""
    out = tmp_path_factory.mktemp("demo") / "out"
    done = subprocess.run(
        [sys.executable, "-m", "greenaudit", "demo", "--out", str(out), "--json"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (out.parent / "said.json").write_text(done.stdout)
    return out


def test_the_demo_leaves_a_report_a_root_and_a_home_and_says_what_they_are(demo: Path) -> None:
    said = json.loads((demo.parent / "said.json").read_text())
    assert said["report"] == str(demo / "report.pdf")
    assert (demo / "programme-ca.pem").read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert (demo / "home" / "greenaudit.db").exists()
    assert said["verification"]["status"] == "genuine"
    assert said["complete"]
    assert said["confirmed_photos"] == said["photos"] > 0
    assert said["confirmed_changes"] > said["answers"]
    assert set(said["score"]["modules"]) == {"CHEM", "WAST", "ENER", "FOUN"}


def test_the_report_verifies_only_under_its_programme_s_root(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, root = str(demo / "report.pdf"), str(demo / "programme-ca.pem")
    code, verdict = as_json(capsys, "verify", report, "--trust", root)
    assert (code, verdict["status"]) == (0, "genuine")
    assert [signer["role"] for signer in verdict["signers"]] == ["assessor", "representative"]
    code, verdict = as_json(capsys, "verify", report)
    assert (code, verdict["status"]) == (1, "not_this_programme")
    code, out, _ = say(capsys, "verify", report, "--trust", root)
    assert code == 0
    assert out.startswith("Result: Genuine")


def test_a_changed_report_is_refused(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray((demo / "report.pdf").read_bytes())
    data[len(data) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(bytes(data))
    code, verdict = as_json(capsys, "verify", str(changed), "--trust", str(demo / "programme-ca.pem"))
    assert (code, verdict["accepted"]) == (1, False)


def test_reports_are_listed_and_written(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(demo / "home")
    code, rows = as_json(capsys, "report", "--home", home)
    assert code == 0
    assert rows[0]["state"] == "signed"
    target = tmp_path / "again.pdf"
    code, facts = as_json(capsys, "report", rows[0]["number"], "--home", home, "--out", str(target))
    assert (code, facts["signed"]) == (0, True)
    assert target.read_bytes() == (demo / "report.pdf").read_bytes()
    code, _, err = say(capsys, "report", "nothing", "--home", home)
    assert code == 1
    assert err == "There is no visit nothing on this device.\n"


def test_a_backup_restores_elsewhere_with_the_recovery_code(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = json.loads((demo.parent / "said.json").read_text())
    code, made = as_json(capsys, "backup", "--home", str(demo / "home"), "--to", str(tmp_path / "stick"))
    assert (code, made["complete"]) == (0, True)
    monkeypatch.setenv("GREENAUDIT_RECOVERY_CODE", said["recovery_code"])
    other = tmp_path / "other"
    code, restored = as_json(capsys, "restore", made["backup"], "--home", str(other))
    assert (code, restored["home"]) == (0, str(other))
    code, rows = as_json(capsys, "report", "--home", str(other))
    assert [row["number"] for row in rows] == [said["number"]]
    code, checks = as_json(capsys, "doctor", "--home", str(other))
    wrong = [check["name"] for check in checks if not check["ok"]]
    assert wrong in ([], ["backup"])


def test_a_wrong_recovery_code_leaves_nothing(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made = as_json(capsys, "backup", "--home", str(demo / "home"), "--to", str(tmp_path / "stick"))
    monkeypatch.setenv("GREENAUDIT_RECOVERY_CODE", "00000-00000")
    code, _, err = say(capsys, "restore", made["backup"], "--home", str(tmp_path / "other"))
    assert code == 1
    assert err.count("\n") == 1
    assert not (tmp_path / "other").exists()


def test_a_device_that_is_not_enrolled_is_told_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = say(capsys, "sync", "--home", str(tmp_path / "nothing"))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_scores_a_case_as_the_rules_fix_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = json.loads(DATA.read_text())["cases"][0]
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case["case"]))
    code, result = as_json(capsys, "score", str(path))
    assert (code, result) == (0, case["expected"])
    code, out, _ = say(capsys, "score", str(path))
    assert out.startswith("CHEM  75.0 / 100  B")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"items": 3}', "\x00"])
def test_what_is_no_case_gets_one_line(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.json"
    path.write_text(text)
    code, out, err = say(capsys, "score", str(path))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_the_shipped_checklist_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    code, facts = as_json(capsys, "checklist", "check", str(CORE))
    assert code == 0
    assert facts["questions"] >= 48


def test_a_broken_checklist_lists_file_question_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pack.yaml").write_text("id: core\nversion: '1.0'\n")
    code, result = as_json(capsys, "checklist", "check", str(tmp_path))
    assert code == 1
    assert result["problems"]
    assert {"file", "question", "field", "what"} == set(result["problems"][0])


@pytest.mark.parametrize("arguments", [("bogus",), ("score",), ("verify", "--bogus")])
def test_misuse_is_one_line_and_not_success(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = say(capsys, *arguments)
    assert code == 2
    assert err.count("\n") == 1


def test_the_demo_leaves_other_people_s_folders_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    code, _, err = say(capsys, "demo", "--out", str(tmp_path))
    assert code == 1
    assert "thesis" not in err
    assert (tmp_path / "thesis.doc").read_text() == "mine"


def test_errors_speak_the_caller_s_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    _, _, err = say(capsys, "score", "/nowhere/case.json")
    assert "Impossible de lire" in err


def test_a_device_trusts_its_own_programme_s_root(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENAUDIT_HOME", str(demo / "home"))
    code, verdict = as_json(capsys, "verify", str(demo / "report.pdf"))
    assert (code, verdict["status"]) == (0, "genuine")


def test_enrolling_needs_both_halves(capsys: pytest.CaptureFixture[str], demo: Path) -> None:
    code, _, err = say(capsys, "sync", "--endpoint", "http://127.0.0.1:1", "--home", str(demo / "home"))
    assert code == 1
    assert "--code" in err


def test_a_new_recovery_code_takes_the_old_one_s_place(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(shutil.copytree(demo / "home", tmp_path / "copy"))
    said = json.loads((demo.parent / "said.json").read_text())
    code, renewed = as_json(capsys, "recovery-code", "--home", str(home.root))
    assert code == 0
    with pytest.raises(KnownError, match="wrong_code"):
        unlock_with_code(home.keys, said["recovery_code"])
    unlock_with_code(home.keys, renewed["recovery_code"])
