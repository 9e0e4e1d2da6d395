"""Laws of the score, and agreement with a second, plain implementation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.scores import ModuleScore, ScoreCase
from greenaudit.rules.score_json import score_to_json
from greenaudit.rules.scoring import score
from tests.rules.plain_scoring import plain_score

MODULES = ["CHEM", "WAST", "ENER", "FOUN"]
LETTERS = "ABCD"


@st.composite
def items(draw: st.DrawFn, number: int) -> dict[str, Any]:
    module = draw(st.sampled_from(MODULES))
    state = draw(st.sampled_from(["answered"] * 5 + ["unanswered", "not_seen", "not_applicable"]))
    answered = state == "answered"
    level = st.one_of(st.integers(0, 4).map(Decimal), st.decimals(0, 4, places=3))
    return {
        "id": f"{module}-{number:02}",
        "module": module,
        "section": f"{module}-{draw(st.sampled_from('AB'))}",
        "weight": draw(st.integers(0, 3)),
        "critical": draw(st.booleans()),
        "condition": draw(st.sampled_from([True, True, True, False])),
        "state": state,
        "level": draw(level) if answered else None,
        "grade": draw(st.integers(0, 3)) if answered else None,
        "gate": draw(st.sampled_from(["record", "sample", "seen"])),
        "months": draw(st.sampled_from([None, 0, 2, 3, 11, 12, 24])) if answered else None,
    }


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    scope = draw(st.one_of(st.just(MODULES), st.lists(st.sampled_from(MODULES), unique=True, min_size=1)))
    shares = draw(st.lists(st.integers(1, 50), min_size=4, max_size=4))
    return {
        "modules_in_scope": scope,
        "module_weights": {m: Decimal(s).scaleb(-2) for m, s in zip(MODULES, shares, strict=True)},
        "open_stop_and_tell": draw(st.lists(st.sampled_from(MODULES), unique=True, max_size=2)),
        "items": [draw(items(number)) for number in range(draw(st.integers(0, 14)))],
    }


def scored(case: dict[str, Any]) -> dict[str, Any]:
    return score_to_json(score(ScoreCase.model_validate(case)))


@given(cases())
def test_agrees_with_the_plain_implementation(case: dict[str, Any]) -> None:
    assert scored(case) == plain_score(case)


@given(cases(), st.randoms())
def test_order_doesnt_matter(case: dict[str, Any], random: Any) -> None:
    shuffled = list(case["items"])
    random.shuffle(shuffled)
    assert scored({**case, "items": shuffled}) == scored(case)


@given(cases(), st.data())
def test_raising_an_answer_never_lowers_a_figure(case: dict[str, Any], data: st.DataObject) -> None:
    answered = [n for n, item in enumerate(case["items"]) if item["level"] is not None]
    if not answered:
        return
    number = data.draw(st.sampled_from(answered))
    raised = data.draw(st.decimals(case["items"][number]["level"], 4, places=3))
    better = [dict(item, level=raised) if n == number else item for n, item in enumerate(case["items"])]
    before = score(ScoreCase.model_validate(case))
    after = score(ScoreCase.model_validate({**case, "items": better}))
    for name, module in before.modules.items():
        _never_lower(module, after.modules[name])
    if before.overall.score is not None and after.overall.score is not None:
        assert after.overall.score >= before.overall.score


def _never_lower(before: ModuleScore, after: ModuleScore) -> None:
    if before.score is not None:
        assert after.score is not None
        assert after.score >= before.score
    assert after.step >= before.step
    assert after.confidence == before.confidence
    assert after.coverage == before.coverage
    if before.rating is not None:
        assert after.rating is not None
        assert LETTERS.index(after.rating) <= LETTERS.index(before.rating)


@given(cases(), st.data())
def test_setting_an_open_question_aside_changes_no_score(case: dict[str, Any], data: st.DataObject) -> None:
    waiting = [n for n, item in enumerate(case["items"]) if item["state"] in {"unanswered", "not_seen"}]
    if not waiting:
        return
    number = data.draw(st.sampled_from(waiting))
    aside = [dict(i, state="not_applicable") if n == number else i for n, i in enumerate(case["items"])]
    before, after = scored(case), scored({**case, "items": aside})
    for name, module in before["modules"].items():
        assert after["modules"][name]["score"] == module["score"]
        assert after["modules"][name]["caps"] == module["caps"]
        assert after["modules"][name]["step"] == module["step"]
    assert after["overall"]["score"] == before["overall"]["score"]


@given(cases(), st.data())
def test_an_answer_touches_its_own_section_alone(case: dict[str, Any], data: st.DataObject) -> None:
    if not case["items"]:
        return
    number = data.draw(st.integers(0, len(case["items"]) - 1))
    item = case["items"][number]
    aside = [dict(i, state="not_applicable") if n == number else i for n, i in enumerate(case["items"])]
    before, after = scored(case), scored({**case, "items": aside})
    for name, module in before["modules"].items():
        for section, figures in module["sections"].items():
            if section != item["section"]:
                assert after["modules"][name]["sections"][section] == figures
