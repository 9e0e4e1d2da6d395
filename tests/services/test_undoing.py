"""Undo and redo from the journal: a new change takes the last edit back, and nobody's work is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenaudit.domain.assessments import NOTHING_TO_LIST, Proof, Response
from greenaudit.errors import KnownError
from greenaudit.services import sample_records as records
from greenaudit.services.opening import App, open_home
from greenaudit.services.sample_photos import plant_photo
from greenaudit.services.views import Undone
from tests.helpers.apps import clock, copy_of, level, sign_both
from tests.helpers.exchange import exchange

ONE, TWO, STREAMS, CHOICE = "CHEM-STO-02", "CHEM-HAZ-01", "WAST-BAS-01", "FOUN-PRO-03"


def undo(app: App, visit: UUID) -> Undone:
    done = app.walk.undo(assessment_id=visit)
    assert done is not None
    return done


def redo(app: App, visit: UUID) -> Undone:
    done = app.walk.redo(assessment_id=visit)
    assert done is not None
    return done


def shown(app: App, visit: UUID) -> Any:
    """All that an edit can change, as it stands on the disk; an answer that says nothing counts as none."""
    whole = app.visits.open(visit)
    states = {
        question: (state.answer, state.rows, state.photos)
        for question, state in whole.states.items()
        if state.answer.response or state.answer.proof or state.answer.note or state.answer.flagged
        or state.rows or state.photos
    }  # fmt: skip
    return states, whole.findings, whole.score


def test_an_edit_is_taken_back_and_done_again_by_changes_of_their_own(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(1))
    back = undo(app, visit)
    assert (back.what.params, back.question_id, back.field) == ({"question": ONE}, ONE, "response")
    assert back.saved.changed[ONE].answer.response == level(3)
    assert redo(app, visit).saved.changed[ONE].answer.response == level(1)
    with app.context.store.read() as reader:
        history = reader.history("answer", back.saved.changed[ONE].answer.id)
    assert len(history) == 4
    assert [change.undoes for change in history] == [None, None, history[1].id, history[2].id]


def test_there_is_an_end_on_both_sides(app: App, visit: UUID) -> None:
    assert app.walk.undo(assessment_id=visit) is None
    assert app.walk.redo(assessment_id=visit) is None
    app.walk.flag(assessment_id=visit, question_id=ONE, flagged=True)
    assert app.walk.redo(assessment_id=visit) is None
    assert undo(app, visit).what.params["question"] == ONE
    assert app.walk.undo(assessment_id=visit) is None
    assert redo(app, visit).redone


def test_a_new_edit_forgets_what_could_have_been_done_again(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    undo(app, visit)
    app.walk.note(assessment_id=visit, question_id=TWO, text="x", language="es")
    assert app.walk.redo(assessment_id=visit) is None


def test_it_is_kept_over_a_restart(app: App, visit: UUID) -> None:
    for value in (1, 2, 3):
        app.walk.answer(assessment_id=visit, question_id=ONE, response=level(value))
    undo(app, visit)
    home = app.context.home
    app.close()
    again = open_home(home, clock=clock())
    assert undo(again, visit).saved.changed[ONE].answer.response == level(1)
    assert redo(again, visit).saved.changed[ONE].answer.response == level(2)
    assert redo(again, visit).saved.changed[ONE].answer.response == level(3)
    again.close()


def test_an_edit_that_puts_an_older_value_back_is_an_edit_like_any_other(app: App, visit: UUID) -> None:
    for value in (1, 2, 1):
        app.walk.answer(assessment_id=visit, question_id=ONE, response=level(value))
    assert undo(app, visit).saved.changed[ONE].answer.response == level(2)


def test_photos_and_findings_come_and_go_whole(app: App, visit: UUID) -> None:
    app.evidence.add(assessment_id=visit, question_id=ONE, data=plant_photo(1))
    photo = app.desk.state(visit, ONE).photos[0]
    app.evidence.caption(assessment_id=visit, photo_id=photo.id, text="Dique", language="es")
    app.walk.tell(assessment_id=visit, question_id=ONE, what="Fuga", told_to="Jefe", language="es")
    assert undo(app, visit).saved.findings == ()
    assert undo(app, visit).saved.changed[ONE].photos == (photo,)
    assert undo(app, visit).saved.changed[ONE].photos == ()
    for _ in range(3):
        last = redo(app, visit)
    assert [f.kind for f in last.saved.findings] == ["stop_and_tell"]
    assert last.saved.changed[ONE].photos[0].caption is not None


def test_what_one_act_wrote_is_taken_back_as_one(app: App, visit: UUID) -> None:
    rows = tuple({"stream": f"Lodo {n}", "quantity": str(n + 1)} for n in range(4))
    before = shown(app, visit)
    app.walk.answer(assessment_id=visit, question_id=STREAMS, response=Response(rows=rows))
    listed = shown(app, visit)
    app.walk.clear(assessment_id=visit, question_id=STREAMS)
    cleared = shown(app, visit)
    undo(app, visit)
    assert shown(app, visit) == listed
    assert undo(app, visit).what.params == {"question": STREAMS}
    assert shown(app, visit) == before
    assert app.walk.undo(assessment_id=visit) is None
    redo(app, visit)
    assert shown(app, visit) == listed
    redo(app, visit)
    assert shown(app, visit) == cleared
    undo(app, visit)
    assert shown(app, visit) == listed


def test_a_row_that_takes_a_question_up_again_goes_with_what_it_had_replaced(app: App, visit: UUID) -> None:
    nothing = Response(options=(NOTHING_TO_LIST,))
    app.walk.answer(assessment_id=visit, question_id=STREAMS, response=nothing)
    app.walk.add_row(
        assessment_id=visit, question_id=STREAMS, cells={"stream": "x"}, locale="es_MX", unfinished=True
    )
    state = undo(app, visit).saved.changed[STREAMS]
    assert (state.answer.response, state.rows) == (nothing, ())


def test_where_a_part_was_changed_by_somebody_else_nothing_is_taken_back(
    app: App, visit: UUID, template: Path, tmp_path: Path
) -> None:
    other = other_device(app, template, tmp_path / "other")
    rows = tuple({"stream": f"Lodo {n}"} for n in range(3))
    app.walk.answer(assessment_id=visit, question_id=STREAMS, response=Response(rows=rows))
    exchange(app, other)
    theirs = other.desk.state(visit, STREAMS).rows[0].id
    other.walk.change_row(
        assessment_id=visit, row_id=theirs, cells={"stream": "Suyo"}, locale="es_MX", unfinished=True
    )
    exchange(app, other)
    with pytest.raises(KnownError, match="undo_overtaken"):
        app.walk.undo(assessment_id=visit)
    assert len(app.visits.open(visit).states[STREAMS].rows) == 3
    other.close()


def other_device(app: App, template: Path, folder: Path) -> App:
    other = copy_of(template, folder)
    other.context.store.become_new_device()
    exchange(app, other)
    return other


@pytest.mark.parametrize("apart", [True, False], ids=["at the same time", "afterwards"])
def test_what_somebody_else_changed_meanwhile_is_respected(
    app: App, visit: UUID, template: Path, tmp_path: Path, apart: bool
) -> None:
    other = other_device(app, template, tmp_path / "other")
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    app.walk.answer(assessment_id=visit, question_id=TWO, response=level(3))
    if not apart:
        exchange(app, other)
    other.walk.answer(assessment_id=visit, question_id=TWO, response=level(2))
    exchange(app, other)
    with pytest.raises(KnownError, match="undo_overtaken"):
        app.walk.undo(assessment_id=visit)
    if apart:
        with pytest.raises(KnownError, match="undo_overtaken"):
            other.walk.undo(assessment_id=visit)
    else:
        assert undo(other, visit).question_id == TWO, "each takes back what is its own"
    other.close()


def test_another_field_of_the_same_answer_is_no_obstacle(
    app: App, visit: UUID, template: Path, tmp_path: Path
) -> None:
    other = other_device(app, template, tmp_path / "other")
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    other.walk.note(assessment_id=visit, question_id=ONE, text="Otra", language="es")
    exchange(app, other)
    state = undo(app, visit).saved.changed[ONE]
    assert state.answer.response is None
    assert state.answer.note is not None
    other.close()


def test_a_settled_conflict_goes_back_to_what_was_shown(
    app: App, visit: UUID, template: Path, tmp_path: Path
) -> None:
    other = other_device(app, template, tmp_path / "other")
    for each, value in ((app, 1), (other, 2)):
        each.walk.answer(assessment_id=visit, question_id=ONE, response=level(value))
    exchange(app, other)
    (conflict,) = app.desk.state(visit, ONE).conflicts
    first = app.desk.state(visit, ONE).answer.response
    hidden = conflict.heads[1].id
    app.walk.resolve(assessment_id=visit, question_id=ONE, field="response", change_id=hidden)
    assert undo(app, visit).saved.changed[ONE].answer.response == first
    other.close()


def test_what_is_signed_is_not_taken_back(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(2))
    app.walk.answer(assessment_id=visit, question_id=CHOICE, response=Response(options=("all",)))
    choice = app.packs.shipped().by_id[CHOICE].answer.options[0].id  # type: ignore[union-attr]
    app.walk.answer(assessment_id=visit, question_id=CHOICE, response=Response(options=(choice,)))
    sign_both(app, visit)
    with pytest.raises(KnownError, match="closed"):
        app.walk.undo(assessment_id=visit)
    app.closing.start_revision(assessment_id=visit, reason="x")
    assert app.walk.undo(assessment_id=visit) is None
    app.walk.answer(assessment_id=visit, question_id=ONE, response=level(3))
    assert undo(app, visit).saved.changed[ONE].answer.response == level(2)


def edits(app: App, visit: UUID) -> list[Callable[[int], object]]:
    """What a hand can do; each takes a number to vary by."""
    walk = app.walk

    def rows() -> tuple[Any, ...]:
        return app.desk.state(visit, STREAMS).rows

    def add(n: int) -> object:
        cells = {"stream": f"S{n}", "quantity": str(n + 1)}
        return walk.add_row(
            assessment_id=visit, question_id=STREAMS, cells=cells, locale="es_MX", unfinished=True
        )

    def change(n: int) -> object:
        if not rows():
            return add(n)
        cells = {"quantity": str(100 + n)}
        row = rows()[n % len(rows())].id
        return walk.change_row(assessment_id=visit, row_id=row, cells=cells, locale="es_MX", unfinished=True)

    def remove(n: int) -> object:
        return walk.remove_row(assessment_id=visit, row_id=rows()[n % len(rows())].id) if rows() else add(n)

    def whole(n: int) -> object:
        listed = tuple({"stream": f"W{m}", "quantity": "1"} for m in range(n % 4))
        return walk.answer(assessment_id=visit, question_id=STREAMS, response=Response(rows=listed))

    return [
        whole,
        lambda n: walk.clear(assessment_id=visit, question_id=STREAMS),
        lambda n: walk.answer(assessment_id=visit, question_id=(ONE, TWO)[n % 2], response=level(n % 5)),
        lambda n: walk.prove(assessment_id=visit, question_id=ONE, proof=Proof(grade=n % 4)),
        lambda n: walk.note(assessment_id=visit, question_id=ONE, text="x" * (n % 3), language="es"),
        lambda n: walk.flag(assessment_id=visit, question_id=TWO, flagged=bool(n % 2)),
        lambda n: walk.find(assessment_id=visit, question_id=ONE, kind="minor", what=f"F{n}", language="es"),
        add,
        change,
        remove,
    ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=7), st.data())
def test_any_edits_are_taken_back_to_each_state_and_done_again(
    app: App, done: list[tuple[int, int]], data: st.DataObject
) -> None:
    visit = app.visits.start(plant_id=records.SALTILLO.id, checklist_sha=app.packs.shipped().sha256)
    acts = edits(app, visit)
    states = [shown(app, visit)]
    for which, number in done:
        acts[which](number)
        after = shown(app, visit)
        if after != states[-1]:
            states.append(after)
    place = len(states) - 1
    for back in data.draw(st.lists(st.booleans(), max_size=10)) + [True] * 2:
        moved = app.walk.undo(assessment_id=visit) if back else app.walk.redo(assessment_id=visit)
        expected = place - 1 if back else place + 1
        if not 0 <= expected < len(states):
            assert moved is None
            continue
        place = expected
        assert moved is not None
        assert shown(app, visit) == states[place]
