"""What the shape of a question can't say: names that must exist, anchors, cuts, conditions, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from greenaudit.domain.checklists import (
    CutsAnswer,
    LevelAnswer,
    NumberAnswer,
    Option,
    OptionsAnswer,
    PointsAnswer,
    Question,
    TableAnswer,
)
from greenaudit.messages import Message, msg
from greenaudit.packs.codes import METRICS, is_id, is_opportunity
from greenaudit.packs.problems import Found, Problem
from greenaudit.packs.references import COUNTRY_FILES
from greenaudit.packs.yaml_tree import Block
from greenaudit.rules.branching import (
    Condition,
    ConditionError,
    CycleError,
    columns_of,
    given_names,
    in_order,
    parse,
    reads_of,
    register_name,
    registers,
)
from greenaudit.rules.said import answers_of
from greenaudit.rules.vocabulary import FLAGS

_YES_NO_FIELDS = frozenset({"critical", "rapid", "required", "whole", "after"})
_TOP = 4

Complaint = tuple[str, Message]
"""A field and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a question may use."""

    areas: frozenset[str]
    references: frozenset[str]


def has_stray_bool(raw: Block) -> str | None:
    """The first field that says true or false where it asks for a text or a number."""
    waiting: list[tuple[str, object]] = list(raw.items())
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, bool) and name.rsplit(".", 1)[-1] not in _YES_NO_FIELDS:
            return name
        if isinstance(value, Block):
            waiting += [(f"{name}.{key}", part) for key, part in value.items()]
        elif isinstance(value, list):
            waiting += [(name, part) for part in value]
    return None


def check_question(question: Question, raw: Block, known: Known, found: Found) -> None:
    """Notes what is wrong with one question by itself."""
    complaints = [
        *_blank_texts("", raw),
        *_unknown_names(question, known),
        *_wrong_answer(question),
        *_wrong_names(question),
    ]
    for field, message in complaints:
        found.add(message, question=question.id, field=field, line=raw.line)


def check_all(questions: Sequence[Question], files: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong among questions: ids and registers used twice, conditions, circles."""
    yield from _twice(((q.id, q.id) for q in questions), "id", files)
    named = ((register_name(q), q.id) for q in questions if register_name(q))
    yield from _twice(named, "answer.name", files)
    known, answers = registers(questions), answers_of(questions)
    conditions: dict[str, Condition] = {}
    asides: list[Condition] = []
    for question in questions:
        places = [
            ("when", question.when),
            *((f"remarks.{part.id}.when", part.when) for part in question.remarks),
        ]
        for field, when in places:
            try:
                condition = parse(when, known, answers)
            except ConditionError as error:
                message = msg(
                    "At character {position}: {problem}", position=error.position, problem=error.message
                )
                yield Problem(files[question.id], question.id, field, message)
                continue
            if field == "when":
                conditions[question.id] = condition
            else:
                asides.append(condition)
    read = reads_of([*conditions.values(), *asides])
    gives = given_names([q for q in questions if q.id in conditions], read)
    try:
        in_order(conditions, gives)
    except CycleError as error:
        first = error.questions[0]
        yield Problem(files[first], first, "when", error.message)


def _twice(named: Iterable[tuple[str, str]], field: str, files: Mapping[str, str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, question_id in named:
        if name in seen:
            yield Problem(
                files[question_id], question_id, field, msg("'{name}' stands in the pack twice.", name=name)
            )
        seen.add(name)


def _blank_texts(place: str, raw: Block) -> Iterator[Complaint]:
    """Texts that hold nothing but blanks, wherever a language is named."""
    for name, value in raw.items():
        inside = f"{place}.{name}" if place else name
        parts = [(inside, value)]
        if isinstance(value, list):
            parts = [(f"{inside}.{position}", part) for position, part in enumerate(value)]
        for at, part in parts:
            if isinstance(part, Block):
                yield from _blank_texts(at, part)
        if name in {"en", "es", "fr"} and isinstance(value, str) and value and not value.strip():
            yield inside, msg("This text is blank.")


def _unknown_names(question: Question, known: Known) -> Iterator[Complaint]:
    for area in question.areas:
        if area not in known.areas:
            yield "areas", msg("There is no area '{name}'.", name=area)
    for metric in question.metrics:
        if metric not in METRICS:
            yield "metrics", msg("There is no metric '{name}'.", name=metric)
    if question.opportunity and not is_opportunity(question.opportunity):
        yield "opportunity", msg("There is no opportunity '{name}'.", name=question.opportunity)
    for country, ids in question.references.items():
        field = f"references.{country}"
        if country not in COUNTRY_FILES:
            yield field, msg("There is no country '{name}'; write US, CA or MX.", name=country)
            continue
        for name in ids:
            if name not in known.references or not name.startswith(f"{country.lower()}."):
                yield field, msg("There is no reference '{name}' for this country.", name=name)
    for option in _all_options(question):
        if option.flag and option.flag not in FLAGS:
            yield f"answer.{option.id}.flag", msg("There is no flag '{name}'.", name=option.flag)


def _wrong_names(question: Question) -> Iterator[Complaint]:
    columns = columns_of(question)
    own = question.answer.options if isinstance(question.answer, OptionsAnswer) else ()
    lists = [[column.id for column in columns], [option.id for option in own]]
    lists += [[option.id for option in column.options] for column in columns]
    for names in lists:
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield "answer", msg("'{name}' stands here twice.", name=name)
    for name in [question.id, *(name for names in lists for name in names)]:
        if not is_id(name):
            yield "id", msg("'{name}' can't be an id.", name=name[:60])
    for column in columns:
        if (column.kind == "option") != bool(column.options):
            yield f"answer.{column.id}", msg("A column has options when its kind is 'option', and only then.")
        if column.kind != "number" and (column.whole, column.least, column.most) != (False, None, None):
            yield f"answer.{column.id}", msg("Only a column of numbers has limits.")
    answer = question.answer
    for limits in (*columns, *((answer,) if isinstance(answer, NumberAnswer) else ())):
        if limits.least is not None and limits.most is not None and limits.least > limits.most:
            yield "answer", msg("The least is more than the most: no number fits.")
    if question.critical and not question.scored:
        yield "critical", msg("A critical question needs a weight.")


def _wrong_answer(question: Question) -> Iterator[Complaint]:
    answer = question.answer
    if isinstance(answer, LevelAnswer):
        if question.levels is None:
            yield "levels", msg("A question of kind 'level' needs its five anchors.")
    elif isinstance(answer, CutsAnswer):
        yield from _wrong_cuts(answer)
    elif isinstance(answer, PointsAnswer):
        yield from _wrong_points(answer)
    elif isinstance(answer, OptionsAnswer):
        if question.scored and any(option.level is None for option in answer.options):
            yield "answer.options", msg("Every option of a scored question needs a level.")
    elif question.scored:
        yield "weight", msg("A question of kind '{kind}' isn't scored; its weight is 0.", kind=answer.kind)
    if isinstance(answer, TableAnswer) and answer.rows is not None and answer.rows < 1:
        yield "answer.rows", msg("The value {value} is out of range.", value=answer.rows)


def _wrong_cuts(answer: CutsAnswer) -> Iterator[Complaint]:
    ordered = sorted(answer.cuts, reverse=answer.better == "low")
    if list(answer.cuts) != ordered:
        yield (
            "answer.cuts",
            msg("Where higher is better, cuts rise.")
            if answer.better == "high"
            else msg("Where lower is better, cuts fall."),
        )
    if any(option.level is None for option in answer.instead):
        yield "answer.instead", msg("Every option of a scored question needs a level.")


def _wrong_points(answer: PointsAnswer) -> Iterator[Complaint]:
    if any(left >= right for (left, _), (right, _) in pairwise(answer.points)):
        yield "answer.points", msg("The values of the points must rise.")
    if any(not Decimal(0) <= level <= _TOP for _, level in answer.points):
        yield "answer.points", msg("A level lies between 0 and 4.")


def _all_options(question: Question) -> tuple[Option, ...]:
    answer = question.answer
    own: tuple[Option, ...] = ()
    if isinstance(answer, OptionsAnswer):
        own = answer.options
    elif isinstance(answer, CutsAnswer):
        own = answer.instead
    return (*own, *(option for column in columns_of(question) for option in column.options))
