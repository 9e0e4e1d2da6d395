"""The order of the walk, by area or by module, and the questions that a filter leaves in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from greenaudit.domain.assessments import Answer
from greenaudit.domain.values import Value
from greenaudit.rules.evaluation import Evaluation
from greenaudit.rules.standings import Standing

By = Literal["area", "module"]
Filter = Literal["unanswered", "critical", "low", "without_evidence", "flagged"]

LOW = 2
"""Below this effective level a question is low."""


class Stop(Value):
    """A stop of the walk, an area or a module by its id, with the questions that are asked there."""

    id: str
    questions: tuple[str, ...]


def stops(evaluation: Evaluation, by: By = "area") -> tuple[Stop, ...]:
    """The walk: what this visit asks, stop by stop. A question of several areas is one answer, seen in each."""
    layout = evaluation.layout
    groups = layout.by_area if by == "area" else layout.by_module
    found = (
        Stop(id=name, questions=tuple(question for question in ids if evaluation.asks(question)))
        for name, ids in groups.items()
    )
    return tuple(stop for stop in found if stop.questions)


def in_order(walk: Iterable[Stop]) -> tuple[str, ...]:
    """Every question of a walk once, where it comes first."""
    return tuple(dict.fromkeys(question for stop in walk for question in stop.questions))


def filtered(
    evaluation: Evaluation,
    kind: Filter,
    answers: Mapping[str, Answer],
    photos: Mapping[str, int],
    by: By = "area",
) -> tuple[str, ...]:
    """The questions that a filter leaves, in walking order."""
    return tuple(
        question
        for question in in_order(stops(evaluation, by))
        if _passes(kind, evaluation.standings[question], answers.get(question), photos.get(question, 0))
    )


def _passes(kind: Filter, standing: Standing, answer: Answer | None, photos: int) -> bool:
    if kind == "unanswered":
        return not standing.settled
    if kind == "critical":
        return standing.question.critical
    if kind == "low":
        return standing.effective is not None and standing.effective < LOW
    if kind == "flagged":
        return answer is not None and answer.flagged
    return standing.state == "answered" and is_bare(answer, photos)


def is_bare(answer: Answer | None, photos: int) -> bool:
    """Whether nothing says what an answer is based on. Figures and lists need it like levels do."""
    return not photos and (answer is None or answer.proof is None)
