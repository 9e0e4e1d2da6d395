"""Like for like with an earlier visit, or the reason why not."""

from __future__ import annotations

from decimal import Decimal

from greenaudit.domain.checklists import Checklist
from greenaudit.messages import Message
from greenaudit.rules.comparison import Comparison, like_for_like
from greenaudit.rules.evaluation import Evaluation, evaluate
from tests.helpers.checklists import answer, checklist, plant, question, set_aside, ticks

QUESTIONS = (
    ticks("U_CA", "U_TANK"),
    question("CHEM-STO-01", weight=3),
    question("CHEM-STO-02"),
    question("WAST-BAS-01"),
    question("ENER-CAS-01", when="U_CA"),
    question("FOUN-LDR-01"),
)
PACK = checklist(*QUESTIONS)


def visit(*levels: tuple[str, int], pack: Checklist = PACK, flags: tuple[str, ...] = ("u_ca",)) -> Evaluation:
    answers = [answer(question_id, level) for question_id, level in levels]
    return evaluate(pack, plant(), [*answers, answer("FOUN-PRO-02", options=flags)])


def test_only_what_both_assessed_is_compared() -> None:
    earlier = visit(("CHEM-STO-01", 2), ("WAST-BAS-01", 4))
    later = visit(("CHEM-STO-01", 3), ("CHEM-STO-02", 0)).with_answer(set_aside("WAST-BAS-01"))
    found = like_for_like(earlier, later)
    assert isinstance(found, Comparison)
    assert found.ids == ("CHEM-STO-01",)
    assert found.change == {"CHEM": Decimal("25.0")}
    assert found.before.modules["CHEM"].score == Decimal("50.0")
    assert found.overall_change is None


def test_with_all_four_modules_the_overall_is_compared_too() -> None:
    names = ("CHEM-STO-01", "WAST-BAS-01", "ENER-CAS-01", "FOUN-LDR-01")
    found = like_for_like(visit(*((n, 2) for n in names)), visit(*((n, 3) for n in names)))
    assert isinstance(found, Comparison)
    assert found.overall_change == Decimal("25.0")


def test_both_are_weighed_as_the_later_visit_weighs() -> None:
    heavy = checklist(
        *(q.model_copy(update={"weight": 1}) if q.id == "CHEM-STO-01" else q for q in QUESTIONS),
        version="1.1",
    )
    earlier = visit(("CHEM-STO-01", 4), ("CHEM-STO-02", 0))
    found = like_for_like(earlier, visit(("CHEM-STO-01", 4), ("CHEM-STO-02", 0), pack=heavy))
    assert isinstance(found, Comparison)
    assert found.change == {"CHEM": Decimal("0.0")}
    assert found.before.modules["CHEM"].score == Decimal("50.0")


def reason(earlier: Evaluation, later: Evaluation) -> str:
    found = like_for_like(earlier, later)
    assert isinstance(found, Message)
    return str(found)


def test_another_checklist_is_not_compared() -> None:
    other = PACK.model_copy(update={"id": "other"})
    assert "another checklist" in reason(visit(), visit(pack=other))


def test_another_major_version_is_not_compared() -> None:
    assert "from version 1.0 to 2.0" in reason(visit(), visit(pack=checklist(*QUESTIONS, version="2.0")))


def test_other_conditions_are_not_compared() -> None:
    assert "ENER-CAS-01" in reason(visit(("CHEM-STO-01", 2)), visit(("CHEM-STO-01", 2), flags=("u_tank",)))


def test_nothing_in_common_is_said() -> None:
    assert "No question" in reason(visit(("CHEM-STO-01", 2)), visit(("CHEM-STO-02", 2)))
