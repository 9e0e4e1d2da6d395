"""A checklist written as a form: other tools accept it, and it comes back the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from greenaudit.domain.checklists import (
    Checklist,
    CutsAnswer,
    NumberAnswer,
    Option,
    OptionsAnswer,
    PointsAnswer,
    Question,
    Remark,
    TableAnswer,
    TextAnswer,
)
from greenaudit.errors import KnownError
from greenaudit.packs import load_checklist
from greenaudit.packs.xlsform import export_workbook, import_workbook
from greenaudit.paths import resource
from tests.helpers import small_checklist
from tests.helpers.checklists import checklist, question, text, ticks
from tests.helpers.forms import YES_NO, form


def accepted(path: Path) -> str:
    """The XForm that pyxform makes of a workbook; it has nothing to complain of."""
    made = convert(str(path))
    assert made.warnings == []
    return str(made.xform)


def again(pack: Checklist, tmp_path: Path) -> Checklist:
    path = tmp_path / "out.xlsx"
    export_workbook(pack, path)
    accepted(path)
    return import_workbook(path).checklist


def test_the_core_checklist_comes_back_the_same(tmp_path: Path) -> None:
    core = load_checklist(resource("checklists", "core"))
    path = tmp_path / "core.xlsx"
    export_workbook(core, path)
    imported = import_workbook(path)
    assert imported.checklist == core
    assert imported.checklist.sha256 == core.sha256
    assert imported.languages == ("en", "es", "fr")
    assert imported.not_carried == ()
    xform = accepted(path)
    for question_id in core.by_id:
        assert question_id in xform
    assert "Qui peut introduire un nouveau produit chimique" in xform


def recorded(number: int, answer: object, **changes: object) -> Question:
    return question(f"FOUN-ASK-{number:02}", **{"weight": 0, "levels": None, "answer": answer, **changes})


OPTIONS = OptionsAnswer(
    choose="several",
    options=(
        Option(id="1", label=text("One"), level=0, flag="P_PAINT"),
        Option(id="off", label=text("On the vehicle"), level=4, flag="ON_VEHICLE"),
    ),
    also=({"id": "why", "label": text("Why"), "kind": "text"},),  # type: ignore[arg-type]
)
TABLE = TableAnswer(
    name="rows",
    rows=3,
    columns=(
        {"id": "kg", "label": text("Mass"), "kind": "number", "unit": "kg", "required": True},  # type: ignore[arg-type]
        {
            "id": "n",
            "label": text("Count"),
            "kind": "number",
            "whole": True,
            "least": "1",
            "hint": text("Whole"),
        },  # type: ignore[arg-type]
        {"id": "load", "label": text("Load"), "kind": "number", "unit": "%", "least": "0.5", "most": "100"},  # type: ignore[arg-type]
        {"id": "state", "label": text("State"), "kind": "option", "options": OPTIONS.options},  # type: ignore[arg-type]
        {"id": "since", "label": text("Since"), "kind": "date"},  # type: ignore[arg-type]
    ),
)
CUTS = CutsAnswer(
    better="low",
    cuts=(Decimal("2"), Decimal("1.50"), Decimal("1.50"), Decimal("0")),
    unit="kg/m²",
    of="age_limit",
    confirm_4=text("Sure?"),
    instead=(Option(id="none", label=text("Not measured"), level=0),),
)
EVERY = checklist(
    question("CHEM-STO-01", answer=CUTS, levels=None, critical=True, gate="sample", rapid=True),
    question(
        "CHEM-STO-02",
        answer=PointsAnswer(points=((Decimal(0), Decimal(0)), (Decimal(9), Decimal(4))), unit="%"),
    ),
    question("CHEM-STO-03", answer=OPTIONS, photo=text("Photo"), safety=text("Mind"), metrics=("E1", "W1")),
    question(
        "CHEM-STO-04",
        when='chosen("CHEM-STO-03", "1") or number("CHEM-STO-01") >= -1.25',
        opportunity="2.7142",
    ),
    question("CHEM-STO-05", when="not (P_PAINT and sum(rows.kg) > 0)", areas=("A02", "A01"), required=True),
    question("CHEM-STO-06", when='country == "MX" or USES_VOC'),
    recorded(1, TABLE, remarks=(Remark(id="n", text=text("Look"), when="P_PAINT"),)),
    recorded(2, NumberAnswer(unit="kg", whole=True, least=Decimal(1), most=Decimal(9))),
    recorded(3, TextAnswer(of="position"), when='answered("FOUN-ASK-02")'),
    recorded(4, TextAnswer(), remarks=(Remark(id="m", text=text("Bye"), after=True),)),
    version="3.12",
)


def test_every_field_and_every_kind_of_answer_comes_back(tmp_path: Path) -> None:
    assert again(EVERY, tmp_path) == EVERY
    small = small_checklist.checklist()
    assert again(small, tmp_path) == small


def test_conditions_are_said_in_the_forms_own_words(tmp_path: Path) -> None:
    losses = export_workbook(EVERY, tmp_path / "out.xlsx")
    xform = convert(str(tmp_path / "out.xlsx")).xform
    base = "/data/CHEM-STO"
    assert f"selected( {base}/CHEM-STO-03 , '1') or  {base}/CHEM-STO-01  &gt;= -1.25" in xform
    assert "sum( /data/FOUN-ASK/FOUN-ASK-01/FOUN-ASK-01.kg )" in xform
    assert f"selected( {base}/CHEM-STO-03 , '1')" in xform
    assert [note.what for note in losses] == ['when: country == "MX" or USES_VOC']


def test_a_flag_that_any_of_several_ticks_gives_is_any_of_them(tmp_path: Path) -> None:
    pack = checklist(
        ticks("P_PAINT", "U_CA"),
        ticks("P_PAINT", question_id="FOUN-PRO-03"),
        question("CHEM-STO-01", when="P_PAINT"),
        question("CHEM-STO-02", when="P_WELD"),
    )
    losses = export_workbook(pack, tmp_path / "out.xlsx")
    assert " or " in convert(str(tmp_path / "out.xlsx")).xform
    assert [note.what for note in losses] == ["when: P_WELD"]


def test_a_foreign_form_comes_back_the_same_too(tmp_path: Path) -> None:
    path = form(
        tmp_path / "form.xlsx",
        ("begin group", "g", "Group"),
        ("note", "n", "Note"),
        ("select_one yn or_other", "a", "A?", "hint", "Ask"),
        ("acknowledge", "ok", "Seen?"),
        ("begin repeat", "r", "Rows", "relevant", "${a} = 'yes'"),
        ("integer", "count", "Count", "constraint", ". > 0", "hint", "How many?"),
        ("select_multiple yn", "marks", "Marks", "hint", "Which?"),
        ("end repeat", "", ""),
        ("end group", "", ""),
        ("text", "2nd", "Second, like ${a}?"),
        choices=YES_NO,
        default_language="Español (es)",
    )
    pack = import_workbook(path).checklist
    out = tmp_path / "out.xlsx"
    export_workbook(pack, out)
    assert convert(str(out)).xform
    assert import_workbook(out).checklist == pack


def test_a_text_that_begins_like_a_formula_is_written_as_a_text(tmp_path: Path) -> None:
    pack = checklist(question(text=text("=1+1"), mistake=text("+cmd|' /C calc'!A0")))
    assert again(pack, tmp_path) == pack


def test_a_place_that_cannot_be_written_gets_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.mkdir()
    with pytest.raises(KnownError) as caught:
        export_workbook(EVERY, target)
    assert caught.value.code == "workbook_unwritable"
    assert list(tmp_path.iterdir()) == [target]
