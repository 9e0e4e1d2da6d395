"""Registers in a visit: every row is durable when the call returns, and its figures come back with it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from greenaudit.domain.assessments import NOTHING_TO_LIST, Response
from greenaudit.domain.inventory import RegisterRow
from greenaudit.errors import KnownError
from greenaudit.services.opening import App
from tests.helpers.apps import copy_of
from tests.helpers.exchange import exchange

STREAMS, CONTAINMENT = "WAST-BAS-01", "WAST-STO-02"
SLUDGE = {
    "stream": "Lodos",
    "birth": "Pintura",
    "state": "sludge",
    "class": "hazardous",
    "national_code": "O-1",
    "quantity": "1,500.5",
    "basis": "weighed",
    "generation": "steady",
    "container": "Tambor",
    "route": "treatment",
    "carrier": "X",
    "final_site": "Y",
}


def add(app: App, visit: UUID, **cells: str) -> RegisterRow:
    known = {c.id for c in app.packs.shipped().by_id[STREAMS].answer.columns}  # type: ignore[union-attr]
    filled = {name: text for name, text in {**SLUDGE, **cells}.items() if name in known}
    saved = app.walk.add_row(
        assessment_id=visit, question_id=STREAMS, cells=filled, locale="es_MX", unfinished=True
    )
    return saved.changed[STREAMS].rows[-1]


def stored(app: App, visit: UUID) -> tuple[RegisterRow, ...]:
    with app.context.store.read() as reader:
        return reader.where(RegisterRow, assessment_id=visit)


def test_a_row_is_a_record_with_its_units_and_switches_conditions_at_once(app: App, visit: UUID) -> None:
    row = add(app, visit)
    assert stored(app, visit) == (row,)
    assert row.cells["quantity"] == "1500.5 kg"
    state = app.desk.state(visit, STREAMS)
    assert state.answer.response is not None
    assert state.answer.response.rows[0]["quantity"] == "1500.5"
    assert "HAZARDOUS_WASTE" in app.desk.opened(visit).evaluation.facts.flags


def test_rows_are_changed_and_removed_one_by_one(app: App, visit: UUID) -> None:
    first, second = add(app, visit, stream="A"), add(app, visit, stream="B")
    app.walk.change_row(
        assessment_id=visit,
        row_id=first.id,
        cells={"stream": "C", "carrier": ""},
        locale="es_MX",
        unfinished=True,
    )
    saved = app.walk.remove_row(assessment_id=visit, row_id=second.id)
    rows = saved.changed[STREAMS].rows
    assert [(row.id, row.cells["stream"], "carrier" in row.cells) for row in rows] == [(first.id, "C", False)]
    assert app.visits.open(visit).states[STREAMS].rows == rows
    with pytest.raises(KnownError, match="row_gone"):
        app.walk.remove_row(assessment_id=visit, row_id=second.id)


def test_what_cant_be_kept_names_row_and_column_and_keeps_nothing(app: App, visit: UUID) -> None:
    add(app, visit)

    def refused(**cells: str) -> KnownError:
        with pytest.raises(KnownError) as raised:
            app.walk.add_row(assessment_id=visit, question_id=STREAMS, cells=cells, locale="fr_CA")
        return raised.value

    unread = refused(quantity="beaucoup")
    assert unread.code == "cell_unreadable"
    assert unread.message.params["row"] == 2
    assert unread.details["column"] == "quantity"
    assert refused(stream="Lodos").code == "cell_missing"
    assert refused().code == "row_empty"
    assert len(stored(app, visit)) == 1


def test_a_register_given_whole_writes_only_what_differs(app: App, visit: UUID) -> None:
    ids = [add(app, visit, stream=name).id for name in "ABC"]
    response = app.desk.state(visit, STREAMS).answer.response
    assert response is not None
    a, b, c = response.rows
    saved = app.walk.answer(
        assessment_id=visit, question_id=STREAMS, response=Response(rows=(a, {**c, "stream": "D"}, b))
    )
    assert [row.cells["stream"] for row in saved.changed[STREAMS].rows] == ["A", "D", "B"]
    assert saved.changed[STREAMS].rows[0].id == ids[0]
    assert app.visits.open(visit).states[STREAMS] == saved.changed[STREAMS]
    assert app.walk.clear(assessment_id=visit, question_id=STREAMS).changed[STREAMS].rows == ()


def test_nothing_to_list_is_an_answer_until_a_row_comes(app: App, visit: UUID) -> None:
    nothing = Response(options=(NOTHING_TO_LIST,))
    saved = app.walk.answer(assessment_id=visit, question_id=STREAMS, response=nothing)
    assert sum(module.done for module in saved.modules) == 1
    add(app, visit)
    state = app.desk.state(visit, STREAMS)
    assert state.answer.response is not None
    assert state.answer.response.options == ()
    assert app.desk.opened(visit).stored(STREAMS).response is None


def test_setting_a_register_aside_keeps_its_rows(app: App, visit: UUID) -> None:
    row = add(app, visit)
    aside = Response(state="not_seen", reason="no_time")
    saved = app.walk.answer(assessment_id=visit, question_id=STREAMS, response=aside)
    assert saved.changed[STREAMS].rows == (row,)
    response = saved.changed[STREAMS].answer.response
    assert response is not None
    assert response.state == "not_seen"


def test_rows_added_apart_never_conflict_and_edits_of_one_row_do(
    app: App, visit: UUID, template: Path, tmp_path: Path
) -> None:
    row = add(app, visit)
    other = copy_of(template, tmp_path / "other")
    other.context.store.become_new_device()
    exchange(app, other)
    add(app, visit, stream="Mine")
    add(other, visit, stream="Theirs")
    for each, name in ((app, "X"), (other, "Y")):
        each.walk.change_row(
            assessment_id=visit, row_id=row.id, cells={"stream": name}, locale="es_MX", unfinished=True
        )
    exchange(app, other)
    mine, theirs = app.desk.state(visit, STREAMS), other.desk.state(visit, STREAMS)
    assert mine.rows == theirs.rows
    assert len(mine.rows) == 3
    assert [(c.record_type, c.field) for c in mine.conflicts] == [("register_row", "cells")]
    chosen = mine.conflicts[0].heads[1]
    app.walk.resolve(assessment_id=visit, question_id=STREAMS, field="cells", change_id=chosen.id)
    after = app.desk.state(visit, STREAMS)
    assert after.conflicts == ()
    assert next(r for r in after.rows if r.id == row.id).cells == chosen.fields["cells"]
    other.close()
