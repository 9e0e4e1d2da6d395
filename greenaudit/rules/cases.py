"""A visit as a case to score: the form that reports carry, and that two visits are compared in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from greenaudit.domain.scores import ScoreCase, ScoreItem
from greenaudit.rules.evaluation import Evaluation
from greenaudit.rules.standings import Standing


def case_of(evaluation: Evaluation) -> ScoreCase:
    """The case behind an evaluation; scoring it gives the same score to the digit."""
    weights: dict[str, Decimal] = dict(evaluation.weights.items())
    return ScoreCase(
        modules_in_scope=evaluation.layout.scope,
        module_weights=weights,
        open_stop_and_tell=tuple(sorted(evaluation.told & set(evaluation.layout.scope))),
        items=tuple(
            _item(evaluation, standing)
            for standing in evaluation.standings.values()
            if standing.question.module in evaluation.layout.scope
        ),
    )


def _item(evaluation: Evaluation, standing: Standing) -> ScoreItem:
    question = standing.question
    answer = evaluation.answers.get(question.id)
    proof = answer.proof if answer is not None and standing.state == "answered" else None
    level = standing.exact_level
    return ScoreItem(
        id=question.id,
        module=question.module,
        section=question.section,
        weight=question.weight,
        critical=question.critical,
        condition=standing.applies,
        state=standing.state,
        level=level if isinstance(level, Fraction) else None if level is None else Decimal(level),
        grade=proof.grade if proof is not None else 0 if standing.state == "answered" else None,
        gate=question.gate,
        months=proof.months if proof is not None else None,
    )
