"""What a report brings forward, and what the plant keeps to itself."""

from __future__ import annotations

from greenaudit.domain.assessments import Answer
from greenaudit.rules.disclosure import private_questions, strengths
from greenaudit.rules.evaluation import evaluate
from tests.helpers.checklists import answer, checklist, plant, question, set_aside, text

CHOICE = {
    "kind": "options",
    "choose": "one",
    "options": [{"id": "plant_only", "label": text()}, {"id": "mentor", "label": text()}],
}
PACK = checklist(
    question("FOUN-PRO-03", weight=0, answer=CHOICE, levels=None),
    question("FOUN-CMP-01", metrics=("CMP",)),
    question("CHEM-STO-01", metrics=("ENE",)),
)


def private(*answers: Answer) -> frozenset[str]:
    return private_questions(PACK, {item.question_id: item for item in answers})


def test_the_plant_s_choice_keeps_the_compliance_questions_to_it() -> None:
    assert private(answer("FOUN-PRO-03", options=("plant_only",))) == {"FOUN-CMP-01"}


def test_without_that_choice_nothing_is_kept_back() -> None:
    assert private() == frozenset()
    assert private(answer("FOUN-PRO-03", options=("mentor",))) == frozenset()
    assert private(answer("FOUN-PRO-03").model_copy(update={"response": None})) == frozenset()


def test_strengths_are_the_best_three_heavy_ones_first() -> None:
    asked = checklist(
        question("CHEM-STO-01", weight=1),
        question("CHEM-STO-02", weight=3),
        question("CHEM-STO-03", weight=2),
        question("CHEM-STO-04", weight=1),
        question("CHEM-STO-05", weight=3),
        question("CHEM-STO-06", weight=3),
        question("CHEM-STO-07", weight=3, when="U_CA"),
        question("CHEM-STO-08", weight=0),
    )
    answers = [
        answer("CHEM-STO-01", 4),
        answer("CHEM-STO-02", 3),
        answer("CHEM-STO-03", 3),
        answer("CHEM-STO-04", 3),
        answer("CHEM-STO-05", 2),
        set_aside("CHEM-STO-06"),
        answer("CHEM-STO-07", 4),
        answer("CHEM-STO-08", 4),
    ]
    visit = evaluate(asked, plant(), answers)
    assert strengths(visit) == ("CHEM-STO-01", "CHEM-STO-02", "CHEM-STO-03")


def test_where_nothing_is_good_nothing_is_praised() -> None:
    visit = evaluate(PACK, plant(), [answer("CHEM-STO-01", 2), answer("FOUN-CMP-01", 4, grade=0)])
    assert strengths(visit) == ()
