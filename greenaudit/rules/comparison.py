"""Like for like: an earlier visit and this one, scored again over what both assessed."""

from __future__ import annotations

from decimal import Decimal

from greenaudit.domain.scores import Score, ScoreCase, ScoreItem
from greenaudit.domain.values import Value
from greenaudit.messages import Message, msg
from greenaudit.rules.cases import case_of
from greenaudit.rules.evaluation import Evaluation
from greenaudit.rules.scoring import score


class Comparison(Value):
    """Both visits over the same questions, and what changed in points of their scores (later minus earlier)."""

    ids: tuple[str, ...]
    before: Score
    after: Score
    change: dict[str, Decimal]
    overall_change: Decimal | None


def like_for_like(earlier: Evaluation, later: Evaluation) -> Comparison | Message:
    """The comparison, or the reason why there is none."""
    reason = _why_not(earlier, later)
    if reason is not None:
        return reason
    old, new = case_of(earlier), case_of(later)
    now = {item.id: item for item in new.items}
    ids = frozenset(
        item.id for item in old.items if _assessed(item) and item.id in now and _assessed(now[item.id])
    )
    if not ids:
        return msg("No question was assessed at both visits.")
    before = score(_same_questions(old, new, ids))
    after = score(_narrowed(new, ids))
    change = {
        module: now_score - was_score
        for module in after.modules
        if (now_score := after.modules[module].score) is not None
        and module in before.modules
        and (was_score := before.modules[module].score) is not None
    }
    return Comparison(
        ids=tuple(item.id for item in new.items if item.id in ids),
        before=before,
        after=after,
        change=change,
        overall_change=_difference(before.overall.score, after.overall.score),
    )


def _why_not(earlier: Evaluation, later: Evaluation) -> Message | None:
    old, new = earlier.layout.checklist, later.layout.checklist
    if old.id != new.id:
        return msg("The earlier visit used another checklist, so the scores can't be compared.")
    if old.major != new.major:
        return msg(
            "The checklist changed from version {before} to {after}, so the scores can't be compared.",
            before=old.version,
            after=new.version,
        )
    turned = [
        question_id
        for question_id, standing in later.standings.items()
        if question_id in earlier.standings and earlier.standings[question_id].applies is not standing.applies
    ]
    if turned:
        return msg(
            "Other conditions apply to this plant than at the earlier visit ({questions}), so the scores can't be compared.",
            questions=", ".join(turned[:3]) + ("…" if len(turned) > 3 else ""),
        )
    return None


def _assessed(item: ScoreItem) -> bool:
    return item.weight > 0 and item.condition and item.state == "answered" and item.level is not None


def _narrowed(case: ScoreCase, ids: frozenset[str]) -> ScoreCase:
    return case.model_copy(update={"items": tuple(item for item in case.items if item.id in ids)})


def _same_questions(old: ScoreCase, new: ScoreCase, ids: frozenset[str]) -> ScoreCase:
    """The earlier answers under the later visit's weights, so that only answers differ."""
    now = {item.id: item for item in new.items}
    items = tuple(
        now[item.id].model_copy(update={"level": item.level, "grade": item.grade, "months": item.months})
        for item in old.items
        if item.id in ids
    )
    return old.model_copy(update={"items": items, "module_weights": new.module_weights})


def _difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    return None if before is None or after is None else after - before
