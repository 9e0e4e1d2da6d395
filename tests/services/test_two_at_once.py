"""Two at one home (a window and a command, or a window and its synchronising): nothing is lost that one of them wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Answer, ChainHead, Response, answer_id
from greenaudit.errors import KnownError
from greenaudit.reports.content import ReportContent
from greenaudit.reports.pdf import Rendered
from greenaudit.services import sample_records as records
from greenaudit.services.numbering import take_number
from greenaudit.services.opening import App, open_home
from greenaudit.services.reporting import Reporting
from greenaudit.services.views import Saved
from greenaudit.signing.attachments import read_attachment
from greenaudit.store.reader import Reader
from tests.helpers.apps import clock, level, seen, sign_both

CONTAINMENT, STREAMS = "CHEM-STO-02", "WAST-BAS-01"


@pytest.fixture
def other(app: App) -> Iterator[App]:
    """The same home, opened a second time."""
    second = open_home(app.context.home, clock=clock())
    yield second
    second.close()


def stored(app: App, visit: UUID) -> Answer:
    with app.context.store.read() as reader:
        answer = reader.get(Answer, answer_id(visit, CONTAINMENT))
    assert answer is not None
    return answer


def test_an_edit_leaves_alone_what_another_wrote_beside_it(app: App, other: App, visit: UUID) -> None:
    app.walk.flag(assessment_id=visit, question_id=CONTAINMENT, flagged=True)
    other.walk.note(assessment_id=visit, question_id=CONTAINMENT, text="Dique íntegro", language="es")
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    answer = stored(app, visit)
    assert answer.note is not None
    assert answer.note.text == "Dique íntegro"
    assert answer.response == level(2)
    assert saved.changed[CONTAINMENT].answer == answer, "and the editor is shown what stands"


def test_who_changes_a_field_without_having_seen_its_value_makes_a_conflict(
    app: App, other: App, visit: UUID
) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(1))
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    (conflict,) = saved.changed[CONTAINMENT].conflicts
    levels = {change.fields["response"]["level"] for change in conflict.heads}
    assert (conflict.field, levels) == ("response", {2, 3})


def test_a_first_answer_given_twice_apart_is_a_conflict_too(app: App, other: App, visit: UUID) -> None:
    assert app.desk.visit(visit).states[CONTAINMENT].answer.response is None
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    other.walk.prove(assessment_id=visit, question_id=CONTAINMENT, proof=seen())
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    assert [conflict.field for conflict in saved.changed[CONTAINMENT].conflicts] == ["response"]
    assert stored(app, visit).proof == seen()


def test_who_saves_the_value_that_another_wrote_has_no_conflict(app: App, other: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(1))
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    assert saved.changed[CONTAINMENT].conflicts == ()
    assert stored(app, visit).response == level(3)


def test_what_a_synchronisation_brought_is_not_overwritten_by_who_was_not_shown_it(
    app: App, other: App, visit: UUID
) -> None:
    app.visits.open(visit)
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    other.walk.note(assessment_id=visit, question_id=STREAMS, text="Lodos", language="es")
    app.desk.forget()  # as after a synchronisation
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    (conflict,) = saved.changed[CONTAINMENT].conflicts
    assert {change.fields["response"]["level"] for change in conflict.heads} == {2, 3}
    note = saved.changed[STREAMS].answer.note
    assert note is not None, "the editor is told of everything that came"
    assert note.text == "Lodos"


def test_what_came_is_told_with_the_next_edit_or_reading_and_may_then_be_changed(
    app: App, other: App, visit: UUID
) -> None:
    app.visits.open(visit)
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    app.desk.forget()
    saved = app.walk.flag(assessment_id=visit, question_id=STREAMS, flagged=True)
    assert saved.changed[CONTAINMENT].answer.response == level(3)
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    assert not saved.changed[CONTAINMENT].conflicts
    other.visits.open(visit)
    other.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(4))
    app.desk.forget()
    app.visits.open(visit)
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(1))
    assert not saved.changed[CONTAINMENT].conflicts


def test_a_row_that_another_changed_is_kept_beside_the_edit_of_who_was_not_shown_it(
    app: App, other: App, visit: UUID
) -> None:
    register = "CHEM-INV-01"
    cells = {"product": "Tinta"}
    made = app.walk.add_row(
        assessment_id=visit, question_id=register, cells=cells, locale="es_MX", unfinished=True
    )
    row_id = made.changed[register].rows[0].id
    for one, product in ((other, "Tinta azul"), (app, "Tinta roja")):
        one.walk.change_row(
            assessment_id=visit, row_id=row_id, cells={"product": product}, locale="es_MX", unfinished=True
        )
        app.desk.forget()
    (conflict,) = app.visits.open(visit).states[register].conflicts
    assert {change.fields["cells"]["product"] for change in conflict.heads} == {"Tinta azul", "Tinta roja"}


def test_a_visit_that_changes_while_its_report_is_made_is_not_closed(
    app: App, other: App, ready: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = Reporting.render

    def interrupted(self: Reporting, content: ReportContent) -> Rendered:
        other.walk.flag(assessment_id=ready, question_id=CONTAINMENT, flagged=True)
        return render(self, content)

    monkeypatch.setattr(Reporting, "render", interrupted)
    with pytest.raises(KnownError, match="visit_changed"):
        sign_both(app, ready)
    assert not app.visits.open(ready).closed
    monkeypatch.undo()
    sign_both(app, ready)
    assert app.visits.open(ready).late_changes == 0


def test_what_is_written_while_a_report_is_gathered_is_in_it_or_not_named_by_its_heads(
    app: App, other: App, ready: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads, looks = Reader.chain_heads, count()

    def interrupted(self: Reader, scopes: Iterable[str] | None = None) -> dict[str, dict[str, ChainHead]]:
        found = heads(self, scopes)
        if next(looks) == 0:
            other.walk.answer(assessment_id=ready, question_id=CONTAINMENT, response=level(4))
        return found

    monkeypatch.setattr(Reader, "chain_heads", interrupted)
    sign_both(app, ready)
    monkeypatch.undo()
    data = json.loads(read_attachment(app.closing.signed_pdf(ready)))
    (answer,) = (one for one in data["answers"] if one["question"] == CONTAINMENT)
    assert answer["response"]["level"] == 4
    assert app.visits.open(ready).states[CONTAINMENT].answer.response == level(4)


def test_two_windows_never_give_one_number_twice(app: App, other: App, ready: UUID) -> None:
    second = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
    choice = Response(options=("plant_only",))
    app.walk.answer(assessment_id=second, question_id="FOUN-PRO-03", response=choice)
    app.walk.answer(assessment_id=second, question_id=CONTAINMENT, response=level(2))
    sign_both(app, ready)
    sign_both(other, second)
    assert app.closing.state(ready).number != other.closing.state(second).number
    with pytest.raises(KnownError, match="visit_closed"):
        sign_both(other, ready)


def test_a_number_that_another_window_took_is_not_used_again(app: App, visit: UUID) -> None:
    assert visit
    with (
        pytest.raises(KnownError, match="number_taken"),
        app.context.store.unit(app.context.author_id) as unit,
    ):
        take_number(unit, "GA-MX-AAAAA-0099")


def test_a_row_that_both_change_keeps_both_and_shows_a_conflict(app: App, other: App, visit: UUID) -> None:
    def change(by: App, row: UUID, name: str) -> Saved:
        return by.walk.change_row(
            assessment_id=visit, row_id=row, cells={"stream": name}, locale="es_MX", unfinished=True
        )

    added = app.walk.add_row(
        assessment_id=visit, question_id=STREAMS, cells={"stream": "Lodos"}, locale="es_MX", unfinished=True
    )
    (row,) = added.changed[STREAMS].rows
    change(other, row.id, "Lodos de pintura")
    saved = change(app, row.id, "Lodos de fosfatado")
    (conflict,) = saved.changed[STREAMS].conflicts
    assert conflict.field == "cells"
    assert {c.fields["cells"]["stream"] for c in conflict.heads} == {"Lodos de pintura", "Lodos de fosfatado"}
