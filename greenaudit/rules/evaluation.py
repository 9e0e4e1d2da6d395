"""A visit worked out, as a value. A changed answer gives the next value, and only what depends on it is new.

`evaluate` does it all; `Evaluation.with_answer` works out again the one question, the facts if it gives any, the
questions that read a changed fact, their sections, modules and areas. Everything else is shared between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from greenaudit.domain.assessments import Answer
from greenaudit.domain.checklists import MODULES, PROFILE, Checklist, Module, Question
from greenaudit.domain.findings import Finding
from greenaudit.domain.programmes import DEFAULT_WEIGHTS
from greenaudit.domain.scores import ModuleScore, Score
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.values import Value
from greenaudit.rules.branching import Facts, Given, Plan, given_by
from greenaudit.rules.exact import half_up
from greenaudit.rules.progress import NO_PROGRESS, Progress, moved, step
from greenaudit.rules.scoring import module_score, overall_score, percentage
from greenaudit.rules.standings import Standing, standing_of, turned
from greenaudit.rules.tallies import Entry, Tally, tally, total


class Meters(Value):
    """Shares of one, the score so far (one decimal), and counts; see docs/scoring.md for each."""

    coverage: Decimal | None
    critical_done: int
    critical_total: int
    score: Decimal | None
    confidence: Decimal | None


class Effect(Value):
    """What an answer does to other questions: those that come in, those that go out, and the answers kept unscored."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What never changes during a visit: which questions are asked, and where each belongs."""

    checklist: Checklist
    plan: Plan
    scope: tuple[Module, ...]
    asked: tuple[Question, ...]
    asked_ids: frozenset[str]
    by_section: Mapping[str, tuple[str, ...]]
    by_area: Mapping[str, tuple[str, ...]]
    by_module: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, tuple[str, ...]]
    givers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A visit as it stands. `standings` holds every question of the checklist, also those this visit doesn't ask.

    `progress_by_area` and `progress_by_module` count the asked questions; `score` and `meters` the modules in scope.
    """

    layout: Layout
    country: str
    region: str
    weights: Mapping[Module, Decimal]
    answers: Mapping[str, Answer]
    told: frozenset[str]
    given: Mapping[str, Given]
    facts: Facts
    standings: Mapping[str, Standing]
    tallies: Mapping[str, Mapping[str, Tally]]
    totals: Mapping[str, Tally]
    progress_by_area: Mapping[str, Progress]
    progress_by_module: Mapping[str, Progress]
    score: Score
    meters: Meters

    def with_answer(self, answer: Answer) -> Evaluation:
        """The visit after one answer was given, changed or taken back (`deleted_at`)."""
        question = self.layout.checklist.by_id.get(answer.question_id)
        if question is None or answer.repeat:
            return self
        answers = {**self.answers, question.id: answer}
        given, facts = self.given, self.facts
        if question.id in self.layout.givers:
            given = {**given, question.id: _given(question, answer, self.layout.plan)}
            facts = self.layout.plan.facts(given, self.country, self.region)
        others = self._turned(question, facts)
        standings = dict(self.standings)
        applies = self.layout.plan.conditions[question.id].holds(facts)
        standings[question.id] = standing_of(question, answer, applies=applies)
        for name in others:
            standings[name] = turned(standings[name])
        changed = replace(self, answers=answers, given=given, facts=facts, standings=standings)
        return _recounted(changed, self.standings, (question.id, *others))

    def asks(self, question_id: str) -> bool:
        """Whether this visit asks the question: in its scope and kind, and its condition holds."""
        return question_id in self.layout.asked_ids and self.standings[question_id].applies

    def differences(self, before: Evaluation) -> tuple[str, ...]:
        """Ids of the questions that stand differently than before, in walking order."""
        return tuple(
            question_id
            for question_id, standing in self.standings.items()
            if standing is not before.standings.get(question_id)
        )

    def effect(self, before: Evaluation) -> Effect:
        """What changed for other questions: to be said before an answer about the plant is kept."""
        shown, hidden, kept = [], [], []
        for question in self.layout.asked:
            was, now = before.standings[question.id], self.standings[question.id]
            if now.applies and not was.applies:
                shown.append(question.id)
            elif was.applies and not now.applies:
                hidden.append(question.id)
                if now.settled:
                    kept.append(question.id)
        return Effect(shown=tuple(shown), hidden=tuple(hidden), kept=tuple(kept))

    def _turned(self, question: Question, facts: Facts) -> tuple[str, ...]:
        """The other questions whose condition turns out otherwise under the new facts."""
        plan = self.layout.plan
        readers = {name for fact in facts.changed_from(self.facts) for name in plan.readers.get(fact, ())}
        readers.discard(question.id)
        holds = plan.holding({plan.texts[name] for name in readers}, facts)
        return tuple(name for name in readers if holds[plan.texts[name]] is not self.standings[name].applies)


def evaluate(
    checklist: Checklist,
    plant: Plant,
    answers: Iterable[Answer] = (),
    findings: Iterable[Finding] = (),
    *,
    modules: tuple[Module, ...] = MODULES,
    kind: str = "full",
    weights: Mapping[Module, Decimal] | None = None,
) -> Evaluation:
    """A whole visit, worked out from its answers and findings; a rapid one asks the rapid questions only."""
    layout = _layout(_Same(checklist), modules, kind)
    known = {answer.question_id: answer for answer in answers if not answer.repeat}
    given = {q.id: _given(q, known.get(q.id), layout.plan) for q in layout.plan.givers}
    facts = layout.plan.facts(given, plant.country, plant.region)
    holds = layout.plan.holding(layout.plan.by_text, facts)
    standings = {
        question.id: standing_of(question, known.get(question.id), applies=holds[question.when])
        for question in checklist.questions
    }
    nothing = Score(modules={}, overall=overall_score({}, {}, {}, ()))
    start = Evaluation(
        layout=layout,
        country=plant.country,
        region=plant.region,
        weights=dict(DEFAULT_WEIGHTS if weights is None else weights),
        answers=known,
        told=open_stop_and_tell(findings),
        given=given,
        facts=facts,
        standings=standings,
        tallies={module: {} for module in layout.scope},
        totals={},
        progress_by_area=dict.fromkeys(layout.by_area, NO_PROGRESS),
        progress_by_module=dict.fromkeys(layout.by_module, NO_PROGRESS),
        score=nothing,
        meters=Meters(coverage=None, critical_done=0, critical_total=0, score=None, confidence=None),
    )
    return _recounted(start, {}, tuple(standings))


def open_stop_and_tell(findings: Iterable[Finding]) -> frozenset[str]:
    """The modules with a stop-and-tell that nobody has seen resolved."""
    return frozenset(
        finding.module
        for finding in findings
        if finding.kind == "stop_and_tell" and finding.resolved is None and finding.deleted_at is None
    )


class _Same:
    """A checklist by its identity: what is worked out of it once holds for as long as it is the same object."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __hash__(self) -> int:
        return id(self.checklist)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.checklist is self.checklist


@lru_cache(maxsize=16)
def _layout(same: _Same, modules: tuple[Module, ...], kind: str) -> Layout:
    checklist = same.checklist
    scope = tuple(module for module in MODULES if module in modules)
    plan = Plan.of(checklist)
    asked = tuple(
        question
        for question in checklist.questions
        if question.section == PROFILE or (question.module in scope and (kind != "rapid" or question.rapid))
    )
    by_section: dict[str, list[str]] = {}
    for question in checklist.questions:
        if question.scored and question.module in scope:
            by_section.setdefault(question.section, []).append(question.id)
    by_area: dict[str, list[str]] = {area.id: [] for area in checklist.areas}
    by_module: dict[str, list[str]] = {module: [] for module in scope}
    for question in asked:
        by_module.setdefault(question.module, []).append(question.id)
        for area in question.areas:
            by_area[area].append(question.id)
    sections: dict[str, list[str]] = {module: [] for module in scope}
    for section, ids in by_section.items():
        sections[checklist.by_id[ids[0]].module].append(section)
    return Layout(
        checklist=checklist,
        plan=plan,
        scope=scope,
        asked=asked,
        asked_ids=frozenset(question.id for question in asked),
        by_section=_fixed(by_section),
        by_area=_fixed(by_area),
        by_module=_fixed(by_module),
        sections=_fixed(sections),
        givers=frozenset(question.id for question in plan.givers),
    )


def _fixed(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(ids) for name, ids in lists.items()}


def _given(question: Question, answer: Answer | None, plan: Plan) -> Given:
    response = None if answer is None or answer.deleted_at is not None else answer.response
    return given_by(question, response, plan.read)


def _recounted(after: Evaluation, before: Mapping[str, Standing], touched: tuple[str, ...]) -> Evaluation:
    """The sums of all that the touched questions belong to, worked out again."""
    layout, standings = after.layout, after.standings
    questions = [standings[question_id].question for question_id in touched]
    scored = {(q.module, q.section) for q in questions if q.section in layout.by_section and q.scored}
    tallies = {module: dict(parts) for module, parts in after.tallies.items()}
    for module, section in scored:
        tallies[module][section] = tally(_entries(standings, layout.by_section[section]))
    totals = dict(after.totals)
    modules = dict(after.score.modules)
    for module in layout.scope:
        if module not in totals or any(module == changed for changed, _ in scored):
            parts = {section: tallies[module][section] for section in layout.sections[module]}
            tallies[module] = parts
            totals[module] = total(list(parts.values()))
            modules[module] = module_score(parts, totals[module], told=module in after.told)
    asked = [question_id for question_id in touched if question_id in layout.asked_ids]
    steps = [(standings[name], step(standings[name], before.get(name))) for name in asked]
    by_area = moved(after.progress_by_area, [(standing.question.areas, by) for standing, by in steps])
    by_module = moved(after.progress_by_module, [((standing.question.module,), by) for standing, by in steps])
    counted = replace(
        after,
        tallies=tallies,
        totals=totals,
        progress_by_area=by_area,
        progress_by_module=by_module,
    )
    return _summed(counted, modules)


def _entries(standings: Mapping[str, Standing], ids: Iterable[str]) -> list[Entry]:
    known = map(standings.__getitem__, ids)
    return [standing.entry for standing in known if standing.applies and standing.entry is not None]


def _summed(after: Evaluation, modules: Mapping[str, ModuleScore]) -> Evaluation:
    """The overall figures over the modules' ones."""
    weights: dict[str, Decimal] = dict(after.weights.items())
    overall = overall_score(modules, after.totals, weights, sorted(after.told))
    score = Score(modules={module: modules[module] for module in after.layout.scope}, overall=overall)
    return replace(after, score=score, meters=_meters(after, score))


def _meters(after: Evaluation, score: Score) -> Meters:
    totals = list(after.totals.values())
    applicable = sum(part.applicable for part in totals)
    assessed = sum(part.assessed for part in totals)
    return Meters(
        coverage=half_up(assessed, 3, applicable) if applicable else None,
        critical_done=sum(part.critical_assessed for part in totals),
        critical_total=sum(part.critical for part in totals),
        score=_score_so_far(after),
        confidence=score.overall.confidence,
    )


def _score_so_far(after: Evaluation) -> Decimal | None:
    """The weighted mean of the modules that have a score yet: the overall score once all four have one."""
    points, shares = Fraction(0), Fraction(0)
    for module in after.layout.scope:
        part = percentage(after.totals[module])
        if part is not None:
            share = Fraction(after.weights.get(module, Decimal(0)))
            points += share * part
            shares += share
    return half_up(points / shares, 1) if shares else None
