"""What a closing lacks: what forbids it, and what only weakens the result."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer
from greenaudit.domain.findings import Finding
from greenaudit.rules.completeness import Lack, missing, next_open
from greenaudit.rules.evaluation import evaluate
from tests.helpers.checklists import NOON, answer, checklist, finding, plant, question, set_aside, text

CHOICE = {
    "kind": "options",
    "choose": "one",
    "options": [{"id": "plant_only", "label": text()}, {"id": "mentor", "label": text()}],
}
PACK = checklist(
    question("FOUN-PRO-03", weight=0, answer=CHOICE, levels=None),
    question("CHEM-STO-01", critical=True),
    question("CHEM-STO-02"),
    question("CHEM-STO-03"),
    question("ENER-CAS-01", critical=True, when="U_CA"),
)
CHOSEN = answer("FOUN-PRO-03", options=("plant_only",))


def lacks(
    *answers: Answer, photos: dict[str, int] | None = None, findings: tuple[Finding, ...] = ()
) -> tuple[Lack, ...]:
    visit = evaluate(PACK, plant(), answers)
    asked = {question_id: visit.asks(question_id) for question_id in visit.standings}
    return missing(PACK, {a.question_id: a for a in answers}, asked, photos or {}, findings)


def codes(found: tuple[Lack, ...]) -> list[tuple[str, bool]]:
    return [(lack.code, lack.must) for lack in found]


def test_an_empty_visit_cannot_be_closed() -> None:
    assert codes(lacks()) == [
        ("nothing_answered", True),
        ("no_confidentiality", True),
        ("critical_open", False),
        ("thin_sections", False),
    ]


def test_a_whole_visit_lacks_nothing() -> None:
    assert lacks(CHOSEN, answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 3), answer("CHEM-STO-03", 1)) == ()


def test_an_open_critical_question_makes_the_result_indicative() -> None:
    (lack,) = lacks(CHOSEN, answer("CHEM-STO-02", 3), answer("CHEM-STO-03", 3))
    assert (lack.code, lack.must, lack.question_id) == ("critical_open", False, "CHEM-STO-01")
    assert str(lack.text) == "One critical question is open: the result will be indicative, without a rating."


def test_a_section_needs_two_thirds() -> None:
    (lack,) = lacks(CHOSEN, answer("CHEM-STO-01", 3))
    assert (lack.code, lack.question_id) == ("thin_sections", "CHEM-STO-02")
    assert lacks(CHOSEN, answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 3)) == ()


def test_a_critical_question_is_set_aside_only_with_a_photo() -> None:
    rest = (CHOSEN, answer("CHEM-STO-02", 3), answer("CHEM-STO-03", 3), set_aside("CHEM-STO-01"))
    assert codes(lacks(*rest)) == [("set_aside_unproved", True)]
    assert lacks(*rest, photos={"CHEM-STO-01": 1}) == ()


def test_set_aside_and_unseen_need_a_reason() -> None:
    rest = (CHOSEN, answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 3))
    (lack,) = lacks(*rest, set_aside("CHEM-STO-03", "not_seen", reason=""))
    assert (lack.code, lack.must, lack.question_id) == ("no_reason", True, "CHEM-STO-03")


def test_an_open_danger_warns() -> None:
    whole = (CHOSEN, answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 3), answer("CHEM-STO-03", 1))
    told = finding(question_id="CHEM-STO-01")
    (lack,) = lacks(*whole, findings=(told,))
    assert (lack.code, lack.must, lack.question_id) == ("stop_and_tell_open", False, "CHEM-STO-01")
    gone = told.model_copy(update={"deleted_at": NOON})
    assert lacks(*whole, findings=(gone, finding(resolved=True), finding(kind="major"))) == ()


def test_a_walk_goes_on_at_the_first_open_question() -> None:
    visit = evaluate(PACK, plant(), [CHOSEN, set_aside("CHEM-STO-01", "not_seen")])
    assert next_open(visit.layout.asked, visit.standings) == "CHEM-STO-02"
    whole = evaluate(PACK, plant(), [CHOSEN, *(answer(f"CHEM-STO-0{n}", 2) for n in (1, 2, 3))])
    assert next_open(whole.layout.asked, whole.standings) is None


def of_form(*answers: Answer) -> list[tuple[str, bool]]:
    """What a visit with a form lacks: one number that is required and has limits, and a text; nothing is scored."""
    number = {"kind": "number", "unit": "kg", "whole": True, "least": "1", "most": "9"}
    pack = checklist(
        question("FOUN-ASK-01", weight=0, levels=None, answer=number, required=True),
        question("FOUN-ASK-02", weight=0, levels=None, answer={"kind": "text"}),
    )
    asked = {"FOUN-ASK-01": True, "FOUN-ASK-02": True}
    return codes(missing(pack, {a.question_id: a for a in answers}, asked, {}, ()))


def test_a_checklist_that_scores_nothing_can_be_closed() -> None:
    assert of_form() == [("nothing_answered", True), ("required_open", True)]
    assert of_form(answer("FOUN-ASK-01", value="5")) == []
    assert of_form(answer("FOUN-ASK-01", value="1"), answer("FOUN-ASK-02", text="Words")) == []


def test_a_required_question_is_answered_or_set_aside_with_a_reason() -> None:
    assert of_form(answer("FOUN-ASK-02", text="Words")) == [("required_open", True)]
    assert of_form(answer("FOUN-ASK-02", text="Words"), set_aside("FOUN-ASK-01")) == []


def test_a_number_outside_its_limits_is_kept_and_pointed_out() -> None:
    for value in ("0", "9.5", "10", "2.5"):
        assert of_form(answer("FOUN-ASK-01", value=value)) == [("unexpected", False)]


def test_marks_to_come_back_are_shown_before_signing() -> None:
    whole = [CHOSEN, answer("CHEM-STO-01", 3), answer("CHEM-STO-02", 3), answer("CHEM-STO-03", 1)]
    marked = [known.model_copy(update={"flagged": True}) for known in whole[1:3]]
    (lack,) = lacks(whole[0], *marked, whole[3])
    assert (lack.code, lack.must, lack.question_id) == ("come_back", False, "CHEM-STO-01")
    not_asked = answer("ENER-CAS-01").model_copy(update={"flagged": True, "response": None})
    assert lacks(*whole, not_asked) == ()


def test_a_row_with_a_number_outside_its_limits_is_pointed_out() -> None:
    share = {"id": "share", "label": text("Share"), "kind": "number", "unit": "%", "least": 0, "most": 100}
    table = question(
        "FOUN-TAB-01", weight=0, levels=None, answer={"kind": "table", "columns": [share], "name": "shares"}
    )
    pack = checklist(table)

    def found(*values: str) -> list[tuple[str, bool]]:
        given = answer("FOUN-TAB-01", rows=tuple({"share": value} for value in values))
        return codes(missing(pack, {"FOUN-TAB-01": given}, {"FOUN-TAB-01": True}, {}, ()))

    assert found("0", "100", "37.5") == []
    assert found("101", "50", "-1") == [("row_unexpected", False)]
    assert found("12 kg") == []


def test_a_rapid_visit_says_that_its_result_stays_indicative() -> None:
    asked = {"CHEM-STO-01": True}
    told = [lack for lack in missing(PACK, {}, asked, {}, (), rapid=True) if lack.code == "rapid"]
    assert [(lack.must, lack.text.count) for lack in told] == [(False, 1)]
    assert "rapid" not in codes(missing(PACK, {}, asked, {}, ()))
