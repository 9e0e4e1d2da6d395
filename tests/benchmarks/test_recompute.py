"""Working a visit out again after one answer, beside working it all out; and loading the shipped pack."""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest

from greenaudit.domain.assessments import Answer
from greenaudit.packs import load_checklist
from greenaudit.paths import resource
from greenaudit.rules.evaluation import evaluate
from tests.helpers.checklists import answer, many_questions, plant

ROUNDS = 300
LIMITS = {206: 0.002, 2_000: 0.005}


def timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def ticks(number: int) -> Answer:
    """The profile with one tick more or less: the dearest answer there is."""
    return answer("FOUN-PRO-02", options=("u_ca", "u_boiler") if number % 2 else ("u_ca",), grade=None)


@pytest.mark.parametrize("count", LIMITS)
def test_one_answer_costs_little_beside_all_of_them(count: int) -> None:
    pack = many_questions(count)
    ids = [question.id for question in pack.questions if question.scored]
    answers = [answer(question_id, number % 5) for number, question_id in enumerate(ids)]
    whole = median(timed(lambda: evaluate(pack, plant(), answers)) for _ in range(5))
    visit = evaluate(pack, plant(), answers)
    one = [timed(lambda n=n: visit.with_answer(answer(ids[n * 37 % len(ids)], n % 5))) for n in range(ROUNDS)]
    flag = [timed(lambda n=n: visit.with_answer(ticks(n))) for n in range(40)]
    sys.stdout.write(
        f"\n{count} questions: all {whole * 1e3:.2f} ms, one answer {median(one) * 1e3:.2f} ms "
        f"(1/{whole / median(one):.0f}), one tick of the profile {median(flag) * 1e3:.2f} ms\n"
    )
    assert min(one) <= LIMITS[count]
    assert min(flag) <= LIMITS[count]


def test_the_shipped_pack_loads_quickly() -> None:
    folder = resource("checklists", "core")
    spent = median(timed(lambda: load_checklist(folder)) for _ in range(5))
    count = len(load_checklist(folder).questions)
    sys.stdout.write(f"\n{count} questions loaded and judged in {spent * 1e3:.0f} ms\n")
