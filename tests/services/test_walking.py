"""Walking a plant: answers are on the disk when a call returns, and their figures come back with them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from greenaudit.domain.assessments import Answer, Proof, Response
from greenaudit.domain.findings import Finding, FindingKind
from greenaudit.errors import KnownError
from greenaudit.rules.numbers import Ambiguous, Number
from greenaudit.services.opening import App, open_home
from greenaudit.services.sample_photos import plant_photo
from tests.helpers.apps import clock, level, number, seen

CONTAINMENT, MATCH, PROFILE, CHOICE = "CHEM-STO-02", "CHEM-INV-02", "FOUN-PRO-02", "FOUN-PRO-03"


def test_an_answer_is_there_after_the_home_is_opened_again(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(2))
    app.walk.prove(assessment_id=visit, question_id=CONTAINMENT, proof=seen())
    app.walk.note(assessment_id=visit, question_id=CONTAINMENT, text="Dique íntegro", language="es")
    home = app.context.home
    app.close()
    again = open_home(home, clock=clock())
    state = again.visits.open(visit).states[CONTAINMENT]
    again.close()
    assert state.answer.response == level(2)
    assert state.answer.proof == seen()
    assert state.answer.note is not None
    assert (state.answer.note.text, state.answer.note.language) == ("Dique íntegro", "es")


def test_saving_gives_back_what_it_changed(app: App, visit: UUID) -> None:
    saved = app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    assert saved.changed[CONTAINMENT].level == 3
    assert saved.changed[CONTAINMENT].effective == 1, "nobody said yet what it is based on"
    assert saved.changed[CONTAINMENT].needs is not None
    proved = app.walk.prove(assessment_id=visit, question_id=CONTAINMENT, proof=seen(months=6))
    assert proved.changed[CONTAINMENT].effective == 3
    assert proved.meters.score == Decimal("75.0")
    assert proved.only_here.answers == 1
    assert sum(m.done for m in proved.modules) == 1


def test_memory_and_disk_agree_after_every_edit(app: App, visit: UUID) -> None:
    for question, response in ((CONTAINMENT, level(4)), (MATCH, number("91")), (CONTAINMENT, level(1))):
        app.walk.answer(assessment_id=visit, question_id=question, response=response)
        kept = app.desk.visit(visit)
        read = app.visits.open(visit)
        assert kept.score == read.score
        assert kept.meters == read.meters
        assert kept.areas == read.areas
        assert kept.states[question] == read.states[question]


def test_a_profile_answer_changes_which_questions_apply_and_drops_no_answer(app: App, visit: UUID) -> None:
    air = "ENER-CAS-02"
    with_air = app.walk.answer(
        assessment_id=visit, question_id=PROFILE, response=Response(options=("compressed_air",))
    )
    assert with_air.changed[air].applies
    app.walk.answer(assessment_id=visit, question_id=air, response=number("12"))
    without = app.walk.answer(
        assessment_id=visit, question_id=PROFILE, response=Response(options=("assembly",))
    )
    assert not without.changed[air].applies
    assert without.changed[air].answer.response is not None
    assert without.meters.score is None


def test_clearing_takes_an_answer_back_and_the_journal_keeps_it(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(3))
    cleared = app.walk.clear(assessment_id=visit, question_id=CONTAINMENT)
    assert cleared.changed[CONTAINMENT].answer.response is None
    record = cleared.changed[CONTAINMENT].answer
    with app.context.store.read() as reader:
        history = reader.history("answer", record.id)
        assert reader.get(Answer, record.id) == record
    assert [change.fields["response"] and change.fields["response"]["level"] for change in history] == [
        3,
        None,
    ]


def test_not_seen_and_not_applicable_need_a_reason(app: App, visit: UUID) -> None:
    with pytest.raises(KnownError, match="reason_missing"):
        app.walk.answer(assessment_id=visit, question_id=MATCH, response=Response(state="not_seen"))
    saved = app.walk.answer(
        assessment_id=visit, question_id=MATCH, response=Response(state="not_seen", reason="no_access")
    )
    assert saved.changed[MATCH].answer.response is not None
    assert saved.changed[MATCH].level is None


def test_a_critical_question_is_set_aside_only_with_a_photo(app: App, visit: UUID) -> None:
    aside = Response(state="not_applicable", reason="no_such_equipment")
    with pytest.raises(KnownError, match="critical_needs_photo"):
        app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=aside)
    app.evidence.add(assessment_id=visit, question_id=CONTAINMENT, data=plant_photo(1))
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=aside)


def test_a_stop_and_tell_has_its_time_and_weighs_until_it_is_resolved(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(4))
    app.walk.prove(assessment_id=visit, question_id=CONTAINMENT, proof=Proof(grade=3, months=12))
    told = app.walk.tell(
        assessment_id=visit, question_id=CONTAINMENT, what="Fuga", told_to="Jefe de turno", language="es"
    )
    assert told.findings[0].told is not None
    assert told.findings[0].told.to == "Jefe de turno"
    assert [cap.cause for cap in told.score.modules["CHEM"].caps] == ["stop_and_tell"]
    done = app.walk.resolve_danger(assessment_id=visit, finding_id=told.findings[0].id, what="Cerrada")
    assert done.score.modules["CHEM"].caps == ()


def test_a_finding_is_corrected_and_keeps_when_the_plant_was_told(app: App, visit: UUID) -> None:
    first = app.walk.tell(
        assessment_id=visit, question_id=CONTAINMENT, what="Fuga", told_to="Jeff", language="es"
    ).findings[0]

    def corrected(kind: FindingKind, told_to: str) -> Finding:
        (found,) = app.walk.correct_finding(
            assessment_id=visit, finding_id=first.id, kind=kind, what="Fuga de tolueno", told_to=told_to,
            language="es",
        ).findings  # fmt: skip
        return found

    found = corrected("stop_and_tell", "Jefe de turno")
    assert first.told is not None
    assert found.told == first.told.model_copy(update={"to": "Jefe de turno"})
    assert (found.id, found.what.text) == (first.id, "Fuga de tolueno")
    assert corrected("minor", "").told is None
    for _ in range(2):
        undone = app.walk.undo(assessment_id=visit)
    assert undone is not None
    assert undone.saved.findings == (first,)


def test_a_withdrawn_finding_weighs_nothing_and_can_be_brought_back(app: App, visit: UUID) -> None:
    app.walk.answer(assessment_id=visit, question_id=CONTAINMENT, response=level(4))
    told = app.walk.tell(
        assessment_id=visit, question_id=CONTAINMENT, what="Fuga", told_to="Jefe", language="es"
    )
    saved = app.walk.withdraw_finding(assessment_id=visit, finding_id=told.findings[0].id)
    assert saved.findings == ()
    assert "stop_and_tell" not in {cap.cause for cap in saved.score.modules["CHEM"].caps}
    undone = app.walk.undo(assessment_id=visit)
    assert undone is not None
    assert undone.saved.findings == told.findings


@pytest.mark.parametrize(("what", "to"), [("", "Jefe"), ("Fuga", "  ")])
def test_a_stop_and_tell_says_what_and_to_whom(app: App, visit: UUID, what: str, to: str) -> None:
    with pytest.raises(KnownError, match="tell_incomplete"):
        app.walk.tell(assessment_id=visit, question_id=CONTAINMENT, what=what, told_to=to, language="es")


def test_numbers_are_read_as_the_locale_writes_them_and_asked_about_when_unclear(
    app: App, visit: UUID
) -> None:
    def read(text: str, locale: str) -> object:
        return app.walk.read_number(assessment_id=visit, question_id=MATCH, text=text, locale=locale)

    clear = read("91,5", "fr_CA")
    assert isinstance(clear, Number)
    assert clear.value == Decimal("91.5")
    assert isinstance(read("1,500", "fr_CA"), Ambiguous)


def test_the_last_visit_s_answer_is_at_hand_once_it_was_signed(app: App, visit: UUID) -> None:
    assert app.visits.open(visit).states[CONTAINMENT].previous is None
    assert app.visits.open(visit).visit_number == 1
