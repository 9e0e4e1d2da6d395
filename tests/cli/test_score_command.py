"""Scoring files from the command line: one case, many, and what they expect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import as_json, say

DATA = Path(__file__).resolve().parents[1] / "rules" / "data" / "scoring_cases.json"
CASES: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["cases"]


def written(tmp_path: Path, value: object) -> str:
    """A file that holds a value as JSON."""
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def changed(**figures: object) -> dict[str, Any]:
    """The first case, with other figures expected of its module."""
    case: dict[str, Any] = json.loads(json.dumps(CASES[0]))
    case["expected"]["modules"]["CHEM"] |= figures
    return case


def test_a_file_of_worked_cases_is_scored_whole_and_is_as_expected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, result = as_json(capsys, "score", str(DATA))
    assert code == 0
    assert [case["name"] for case in result["cases"]] == [case["name"] for case in CASES]
    assert {case["as_expected"] for case in result["cases"]} == {True}
    for found, case in zip(result["cases"], CASES, strict=True):
        assert {"modules": found["modules"], "overall": found["overall"]} == case["expected"]


def test_people_read_the_name_of_each_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, {"cases": [{"case": CASES[0]["case"]}, CASES[1]]})
    code, out, err = say(capsys, "score", path)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "case 1"
    assert out.splitlines()[3] == CASES[1]["name"]


def test_where_nothing_is_expected_nothing_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, result = as_json(capsys, "score", written(tmp_path, {"case": CASES[0]["case"]}))
    (case,) = result["cases"]
    assert (code, case["name"], case["as_expected"], case["differences"]) == (0, "visit", None, [])
    assert case["overall"] == CASES[0]["expected"]["overall"]


def test_only_what_is_named_is_compared_and_numbers_as_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[0] | {"expected": {"modules": {"CHEM": {"score": 75, "caps": [], "rated": True}}}}
    code, result = as_json(capsys, "score", written(tmp_path, {"cases": [case]}))
    assert (code, result["cases"][0]["as_expected"]) == (0, True)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"score": 76.5}, "modules.CHEM.score is 75.0, expected was 76.5."),
        ({"rated": 1}, "modules.CHEM.rated is true, expected was 1."),
        ({"blockers": []}, 'modules.CHEM.blockers is ["CHEM-STO-02"], expected was [].'),
        ({"mood": "good"}, 'modules.CHEM.mood is –, expected was "good".'),
        ({"score": 1, "step": 9}, "One more figure differs; --json lists it."),
        ({"score": 1, "step": 9, "rating": "D"}, "2 more figures differ; --json lists them."),
    ],
)
def test_another_figure_than_expected_is_no_success(
    figures: dict[str, object], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {"cases": [CASES[1], changed(**figures)]})
    code, out, err = say(capsys, "score", path, "--json")
    found = json.loads(out)["cases"]
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith(f"The case '{CASES[0]['name']}': modules.CHEM.")
    assert sentence in err
    assert [case["as_expected"] for case in found] == [True, False]
    assert len(found[1]["differences"]) == len(figures)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"cases": []}, "cases"),
        ({"cases": {}}, "cases"),
        ({"cases": [3]}, "cases.0"),
        ({"cases": [CASES[0], {"name": "x"}]}, "cases.1.case"),
        ({"cases": [CASES[0] | {"expected": [1]}]}, "cases.0.expected"),
        ({"case": CASES[0]["case"] | {"items": [{"id": "A"}]}}, "case.items.0.module"),
    ],
)
def test_what_is_no_case_is_named_by_its_place(
    value: object, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = say(capsys, "score", written(tmp_path, value))
    assert (code, out) == (1, "")
    assert f"{place} is wrong or missing" in err


def test_a_number_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = say(capsys, "score", written(tmp_path, {"cases": [changed(score=float("nan"))]}))
    assert code == 1
    assert "not JSON" in err
