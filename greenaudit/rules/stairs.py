"""The staircase as shares: how much of what was assessed stands on each step."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from greenaudit.domain.checklists import Module
from greenaudit.rules.evaluation import Evaluation
from greenaudit.rules.exact import half_up

Shares = tuple[Decimal, Decimal, Decimal, Decimal]


def stair_shares(evaluation: Evaluation) -> dict[Module, Shares]:
    """For each module with an assessed question: the share of the assessed weight at step 1, 2, 3 and 4 or more."""
    shares: dict[Module, Shares] = {}
    for module in evaluation.layout.scope:
        total = evaluation.totals[module]
        if total.weight:
            first, second, third, fourth = (half_up(Fraction(r, total.weight), 3) for r in total.reached)
            shares[module] = (first, second, third, fourth)
    return shares
