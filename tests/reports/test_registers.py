"""A register on paper: short columns side by side, the rest under its row; its rows declared once in the data."""

from __future__ import annotations

from uuid import UUID

from greenaudit.domain.assessments import NOTHING_TO_LIST, Response
from greenaudit.domain.checklists import Column, Option, Question, TableAnswer
from greenaudit.domain.inventory import RegisterRow
from greenaudit.i18n import Language
from greenaudit.reports.content import Item, ReportContent
from greenaudit.reports.data import assessment_json
from greenaudit.reports.pdf import render
from greenaudit.rules.registers import composed
from tests.helpers.pdfs import words_of
from tests.helpers.reports import PROGRAMME, VISIT, item, report_content, some_items
from tests.helpers.small_checklist import checklist, question, text

COLUMNS = (
    Column(id="name", label=text("Product"), required=True),
    Column(id="kg", label=text("Used in a year"), kind="number", unit="kg"),
    Column(id="day", label=text("Counted on"), kind="date"),
    Column(
        id="fire", label=text("Flammable"), kind="option", options=(Option(id="y", label=text("Indeed")),)
    ),
    Column(id="remark", label=text("Remark")),
)


def asked() -> Question:
    return question("CHEM", "STO", 1, answer=TableAnswer(columns=COLUMNS), levels=None, weight=0)


def register(*rows: dict[str, str]) -> Item:
    records = tuple(
        RegisterRow(
            id=UUID(int=100 + number),
            programme_id=PROGRAMME,
            assessment_id=VISIT,
            question_id=asked().id,
            cells=cells,
            order=number,
        )
        for number, cells in enumerate(rows, start=1)
    )
    blank = item(asked(), None, response=Response(), proof=None)
    return blank.model_copy(update={"rows": records, "answer": composed(asked(), blank.answer, records)})


def content(one: Item, language: Language = "en") -> ReportContent:
    return report_content(language, items=(one, *some_items(checklist())[1:]))


def printed(one: Item, language: Language = "en") -> str:
    return " ".join(words_of(render(content(one, language), lambda _: None).pdf).split())


def test_rows_are_printed_as_the_locale_writes_them() -> None:
    one = register({"name": "Thinner", "kg": "1500.5 kg", "day": "2026-06-30", "fire": "y"}, {"name": "Wax"})
    page = printed(one, "fr")
    assert "1\u202f500,5" in page.replace(" 500", "\u202f500")
    assert "30 juin 2026" in page
    assert "Indeed" in page
    assert "Wax" in page


def test_what_is_too_long_for_a_column_stands_under_its_row_whole() -> None:
    long = "very " * 400 + "end"
    page = printed(register({"name": "Thinner", "remark": long}, {"name": "Many\nlines\n" * 60}))
    assert "Remark: very very" in page
    assert page.count("very") >= 400
    assert page.count("Many") >= 60


def test_hostile_cells_are_printed_and_not_obeyed() -> None:
    cells = {"name": "<b>x</b>", "kg": "NaN", "day": "soon", "fire": "?", "unknown": "y"}
    assert "<b>x</b>" in printed(register(cells))


def test_a_long_register_runs_over_pages() -> None:
    page = printed(register(*({"name": f"Product{n}", "kg": f"{n} kg"} for n in range(150))))
    assert "Product149" in page


def test_the_data_declare_every_row_once() -> None:
    declared = assessment_json(content(register({"name": "Thinner", "kg": "2 kg"})))
    assert declared["registers"] == [
        {
            "id": str(UUID(int=101)),
            "question": asked().id,
            "order": 1,
            "cells": {"kg": "2 kg", "name": "Thinner"},
        }
    ]
    answer = next(a for a in declared["answers"] if a["question"] == asked().id)
    assert answer["response"]["rows"] == []


def test_nothing_to_list_is_said() -> None:
    assert "Nothing to list here." in printed(
        item(asked(), None, response=Response(options=(NOTHING_TO_LIST,)), proof=None)
    )
