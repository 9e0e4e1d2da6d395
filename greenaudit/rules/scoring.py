"""The score, exactly as docs/scoring.md fixes it. Arithmetic is exact; figures are rounded once, at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from greenaudit.domain.checklists import MODULES
from greenaudit.domain.scores import (
    Cap,
    ModuleScore,
    OverallScore,
    Rating,
    Score,
    ScoreCase,
    ScoreItem,
    SectionScore,
)
from greenaudit.rules.exact import Exact, exact, half_up
from greenaudit.rules.levels import TOLD, TOP, effective
from greenaudit.rules.tallies import STEPS, Entry, Tally, tally, total

_RATINGS: tuple[tuple[Decimal, Rating], ...] = (
    (Decimal("85.0"), "A"),
    (Decimal("70.0"), "B"),
    (Decimal("50.0"), "C"),
)
_LOW_CONFIDENCE = Decimal("0.500")
_MANY_CRITICAL = 3


def score(case: ScoreCase) -> Score:
    """All figures of one assessment."""
    sections: dict[str, dict[str, list[Entry]]] = {module: {} for module in case.modules_in_scope}
    for item in case.items:
        if item.module in sections and item.weight > 0:
            entries = sections[item.module].setdefault(item.section, [])
            if item.condition:
                entries.append(entry_of(item))
    tallies = {
        module: {section: tally(entries) for section, entries in found.items()}
        for module, found in sections.items()
    }
    totals = {module: total(list(found.values())) for module, found in tallies.items()}
    modules = {
        module: module_score(tallies[module], totals[module], told=module in case.open_stop_and_tell)
        for module in case.modules_in_scope
    }
    overall = overall_score(modules, totals, case.module_weights, case.open_stop_and_tell)
    return Score(modules=modules, overall=overall)


def entry_of(item: ScoreItem) -> Entry:
    """A question of a case, its level limited by its evidence."""
    level: Exact | None = None
    grade = TOLD if item.grade is None else item.grade
    if item.state == "answered" and item.level is not None:
        level = effective(exact(item.level), item.gate, grade, item.months).level
    return Entry(
        id=item.id,
        module=item.module,
        section=item.section,
        weight=item.weight,
        critical=item.critical,
        set_aside=item.state == "not_applicable",
        level=level,
        grade=grade,
    )


def module_score(sections: Mapping[str, Tally], whole: Tally, *, told: bool) -> ModuleScore:
    """The figures of a module from its sections' sums and their total; `told`: a stop-and-tell is still open."""
    points = percentage(whole)
    raw = rating_of(points)
    caps = _module_caps(whole, told=told)
    rated = _is_rated(sections, whole)
    step = _step(whole)
    confidence = confidence_of(whole)
    return ModuleScore(
        score=_printed(points),
        raw_rating=raw,
        rating=_capped(raw, caps) if rated else None,
        caps=caps,
        coverage=half_up(whole.assessed, 3, whole.applicable) if whole.applicable else None,
        rated=rated,
        limited_scope=_is_limited(whole),
        confidence=confidence,
        low_confidence=confidence is not None and confidence < _LOW_CONFIDENCE,
        step=step,
        blockers=_blockers(whole, step + 1) if step < TOP else (),
        sections={
            section: SectionScore(score=section_points(part), coverage=(part.assessed, part.applicable))
            for section, part in sections.items()
        },
    )


def overall_score(
    modules: Mapping[str, ModuleScore],
    totals: Mapping[str, Tally],
    weights: Mapping[str, Decimal],
    open_stop_and_tell: Sequence[str],
) -> OverallScore:
    """The figures of the whole, from the modules' unrounded scores."""
    points = _overall_points(totals, weights)
    raw = rating_of(points)
    caps = _overall_caps(totals, open_stop_and_tell)
    rated = points is not None and all(module.rated for module in modules.values())
    confidence = confidence_of(total(list(totals.values())))
    return OverallScore(
        score=_printed(points),
        raw_rating=raw,
        rating=_capped(raw, caps) if rated else None,
        caps=caps,
        rated=rated,
        limited_scope=any(module.limited_scope for module in modules.values()),
        confidence=confidence,
        low_confidence=confidence is not None and confidence < _LOW_CONFIDENCE,
    )


def percentage(part: Tally) -> Fraction | None:
    """100 · Σ(weight · level/4) / Σ weight, unrounded; None when nothing is assessed."""
    return Fraction(100 * part.points, TOP * part.weight) if part.weight else None


def section_points(part: Tally) -> Decimal | None:
    """The same figure, printed."""
    return half_up(100 * part.points, 1, TOP * part.weight) if part.weight else None


def confidence_of(part: Tally) -> Decimal | None:
    """Σ(weight · grade/3) / Σ weight, rounded half up to three decimals; None when nothing is assessed."""
    return half_up(part.grades, 3, 3 * part.weight) if part.weight else None


def rating_of(points: Fraction | None) -> Rating | None:
    """The rating of the figure as it is printed."""
    if points is None:
        return None
    printed = half_up(points, 1)
    return next((rating for least, rating in _RATINGS if printed >= least), "D")


def _printed(points: Fraction | None) -> Decimal | None:
    return None if points is None else half_up(points, 1)


def _capped(raw: Rating | None, caps: Sequence[Cap]) -> Rating | None:
    """The lowest of the raw rating and all limits; letters further on are lower."""
    return None if raw is None else max([raw, *(cap.limit for cap in caps)])


def _is_rated(sections: Mapping[str, Tally], whole: Tally) -> bool:
    covered = all(3 * part.assessed >= 2 * part.applicable for part in sections.values())
    return whole.assessed > 0 and covered and whole.critical_assessed == whole.critical


def _is_limited(whole: Tally) -> bool:
    return 100 * whole.weight_set_aside > 15 * whole.weight_asked


def _module_caps(whole: Tally, *, told: bool) -> tuple[Cap, ...]:
    at_1, at_0 = whole.critical_within(1, 2), whole.critical_within(0, 1)
    caps = []
    if at_1:
        caps.append(Cap(cause="critical_at_1", limit="B", ids=at_1))
    if at_0:
        caps.append(Cap(cause="critical_at_0", limit="C", ids=at_0))
    if len(at_0) >= _MANY_CRITICAL:
        caps.append(Cap(cause="three_critical_at_0", limit="D", ids=at_0))
    if told:
        caps.append(Cap(cause="stop_and_tell", limit="D", ids=()))
    return tuple(caps)


def _overall_caps(totals: Mapping[str, Tally], open_stop_and_tell: Sequence[str]) -> tuple[Cap, ...]:
    at_0 = sorted(name for whole in totals.values() for name in whole.critical_within(0, 1))
    told = sorted(set(open_stop_and_tell) & set(totals))
    caps = []
    if at_0:
        caps.append(Cap(cause="critical_at_0", limit="B", ids=tuple(at_0)))
    if told:
        caps.append(Cap(cause="stop_and_tell", limit="C", ids=tuple(told)))
    return tuple(caps)


def _overall_points(totals: Mapping[str, Tally], weights: Mapping[str, Decimal]) -> Fraction | None:
    """The weighted mean of the four modules; None unless all are in scope and have a score."""
    points, shares = Fraction(0), Fraction(0)
    for module in MODULES:
        part = percentage(totals[module]) if module in totals else None
        if part is None:
            return None
        share = Fraction(weights.get(module, Decimal(0)))
        points += share * part
        shares += share
    return points / shares if shares else None


def _step(whole: Tally) -> int:
    """The highest step of the staircase that is reached with all steps below it."""
    if not whole.entries:
        return 0
    weakest = min((level for level, _ in whole.criticals), default=TOP)
    reached = 0
    for step in STEPS:
        if 10 * whole.reached[step - 1] < 8 * whole.weight or weakest < min(step, 2):
            break
        reached = step
    return reached


def _blockers(whole: Tally, step: int) -> tuple[str, ...]:
    """What keeps a module from a step: critical ones that hold it first, then heavy, low, by id."""
    held = min(step, 2)
    found = [
        (not (entry.critical and level < held), -entry.weight, level, entry.id)
        for level, entry in whole.entries
        if level < step
    ]
    return tuple(name for *_, name in sorted(found))
