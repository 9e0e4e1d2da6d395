"""A visit worked out as a value; after any edits it equals the visit worked out anew."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.assessments import Answer
from greenaudit.rules.cases import case_of
from greenaudit.rules.evaluation import Evaluation, evaluate
from greenaudit.rules.scoring import score
from tests.helpers.checklists import (
    NOON,
    answer,
    checklist,
    finding,
    many_questions,
    plant,
    question,
    set_aside,
    ticks,
)

PACK = checklist(
    ticks("P_PAINT", "P_DEGR", "U_CA"),
    ticks("HALOGENATED", question_id="CHEM-PRC-01", when="P_DEGR"),
    question("CHEM-PRC-02", when="HALOGENATED", weight=3, critical=True, areas=("A07",)),
    question("CHEM-STO-01", weight=2, critical=True, rapid=True),
    question("CHEM-STO-02"),
    question("ENER-CAS-01", when="U_CA", weight=2, gate="seen", areas=("A13", "A01")),
    question("WAST-BAS-01", when='country == "MX"'),
    question("FOUN-LDR-01"),
)
SCORED = [q.id for q in PACK.questions if q.scored]


def ticked(*options: str) -> Answer:
    return answer("FOUN-PRO-02", options=options, grade=None)


edits = st.one_of(
    st.builds(ticked, st.sampled_from(["p_paint", "p_degr", "u_ca"]), st.sampled_from(["p_degr", "u_ca"])),
    st.builds(answer, st.just("CHEM-PRC-01"), options=st.sampled_from([("halogenated",), ("none",), ()])),
    st.builds(
        answer,
        st.sampled_from(SCORED),
        st.sampled_from([None, 0, 1, 2, 3, 4]),
        grade=st.integers(0, 3),
        months=st.sampled_from([None, 3, 12]),
    ),
    st.builds(set_aside, st.sampled_from(SCORED), st.sampled_from(["not_applicable", "not_seen"])),
    st.sampled_from(SCORED).map(lambda q: answer(q, 3).model_copy(update={"deleted_at": NOON})),
)


def parts(evaluation: Evaluation) -> tuple[object, ...]:
    return (
        dict(evaluation.standings),
        evaluation.facts,
        evaluation.score,
        evaluation.meters,
        dict(evaluation.progress_by_area),
        dict(evaluation.progress_by_module),
    )


@given(st.lists(edits, max_size=12), st.sampled_from(["full", "rapid"]))
def test_edits_one_by_one_equal_the_whole_worked_out_anew(changes: list[Answer], kind: str) -> None:
    step_by_step = evaluate(PACK, plant(), kind=kind)
    for change in changes:
        step_by_step = step_by_step.with_answer(change)
    last = {change.question_id: change for change in changes}
    assert parts(step_by_step) == parts(evaluate(PACK, plant(), last.values(), kind=kind))
    assert score(case_of(step_by_step)) == step_by_step.score


def test_a_flag_brings_questions_in_and_keeps_answers_when_it_goes() -> None:
    before = evaluate(PACK, plant(), [ticked("u_ca"), answer("ENER-CAS-01", 3)])
    assert before.standings["ENER-CAS-01"].applies
    after = before.with_answer(ticked("p_degr"))
    effect = after.effect(before)
    assert effect.shown == ("CHEM-PRC-01",)
    assert effect.hidden == ("ENER-CAS-01",)
    assert effect.kept == ("ENER-CAS-01",)
    kept = after.standings["ENER-CAS-01"]
    assert kept.settled
    assert kept.level == 3
    assert before.effect(after).kept == ()
    assert after.score.modules["ENER"].score is None
    assert after.with_answer(ticked("u_ca")).score == before.score


def test_flags_reach_through_two_questions() -> None:
    start = evaluate(PACK, plant(), [answer("CHEM-PRC-01", options=("halogenated",))])
    assert not start.standings["CHEM-PRC-02"].applies
    after = start.with_answer(ticked("p_degr"))
    assert after.standings["CHEM-PRC-02"].applies
    assert set(after.differences(start)) == {"FOUN-PRO-02", "CHEM-PRC-01", "CHEM-PRC-02"}


def test_only_what_depends_on_an_answer_is_new() -> None:
    before = evaluate(PACK, plant())
    after = before.with_answer(answer("CHEM-STO-01", 4))
    assert after.differences(before) == ("CHEM-STO-01",)
    assert after.score.modules["FOUN"] is before.score.modules["FOUN"]
    assert after.progress_by_area["A07"] is before.progress_by_area["A07"]
    assert after.facts is before.facts


def test_meters_and_progress_count_what_is_asked() -> None:
    visit = evaluate(PACK, plant(), [answer("CHEM-STO-01", 4), set_aside("FOUN-LDR-01")])
    assert visit.meters.coverage == Decimal("0.500")
    assert (visit.meters.critical_done, visit.meters.critical_total) == (1, 1)
    assert visit.meters.score == Decimal("100.0")
    assert visit.meters.confidence == Decimal("1.000")
    assert visit.score.overall.score is None
    area = visit.progress_by_area["A01"]
    assert (area.done, area.total, area.open_critical) == (2, 4, 0)
    assert visit.progress_by_area["A13"].total == 0


def test_a_critical_question_stays_open_until_it_is_assessed() -> None:
    visit = evaluate(PACK, plant(), [set_aside("CHEM-STO-01", "not_seen")])
    assert visit.progress_by_area["A01"].open_critical == 1
    visit = visit.with_answer(set_aside("CHEM-STO-01"))
    assert visit.progress_by_area["A01"].open_critical == 0


def test_the_profile_is_asked_whatever_the_modules() -> None:
    visit = evaluate(PACK, plant(), [answer("FOUN-LDR-01", 1)], modules=("ENER",))
    assert visit.asks("FOUN-PRO-02")
    assert not visit.asks("FOUN-LDR-01")
    assert not visit.asks("ENER-CAS-01")
    assert list(visit.score.modules) == ["ENER"]
    assert visit.with_answer(ticked("u_ca")).asks("ENER-CAS-01")


def test_a_rapid_visit_asks_the_rapid_questions_and_scores_what_it_has() -> None:
    visit = evaluate(PACK, plant(), [answer("CHEM-STO-01", 4)], kind="rapid")
    assert [q.id for q in visit.layout.asked] == ["FOUN-PRO-02", "CHEM-STO-01"]
    assert visit.progress_by_module["CHEM"].total == 1
    assert not visit.score.modules["CHEM"].rated


def test_an_open_stop_and_tell_caps_until_it_is_resolved() -> None:
    given = [answer("CHEM-STO-01", 4)]
    told = evaluate(PACK, plant(), given, [finding(), finding("WAST", "minor")])
    assert [cap.cause for cap in told.score.modules["CHEM"].caps] == ["stop_and_tell"]
    resolved = evaluate(PACK, plant(), given, [finding(resolved=True)])
    assert resolved.score == evaluate(PACK, plant(), given).score
    narrow = evaluate(PACK, plant(), findings=[finding()], modules=("ENER",))
    assert narrow.score.overall.caps == ()


def test_country_decides_what_is_asked() -> None:
    assert evaluate(PACK, plant("MX", "COA")).standings["WAST-BAS-01"].applies
    assert not evaluate(PACK, plant()).standings["WAST-BAS-01"].applies


def test_an_answer_to_nothing_known_changes_nothing() -> None:
    visit = evaluate(PACK, plant())
    assert visit.with_answer(answer("CHEM-XXX-99", 2)) is visit
    assert visit.with_answer(answer("CHEM-STO-01", 2).model_copy(update={"repeat": 1})) is visit


def test_weights_of_the_programme_make_the_overall() -> None:
    answers = [answer(q, 4) for q in ("CHEM-STO-01", "ENER-CAS-01", "WAST-BAS-01")] + [
        answer("FOUN-LDR-01", 0)
    ]
    weights = {"CHEM": Decimal(0), "WAST": Decimal(0), "ENER": Decimal(0), "FOUN": Decimal(1)}
    mexico = plant("MX", "COA")
    visit = evaluate(PACK, mexico, [*answers, ticked("u_ca")], weights=weights)  # type: ignore[arg-type]
    assert visit.score.overall.score == Decimal("0.0")
    assert visit.meters.score == Decimal("0.0")
    nothing = dict.fromkeys(weights, Decimal(0))
    none = evaluate(PACK, mexico, [*answers, ticked("u_ca")], weights=nothing)  # type: ignore[arg-type]
    assert none.score.overall.score is None
    assert none.meters.score is None


def test_four_hundred_questions_work_out_the_same_both_ways() -> None:
    pack = many_questions(400)
    answers = [answer(q.id, n % 5) for n, q in enumerate(pack.questions) if q.scored]
    start = evaluate(pack, plant(), answers)
    changed = start.with_answer(ticked("p_paint"))
    assert parts(changed) == parts(evaluate(pack, plant(), [*answers, ticked("p_paint")]))
