"""Workbooks that would harm are refused with a sentence, or read harmlessly and said to be so; bounded either way."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from greenaudit.domain.checklists import TableAnswer
from greenaudit.errors import KnownError
from greenaudit.packs.xlsform import Imported, import_workbook
from greenaudit.packs.xlsform.archive import MAX_FILE, MAX_ROWS
from tests.helpers.forms import EN, choice, form, rewritten, write_form

SHEET = "xl/worksheets/sheet1.xml"


def good(tmp_path: Path, label: str = "A name?") -> Path:
    return form(tmp_path / "good.xlsx", ("text", "q1", label))


def refused(path: Path) -> str:
    with pytest.raises(KnownError) as caught:
        import_workbook(path)
    sentence = str(caught.value.message)
    assert sentence.endswith(".")
    return sentence


def whys(imported: Imported) -> str:
    return "\n".join(str(note.sentence) for note in imported.not_carried)


def sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(SHEET)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = rewritten(
        good(tmp_path), tmp_path / "bomb.xlsx", {"xl/sharedStrings.xml": b"<a>" + b" " * 60_000_000}
    )
    assert bomb.stat().st_size < 100_000
    tracemalloc.start()
    assert "unpacks to more" in refused(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_many_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{number}.bin": b"" for number in range(2_100)}
    assert "unpacks to more" in refused(rewritten(good(tmp_path), tmp_path / "many.xlsx", parts))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    assert "larger than 20 MB" in refused(path)


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>',
        b'<!doctype a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(tmp_path: Path, xml: bytes) -> None:
    assert "its own definitions" in refused(
        rewritten(good(tmp_path), tmp_path / "entities.xlsx", {SHEET: xml})
    )


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    renamed = tmp_path / "renamed.xlsx"
    with zipfile.ZipFile(renamed, "w") as archive:
        archive.writestr("note.txt", "hello")
    text = tmp_path / "text.xlsx"
    text.write_bytes(b"type,name,label\n")
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(good(tmp_path).read_bytes()[:-300])
    assert "isn't an .xlsx" in refused(renamed)
    assert "isn't an .xlsx" in refused(text)
    assert "has a password" in refused(old)
    assert "isn't an .xlsx" in refused(torn)
    assert "missing" in refused(tmp_path / "nowhere.xlsx")


@pytest.mark.parametrize("xml", [b"<worksheet", b"<a/>", b"<", b"\xff\xfe\xfd"])
def test_a_damaged_sheet_is_refused(tmp_path: Path, xml: bytes) -> None:
    refused(rewritten(good(tmp_path), tmp_path / "damaged.xlsx", {SHEET: xml}))


def test_macros_and_links_are_never_run_or_followed(tmp_path: Path) -> None:
    parts = {"xl/vbaProject.bin": b"\x00macro", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    found = whys(import_workbook(rewritten(good(tmp_path), tmp_path / "macros.xlsm", parts)))
    assert "Macros aren't read and never run." in found
    assert "aren't followed" in found


def test_a_formula_is_not_computed_and_said_to_be_there(tmp_path: Path) -> None:
    path = good(tmp_path, '=HYPERLINK("http://example.org","A name?")')
    imported = import_workbook(path)
    assert imported.checklist.questions[0].text.en == "q1"
    assert "HYPERLINK" in whys(imported)
    assert "never showed a value" in whys(imported)
    xml = (
        sheet_xml(path)
        .replace(b"</f><v></v>", b"</f><v>A name?</v>")
        .replace(b"</f><v/>", b"</f><v>A name?</v>")
    )
    xml = xml.replace(b'<c r="C2">', b'<c r="C2" t="str">')
    shown = import_workbook(rewritten(path, tmp_path / "shown.xlsx", {SHEET: xml}))
    assert shown.checklist.questions[0].text.en == "A name?"
    assert "what the cell last showed is read" in whys(shown)


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    page.append(["type", "name", EN])
    page.append(["text", "q1", "=1+1"])
    page["C2"].data_type = "s"
    book.save(tmp_path / "text.xlsx")
    assert import_workbook(tmp_path / "text.xlsx").checklist.questions[0].text.en == "=1+1"


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
def test_characters_that_hide_or_reorder_are_taken_out_and_named(tmp_path: Path, sign: str) -> None:
    imported = import_workbook(good(tmp_path, f"In{sign}voice?"))
    assert imported.checklist.questions[0].text.en == "Invoice?"
    assert f"U+{ord(sign):04X}" in whys(imported)


def test_long_texts_are_refused(tmp_path: Path) -> None:
    xml = sheet_xml(good(tmp_path))
    long = b'<c r="D2" t="inlineStr"><is><t>' + b"x" * 10_000_000 + b"</t></is></c></row></sheetData>"
    path = rewritten(
        good(tmp_path), tmp_path / "long.xlsx", {SHEET: xml.replace(b"</row></sheetData>", long)}
    )
    assert "at most 20000 characters" in refused(path)


def test_huge_sheets_are_refused_and_empty_rows_cost_nothing(tmp_path: Path) -> None:
    xml = sheet_xml(good(tmp_path))

    def with_row(row: bytes, name: str) -> Path:
        data = xml.replace(b"</sheetData>", row + b"</sheetData>")
        return rewritten(good(tmp_path), tmp_path / name, {SHEET: data})

    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "too large" in refused(with_row(far, "far.xlsx"))
    wide = b'<row r="3"><c r="XFD3" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "too large" in refused(with_row(wide, "wide.xlsx"))
    many = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(MAX_ROWS))
    assert "too large" in refused(with_row(many, "rows.xlsx"))
    empty = b'<row r="1048576" ht="15"><c r="A1048576" s="0"/></row>'
    assert len(import_workbook(with_row(empty, "empty.xlsx")).checklist.questions) == 1


def test_more_cells_than_a_checklist_needs_are_refused_unparsed(tmp_path: Path) -> None:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si/>" * 1_600_000
    )
    path = rewritten(good(tmp_path), tmp_path / "cells.xlsx", {"xl/sharedStrings.xml": strings + b"</sst>"})
    assert "more cells" in refused(path)


@pytest.mark.parametrize(
    "xml", [b"<row " * 1_000_000, b"<row" + b' r="1"' * 300_000, b"<c" + b' r="AAA1"' * 300_000]
)
def test_a_part_that_would_make_a_search_slow_does_not(tmp_path: Path, xml: bytes) -> None:
    refused(rewritten(good(tmp_path), tmp_path / "slow.xlsx", {SHEET: b"<sheetData>" + xml}))


def test_xml_under_another_name_is_judged_too(tmp_path: Path) -> None:
    parts = {"xl/media/image1.png": b"<!DOCTYPE a><a/>"}
    assert "its own definitions" in refused(rewritten(good(tmp_path), tmp_path / "other.xlsx", parts))
    plain = {"xl/media/image1.png": b"\x89PNG\r\n"}
    assert import_workbook(rewritten(good(tmp_path), tmp_path / "plain.xlsx", plain)).checklist


def test_merged_cells_cost_nothing_and_are_named(tmp_path: Path) -> None:
    xml = sheet_xml(good(tmp_path))
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>'
    path = rewritten(good(tmp_path), tmp_path / "merged.xlsx", {SHEET: xml.replace(b"</sheetData>", merged)})
    assert "A5:XFD1048576. Merged cells" in whys(import_workbook(path))


def test_deep_groups_and_deep_expressions_are_refused_or_named(tmp_path: Path) -> None:
    opened = [("begin group", f"g{number}", "G") for number in range(25)]
    assert "more than 20 deep" in refused(form(tmp_path / "deep.xlsx", *opened))
    deep = "(" * 400 + "${q1} = 'a'" + ")" * 400
    path = form(tmp_path / "brackets.xlsx", ("text", "q1", "A"), ("text", "q2", "B", "relevant", deep))
    assert "nested more than 30 deep" in whys(import_workbook(path))


def test_numbers_dates_and_truths_in_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    row = {"type": "text", "name": True, EN: 1.5, "hint": dt.datetime(2026, 11, 23), "guidance_hint": 7.0}  # noqa: DTZ001
    row["evidence::English (en)"] = dt.datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001
    question = import_workbook(write_form(tmp_path / "form.xlsx", [row])).checklist.questions[0]
    assert (question.id, question.text.en, question.why.en) == ("TRUE", "1.5", "7")
    assert (question.test.steps.en, question.evidence.en) == ("2026-11-23", "2026-11-23 09:30:00")


@pytest.mark.parametrize(
    "rows",
    [
        [("begin group", "g", "G"), ("text", "q", "Q")],
        [("text", "q", "Q"), ("end group", "", "")],
        [("begin group", "g", "G"), ("text", "q", "Q"), ("end repeat", "", "")],
    ],
)
def test_groups_that_do_not_close_are_refused_with_their_row(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    assert refused(form(tmp_path / "form.xlsx", *rows)).startswith("Row ")


def test_errors_and_doubled_headings_are_named(tmp_path: Path) -> None:
    path = write_form(
        tmp_path / "form.xlsx", [{"type": "text", "name": "q", EN: "Q", "hint": "#REF!", "x": "y"}]
    )
    book = load_workbook(path)
    page = book["survey"]
    page["E1"] = EN
    page["D2"].data_type = "e"
    page["F2"] = "alone"
    book.save(path)
    found = whys(import_workbook(path))
    assert "The cell shows an error" in found
    assert "stands here twice" in found
    assert "alone. The column has no heading" in found


def test_long_lists_that_many_questions_offer_are_refused(tmp_path: Path) -> None:
    choices = [choice("l", f"c{number}") for number in range(900)]
    for kind, around in (("select_one l", []), ("select_multiple l", [("begin repeat", "r", "R")])):
        rows = [*around, *((kind, f"q{number}", "Q") for number in range(120))]
        rows += [("end repeat", "", "")] if around else []
        assert "more than 100000 choices" in refused(form(tmp_path / "form.xlsx", *rows, choices=choices))


def test_a_long_list_is_not_named_in_a_hint(tmp_path: Path) -> None:
    for long in ([choice("l", f"c{n}") for n in range(1_100)], [choice("l", "a", "x" * 1_100)]):
        rows = (("begin repeat", "r", "R"), ("select_multiple l", "q", "Q"), ("end repeat", "", ""))
        answer = (
            import_workbook(form(tmp_path / "form.xlsx", *rows, choices=long)).checklist.questions[0].answer
        )
        assert isinstance(answer, TableAnswer)
        assert answer.columns[0].hint is None


def test_styles_without_end_are_refused_unparsed(tmp_path: Path) -> None:
    styles = b"<styleSheet><cellXfs>" + b"<xf/>" * 101_000 + b"</cellXfs></styleSheet>"
    assert "more cells than" in refused(
        rewritten(good(tmp_path), tmp_path / "styled.xlsx", {"xl/styles.xml": styles})
    )


def test_formulas_that_ask_for_one_another_without_end_are_left_out(tmp_path: Path) -> None:
    rows = [("integer", "a", "A"), ("calculate", "c0", "", "calculation", "if(${a} > 1, 1, 2)")]
    rows += [("calculate", f"c{n}", "", "calculation", f"if(${{c{n - 1}}} = 1, 1, 2)") for n in range(1, 200)]
    rows += [("text", f"q{n}", "Q", "relevant", f"${{c{n}}} = 1") for n in (1, 199)]
    imported = import_workbook(form(tmp_path / "form.xlsx", *rows))
    assert imported.checklist.by_id["q1"].when == 'number("a") > 1'
    assert imported.checklist.by_id["q199"].when == ""
    assert "nested more than 30 deep" in whys(imported)
