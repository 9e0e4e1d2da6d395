"""The example forms that pyxform publishes: each comes in as pyxform reads it, or says why not; no row is silent."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from greenaudit.domain.checklists import Checklist, TableAnswer
from greenaudit.errors import KnownError
from greenaudit.packs.xlsform import FormError, NotCarried, export_workbook, import_workbook
from greenaudit.packs.xlsform.columns import language_of_heading
from greenaudit.services.checklists import import_form

FORMS = Path(__file__).parent / "forms"
ASKS_NOTHING = ("include_json", "pull_data")
REFUSED_THERE = ("duplicate_columns", "include_json")
"""What pyxform itself refuses: two columns of one name, and a part that isn't there."""
TAKEN_IN = sorted(path.stem for path in FORMS.glob("*.xlsx") if path.stem not in ASKS_NOTHING)

_FAMILIES = {
    "select one": "one",
    "select one external": "one",
    "select_one": "one",
    "select_one_external": "one",
    "select_one_from_file": "one",
    "select all that apply": "several",
    "select_multiple": "several",
    "string": "text",
    "phone number": "text",
    "int": "integer",
    "photo": "image",
    "gps": "geopoint",
    "trigger": "acknowledge",
    "dateTime": "datetime",
}
_SAME = ("text", "integer", "decimal", "date", "time", "geopoint", "barcode", "acknowledge", "image")
ASKING = {*_FAMILIES.values(), *_SAME, "audio", "video", "file"}


def shown(value: object) -> str:
    """A cell's value as a sheet shows it."""
    text = "" if value is None else str(value).strip()
    return text.upper() if isinstance(value, bool) else text


def survey_of(name: str) -> dict[int, dict[str, str]]:
    """The rows of a form's survey, read apart from all that is under test: texts by heading, by row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about what it doesn't keep of a workbook
        book = load_workbook(FORMS / f"{name}.xlsx", data_only=True)
    page = next(
        (page for page in book.worksheets if page.title.strip().lower() == "survey"), book.worksheets[0]
    )
    rows = [[shown(value) for value in row] for row in page.iter_rows(values_only=True)]
    headings = [heading.lower() for heading in rows[0]]
    named = {at: dict(zip(headings, row, strict=True)) for at, row in enumerate(rows, start=1)}
    return {at: row for at, row in named.items() if at > 1 and any(row.values())}


def elements(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All that pyxform made of a form's rows."""
    for child in element.get("children") or ():
        yield child
        yield from elements(child)


def as_pyxform_reads(name: str) -> list[dict[str, Any]]:
    """Its elements, but for those that it adds to what the rows say."""
    said = {row.get("name") for row in survey_of(name).values()}
    read = convert(str(FORMS / f"{name}.xlsx"), validate=False)._pyxform
    return [element for element in elements(read) if element.get("name") in said]


def ids_of(checklist: Checklist) -> set[str]:
    """Every id that a row can have become."""
    found = {section.id for section in checklist.sections}
    for question in checklist.questions:
        found |= {question.id, *(remark.id for remark in question.remarks)}
        if isinstance(question.answer, TableAnswer):
            found |= {column.id for column in question.answer.columns}
    return found


def silent(name: str, ids: set[str], notes: tuple[NotCarried, ...]) -> list[dict[str, str]]:
    """The rows of a form that are neither carried nor named."""
    noted = {note.row for note in notes if note.sheet == "survey"}
    return [
        row
        for at, row in survey_of(name).items()
        if at not in noted
        and row.get("name") not in ids
        and not row.get("type", "").lower().startswith("end")
    ]


@pytest.mark.parametrize("name", [name for name in TAKEN_IN if name not in REFUSED_THERE])
def test_a_form_holds_what_pyxform_reads_in_it(name: str) -> None:
    imported, read = import_workbook(FORMS / f"{name}.xlsx"), as_pyxform_reads(name)
    kinds = Counter(_FAMILIES.get(element["type"], element["type"]) for element in read)
    ours: Counter[str] = Counter()
    for kind, count in imported.questions.items():
        ours[_FAMILIES.get(kind, kind)] += count
    assert ours == {kind: count for kind, count in kinds.items() if kind in ASKING}
    assert (imported.groups, imported.repeats) == (kinds["group"] + kinds["loop"], kinds["repeat"])
    assert imported.notes == kinds["note"]
    labels = [element.get(part) for element in read for part in ("label", "hint", "guidance_hint")]
    languages = {language for label in labels if isinstance(label, dict) for language in label}
    assert {language_of_heading(language) for language in languages} <= {*imported.languages, "default"}


@pytest.mark.parametrize("name", TAKEN_IN)
def test_every_row_is_carried_or_named_with_its_reason(name: str) -> None:
    imported = import_workbook(FORMS / f"{name}.xlsx")
    assert silent(name, ids_of(imported.checklist), imported.not_carried) == []
    assert all(note.what and str(note.why) for note in imported.not_carried)


@pytest.mark.parametrize("name", TAKEN_IN)
def test_what_came_in_goes_out_to_pyxform_and_comes_back_the_same(name: str, tmp_path: Path) -> None:
    checklist = import_workbook(FORMS / f"{name}.xlsx").checklist
    export_workbook(checklist, tmp_path / "out.xlsx")
    assert convert(str(tmp_path / "out.xlsx"), validate=False).xform
    assert import_workbook(tmp_path / "out.xlsx").checklist == checklist


@pytest.mark.parametrize("name", ASKS_NOTHING)
def test_a_form_that_asks_nothing_says_so_row_by_row(name: str) -> None:
    with pytest.raises(FormError) as caught:
        import_workbook(FORMS / f"{name}.xlsx")
    assert "asks nothing" in str(caught.value.message)
    assert silent(name, set(), caught.value.not_carried) == []


@pytest.mark.parametrize("name", ["tutorial.xls", "group.csv", "group.md"])
def test_another_kind_of_file_is_told_how_to_become_one(name: str) -> None:
    with pytest.raises(KnownError) as caught:
        import_form(FORMS / name)
    assert str(caught.value.message) == (
        f"{name} isn't an .xlsx workbook. Open it in a spreadsheet program and save it as .xlsx."
    )


def test_a_lone_sheet_is_the_survey_whatever_it_is_called() -> None:
    imported = import_workbook(FORMS / "survey_no_name.xlsx")
    assert [question.id for question in imported.checklist.questions] == ["state"]


def test_a_group_that_only_notes_something_is_named() -> None:
    imported = import_workbook(FORMS / "sms_info.xlsx")
    whys = [str(note.why) for note in imported.not_carried if note.what == "begin group metadata"]
    assert any(why.startswith("The group asks nothing") for why in whys)


def test_a_filter_of_choices_is_named_on_every_row_that_has_one() -> None:
    notes = import_workbook(FORMS / "choice_filter_test.xlsx").not_carried
    filters = [(note.row, note.what) for note in notes if note.what.startswith("choice_filter: ")]
    said = {
        at: row["choice_filter"]
        for at, row in survey_of("choice_filter_test").items()
        if row["choice_filter"]
    }
    assert filters == [(at, f"choice_filter: {text}") for at, text in said.items()]
    assert len(filters) == 2
