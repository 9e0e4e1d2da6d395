"""What a report brings forward, and what the plant keeps to itself."""

from __future__ import annotations

from collections.abc import Mapping

from greenaudit.domain.assessments import Answer
from greenaudit.domain.checklists import Checklist
from greenaudit.rules.completeness import CONFIDENTIALITY
from greenaudit.rules.evaluation import Evaluation

PLANT_ONLY = "plant_only"
COMPLIANCE = "CMP"
"""The metric that marks a question as one about compliance."""
GOOD = 3
STRENGTHS = 3


def private_questions(checklist: Checklist, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The compliance questions, when the plant chose that only it sees what was observed there (FOUN-PRO-03)."""
    choice = answers.get(CONFIDENTIALITY)
    if choice is None or choice.response is None or PLANT_ONLY not in choice.response.options:
        return frozenset()
    return frozenset(q.id for q in checklist.questions if COMPLIANCE in q.metrics)


def strengths(evaluation: Evaluation) -> tuple[str, ...]:
    """The best that was seen, at most three: the highest effective levels from 3 on, heavy questions first."""
    standing = [
        s
        for s in evaluation.standings.values()
        if s.applies and s.question.scored and s.effective is not None and s.effective >= GOOD
    ]
    standing.sort(key=lambda s: (-(s.effective or 0), -s.question.weight, s.question.id))
    return tuple(s.question.id for s in standing[:STRENGTHS])
