"""The history of a question in words: who, when, what, from what to what."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from greenaudit.domain.assessments import NOTHING_TO_LIST, Quantity, Response
from greenaudit.domain.journal import GENESIS
from greenaudit.errors import KnownError
from greenaudit.ids import new_id
from greenaudit.rules.branching import columns_of
from greenaudit.services import sample_records as records
from greenaudit.services.history import Teller
from greenaudit.services.opening import App
from greenaudit.services.sample_photos import plant_photo
from tests.helpers.apps import level, seen

ONE, STREAMS, CHOICE = "CHEM-STO-02", "WAST-BAS-01", "FOUN-PRO-03"


def test_every_change_is_told_the_newest_first(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    app.walk.prove(assessment_id=visit, question_id=ONE, proof=seen(months=3))
    app.walk.note(assessment_id=visit, question_id=ONE, text="Dique", language="es")
    app.walk.undo(assessment_id=visit)
    past = app.walk.history(assessment_id=visit, question_id=ONE, locale="en_US")
    assert [(p.field, p.before, p.after, p.undoes) for p in past] == [
        ("note", "Dique", "", True),
        ("note", "", "Dique", False),
        ("proof", "", "E2 · seen · 3 months of record", False),
        ("response", "Level 2, Controlled", "Level 3, Preventive", False),
        ("response", "", "Level 2, Controlled", False),
    ]
    assert {p.who for p in past} == {records.ASSESSOR.name}
    assert past[0].at > past[-1].at


def test_rows_photos_and_findings_belong_to_it(app: App, visit: UUID) -> None:
    row = app.walk.add_row(
        assessment_id=visit,
        question_id=STREAMS,
        cells={"stream": "Lodos", "quantity": "1,500.5", "class": "hazardous"},
        locale="es_MX",
        unfinished=True,
    )
    app.walk.change_row(
        assessment_id=visit,
        row_id=row.changed[STREAMS].rows[0].id,
        cells={"quantity": "2"},
        locale="es_MX",
        unfinished=True,
    )
    app.evidence.add(assessment_id=visit, question_id=STREAMS, data=plant_photo(1))
    app.walk.find(assessment_id=visit, question_id=STREAMS, kind="minor", what="Sin etiqueta", language="es")
    app.walk.remove_row(assessment_id=visit, row_id=row.changed[STREAMS].rows[0].id)
    past = app.walk.history(assessment_id=visit, question_id=STREAMS, locale="es_MX")
    assert [p.field for p in past] == ["deleted_at", "what", "sha256", "cells", "cells"]
    assert (past[0].after, past[2].after) == ("Retirado", "Agregado")
    assert "1,500.5\u00a0kg" in past[-1].after
    assert "Residuo peligroso" in past[-1].after
    assert "2\u00a0kg" in past[-2].after


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Response(state="not_seen", reason="no_time"), "Not seen · There was no time."),
        (
            Response(state="not_applicable", reason="other", text="Leased"),
            "Not applicable · Another reason. · Leased",
        ),
        (
            Response(quantity=Quantity(value=Decimal("1500.5"), unit="kg", entered="1500.5")),
            "1,500.5\u00a0kg",
        ),
        (Response(options=(NOTHING_TO_LIST,)), "Nothing to list here."),
        (Response(text="Words"), "Words"),
        (Response(), "Answered"),
    ],
)
def test_each_kind_of_answer_reads_well(app: App, response: Response, said: str) -> None:
    teller = Teller(app.packs.shipped().by_id[STREAMS], "en_US")
    assert teller.value("response", response.model_dump(mode="json")) == said


def test_values_are_told_in_the_question_s_own_words(app: App) -> None:
    """An option by its label, what it asks beside, a date and a number as the reader writes them."""
    checklist = app.packs.shipped()
    teller = Teller(checklist.by_id[CHOICE], "es_MX")
    option = checklist.by_id[CHOICE].answer.options[0]  # type: ignore[union-attr]
    assert teller.value("response", {"options": [option.id, "unknown"]}) == f"{option.label.es} · unknown"
    assert teller.value("response", {"day": "2026-11-24"}) == "24 nov 2026"
    assert teller.value("resolved", {"at": "2026-11-24T15:00:00Z", "what": ""}) == "Se vio que ya no existe"
    assert teller.value("flagged", True) == "Marcado"
    streams = Teller(checklist.by_id[STREAMS], "en_US")
    column = next(c for c in columns_of(checklist.by_id[STREAMS]) if c.kind == "option")
    assert (
        streams.value("cells", {column.id: "another", "gone": "text"}) == f"{column.label.en}: another; text"
    )


def test_what_another_version_wrote_and_this_one_can_t_read_is_left_out(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    with app.context.store.read() as reader:
        (own,) = reader.history("answer", app.desk.state(visit, ONE).answer.id)
    strange = own.model_copy(
        update={
            "id": new_id(),
            "device_id": new_id(),
            "seq": 1,
            "prev_hash": GENESIS,
            "fields": {"response": {"level": 99}, "colour": "red"},
            "bases": {"response": (own.id,)},
        }
    )
    app.context.store.receive([strange])
    app.desk.forget()
    past = app.walk.history(assessment_id=visit, question_id=ONE, locale="en_US")
    assert [p.after for p in past] == ["Level 2, Controlled"]
    assert app.desk.state(visit, ONE).answer.response == level(2)
    with pytest.raises(KnownError, match="undo_overtaken"):
        app.walk.undo(assessment_id=visit)
