"""Registers: cells as people type them, and rows as conditions see them."""

from __future__ import annotations

from uuid import UUID

import pytest

from greenaudit.domain.assessments import NOTHING_TO_LIST, Answer, Response
from greenaudit.domain.checklists import Column, Option, Question, TableAnswer
from greenaudit.domain.inventory import RegisterRow
from greenaudit.messages import Message
from greenaudit.rules.completeness import missing
from greenaudit.rules.evaluation import evaluate
from greenaudit.rules.registers import (
    bare_cells,
    composed,
    in_order,
    is_register,
    lacking,
    read_cell,
    with_units,
)
from tests.helpers.checklists import ASSESSMENT, NOON, PROGRAMME, answer, checklist, plant, question, text

VOC = Column(id="voc_kg", label=text("VOC"), kind="number", unit="kg", required=True)
NAME = Column(id="name", label=text("Name"), required=True)
DAY = Column(id="day", label=text("Day"), kind="date")
KIND = Column(
    id="halogenated",
    label=text("Halogenated"),
    kind="option",
    options=(Option(id="yes", label=text("Yes")), Option(id="no", label=text("No"))),
)


def register(**changes: object) -> Question:
    table = TableAnswer(columns=(NAME, VOC, DAY, KIND))
    values: dict[str, object] = {"weight": 0, "answer": table, "levels": None}
    return question("CHEM-INV-01", **{**values, **changes})


def row(number: int, order: int = 0, **cells: str) -> RegisterRow:
    return RegisterRow(
        id=UUID(int=number),
        programme_id=PROGRAMME,
        assessment_id=ASSESSMENT,
        question_id="CHEM-INV-01",
        cells=cells,
        order=order,
    )


def unanswered() -> Answer:
    return answer("CHEM-INV-01").model_copy(update={"response": None})


@pytest.mark.parametrize(
    ("column", "typed", "locale", "stored"),
    [
        (VOC, "1,5", "fr_CA", "1.5 kg"),
        (VOC, " 1 500 kg ", "fr_CA", "1500 kg"),
        (VOC, "0.50", "en_US", "0.50 kg"),
        (DAY, "2026-06-30", "en_US", "2026-06-30"),
        (KIND, "yes", "en_US", "yes"),
        (KIND, "YES (ES)", "es_MX", "yes"),
        (NAME, "  Thinner ", "en_US", "Thinner"),
        (VOC, "  ", "en_US", ""),
    ],
)
def test_a_cell_is_kept_by_the_kind_of_its_column(
    column: Column, typed: str, locale: str, stored: str
) -> None:
    assert read_cell(column, typed, locale) == stored


@pytest.mark.parametrize(
    ("column", "typed"), [(VOC, "many"), (VOC, "1,500"), (DAY, "30/06/2026"), (KIND, "perhaps")]
)
def test_a_cell_that_cant_be_kept_as_typed_gets_a_sentence(column: Column, typed: str) -> None:
    assert isinstance(read_cell(column, typed, "fr_CA"), Message)


def test_numbers_keep_their_unit_in_the_record_and_lose_it_for_figures() -> None:
    stored = with_units(register(), {"name": "T", "voc_kg": "2.5", "day": ""})
    assert stored == {"name": "T", "voc_kg": "2.5 kg"}
    assert with_units(register(), stored) == stored
    assert bare_cells(register(), stored) == {"name": "T", "voc_kg": "2.5"}
    assert bare_cells(register(), {"voc_kg": "3 t"}) == {"voc_kg": "3 t"}, (
        "another unit is never taken for kg"
    )


def test_rows_stand_in_the_answer_and_outweigh_nothing_to_list() -> None:
    nothing = answer("CHEM-INV-01", options=(NOTHING_TO_LIST,))
    asked = register()
    assert composed(asked, nothing, ()) is nothing
    read = composed(asked, nothing, (row(1, name="T", voc_kg="2 kg"),)).response
    assert read is not None
    assert (read.rows, read.options) == (({"name": "T", "voc_kg": "2"},), ())
    kept = composed(asked, answer("CHEM-INV-01", state="not_seen", reason="other"), (row(1, name="T"),))
    assert kept.response is not None
    assert kept.response.state == "not_seen"


def test_deleted_rows_fall_out_and_the_rest_keeps_its_order() -> None:
    gone = row(1).model_copy(update={"deleted_at": NOON})
    assert [r.id.int for r in in_order((row(5, 1), row(4, 2), gone, row(3, 1)))] == [3, 5, 4]


def test_a_form_is_no_register() -> None:
    assert is_register(register())
    assert not is_register(register(answer=TableAnswer(columns=(NAME,), rows=1)))
    assert not is_register(question())


def test_a_row_changes_conditions_over_totals_and_flags_at_once() -> None:
    asked = register()
    pack = checklist(
        asked,
        question("CHEM-STO-01", when="sum(chemicals.voc_kg) > 0"),
        question("CHEM-STO-02", when="HALOGENATED"),
    )
    before = evaluate(pack, plant())
    assert not before.asks("CHEM-STO-01")
    one = before.with_answer(composed(asked, unanswered(), (row(1, name="T", voc_kg="2 kg"),)))
    assert one.asks("CHEM-STO-01")
    assert one.progress_by_module["CHEM"].done == 1
    assert not one.asks("CHEM-STO-02")
    other = one.with_answer(composed(asked, unanswered(), (row(1, voc_kg="0 kg", halogenated="yes"),)))
    assert not other.asks("CHEM-STO-01")
    assert other.asks("CHEM-STO-02")


def test_a_register_is_answered_by_a_row_or_by_saying_that_there_is_nothing() -> None:
    visit = evaluate(checklist(register()), plant())
    assert visit.standings["CHEM-INV-01"].state == "unanswered"
    none = visit.with_answer(answer("CHEM-INV-01", options=(NOTHING_TO_LIST,)))
    assert none.standings["CHEM-INV-01"].state == "answered"


def test_an_unfinished_row_is_pointed_out_before_closing_and_blocks_nothing() -> None:
    asked = register(required=True)
    assert [column.id for column in lacking(asked, {"name": "T"})] == ["voc_kg"]
    given = answer("CHEM-INV-01").model_copy(update={"response": Response(rows=({"name": "T"},))})
    lacks = missing(checklist(asked), {asked.id: given}, {asked.id: True}, {}, ())
    assert [(lack.code, lack.must) for lack in lacks if lack.question_id] == [("row_unfinished", False)]
