"""Which questions apply: facts from answers, conditions over facts, and the order in which both settle.

An answer gives facts only while its question applies: what a hidden question once said switches nothing on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import (
    ON_UNTIL_UNTICKED,
    Checklist,
    Column,
    LevelAnswer,
    Option,
    OptionsAnswer,
    Question,
    Remark,
    TableAnswer,
)
from greenaudit.domain.suppliers import Plant
from greenaudit.domain.values import figure_of
from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.rules.conditions import Condition, ConditionError, Facts, Registers, parse
from greenaudit.rules.exact import Exact, exact
from greenaudit.rules.levels import level_of
from greenaudit.rules.said import answers_of, said_by, said_names
from greenaudit.rules.vocabulary import (
    FLAGS,
    LEVEL_RULES,
    REGISTERS,
    ROW_RULES,
    USES_VOC_SOURCES,
    VOC_TOTAL,
    total_name,
)

__all__ = [
    "Condition",
    "ConditionError",
    "CycleError",
    "Facts",
    "Given",
    "Plan",
    "facts",
    "parse",
]

NOTHING: frozenset[str] = frozenset()


class CycleError(KnownError):
    """Questions whose conditions depend on one another; `questions` names them in the order of the circle."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__(
            "condition_cycle",
            msg(
                "These questions depend on one another in a circle: {questions}.",
                questions=" → ".join((*questions, questions[0])),
            ),
        )
        self.questions = questions


@dataclass(frozen=True, slots=True)
class Given:
    """What one answer says about the plant: flags on, flags left unticked, totals."""

    flags: frozenset[str] = NOTHING
    unticked: frozenset[str] = NOTHING
    totals: Mapping[str, Exact] = field(default_factory=dict)


EMPTY = Given()


@dataclass(frozen=True)
class Plan:
    """A checklist's conditions, parsed; who reads which fact, and the questions that give facts, first ones first.

    `read` are the facts that any condition, a remark's too, asks of an answer by its question's id.
    """

    conditions: Mapping[str, Condition]
    texts: Mapping[str, str]
    by_text: Mapping[str, Condition]
    readers: Mapping[str, tuple[str, ...]]
    givers: tuple[Question, ...]
    read: frozenset[str]

    @classmethod
    def of(cls, checklist: Checklist) -> Plan:
        """The plan of a checklist that was checked when it was loaded."""
        known, answers = registers(checklist.questions), answers_of(checklist.questions)
        texts = {when for question in checklist.questions for when in whens(question)}
        by_text = {when: parse(when, known, answers) for when in texts}
        conditions = {question.id: by_text[question.when] for question in checklist.questions}
        read = reads_of(by_text.values())
        gives = given_names(checklist.questions, read)
        order = in_order(conditions, gives)
        readers: dict[str, list[str]] = {}
        for question_id, condition in conditions.items():
            for name in condition.reads:
                readers.setdefault(name, []).append(question_id)
        return cls(
            conditions=conditions,
            texts={question.id: question.when for question in checklist.questions},
            by_text=by_text,
            readers={name: tuple(ids) for name, ids in readers.items()},
            givers=tuple(checklist.by_id[question_id] for question_id in order),
            read=read,
        )

    def remarks(self, question: Question, facts: Facts) -> tuple[Remark, ...]:
        """The remarks that stand before a question under these facts."""
        return tuple(remark for remark in question.remarks if self.by_text[remark.when].holds(facts))

    def holding(self, texts: Iterable[str], facts: Facts) -> dict[str, bool]:
        """Whether each condition holds; many questions share one, so each text is worked out once."""
        return {text: self.by_text[text].holds(facts) for text in texts}

    def facts(self, given: Mapping[str, Given], country: str, region: str) -> Facts:
        """The facts from what each giver's answer says, settled in order."""
        found = Facts(_with_derived(ON_UNTIL_UNTICKED, {}), country, region, {})
        flags: frozenset[str] = NOTHING
        unticked: frozenset[str] = NOTHING
        totals: dict[str, Exact] = {}
        for question in self.givers:
            part = given.get(question.id, EMPTY)
            if part is EMPTY or not self.conditions[question.id].holds(found):
                continue
            flags |= part.flags
            unticked |= part.unticked
            totals.update(part.totals)
            settled = _with_derived(flags | (ON_UNTIL_UNTICKED - unticked), totals)
            found = Facts(settled, country, region, dict(totals))
        return found


def facts(checklist: Checklist, answers: Mapping[str, Response], plant: Plant) -> Facts:
    """The facts about a plant from the answers by question id."""
    plan = Plan.of(checklist)
    given = {question.id: given_by(question, answers.get(question.id), plan.read) for question in plan.givers}
    return plan.facts(given, plant.country, plant.region)


def register_name(question: Question) -> str:
    """What conditions call a table question's register; empty for any other question."""
    if not isinstance(question.answer, TableAnswer):
        return ""
    return question.answer.name or REGISTERS.get(question.id, "")


def registers(questions: Iterable[Question]) -> Registers:
    """All registers by name, with their number columns."""
    return {
        name: {column.id for column in columns_of(question) if column.kind == "number"}
        for question in questions
        if (name := register_name(question))
    }


def columns_of(question: Question) -> tuple[Column, ...]:
    """The columns of a table question, or what is recorded beside a level or a choice."""
    answer = question.answer
    if isinstance(answer, TableAnswer):
        return answer.columns
    return answer.also if isinstance(answer, LevelAnswer | OptionsAnswer) else ()


def gives_of(question: Question) -> frozenset[str]:
    """The names of all facts that a question's answer can change."""
    names = {option.flag for option in _offered(question) if option.flag}
    register = register_name(question)
    if register:
        names |= {
            total_name(register, column.id) for column in columns_of(question) if column.kind == "number"
        }
        names |= {rule.flag for rule in ROW_RULES if rule.register == register}
    if question.id in LEVEL_RULES:
        names.add(LEVEL_RULES[question.id])
    if names.intersection(USES_VOC_SOURCES):
        names.add("USES_VOC")
    return frozenset(names)


def whens(question: Question) -> tuple[str, ...]:
    """The conditions of a question and of its remarks."""
    return (question.when, *(remark.when for remark in question.remarks))


def reads_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """The names of the facts, among those that answers give by themselves, that any of the conditions asks for."""
    read = NOTHING.union(*(condition.reads for condition in conditions)) - FLAGS
    return frozenset(name for name in read if not name.startswith("sum("))


def given_names(questions: Iterable[Question], read: frozenset[str]) -> dict[str, frozenset[str]]:
    """The facts that each question gives; what an answer says by itself only where a condition asks for it."""
    gives = {question.id: gives_of(question) | (said_names(question) & read) for question in questions}
    return {question_id: names for question_id, names in gives.items() if names}


def given_by(question: Question, response: Response | None, read: Collection[str] = NOTHING) -> Given:
    """What one answer says; nothing unless it is answered. Facts that are named by it only if they are `read`."""
    if response is None or response.state != "answered":
        return EMPTY
    flags = _chosen_flags(question, response)
    register = register_name(question)
    if register:
        flags |= {
            rule.flag
            for rule in ROW_RULES
            if rule.register == register and _any_row(rule.column, rule.value, response)
        }
    if question.id in LEVEL_RULES and (level_of(question, response) or 0) > 0:
        flags.add(LEVEL_RULES[question.id])
    offered = {option.flag for option in _offered(question)} if response.options else set()
    totals = _totals(question, register, response)
    if read:
        said, numbers = said_by(question, response)
        flags |= {name for name in said if name in read}
        totals |= {name: number for name, number in numbers.items() if name in read}
    if not flags and not totals and not offered & ON_UNTIL_UNTICKED:
        return EMPTY
    return Given(frozenset(flags), frozenset((offered & ON_UNTIL_UNTICKED) - flags), totals)


def in_order(conditions: Mapping[str, Condition], gives: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The givers such that each comes after those its condition depends on; CycleError when there is a circle."""
    givers_of: dict[str, list[str]] = {}
    for question_id, names in gives.items():
        for name in names:
            givers_of.setdefault(name, []).append(question_id)
    done: dict[str, None] = {}
    for start in gives:
        _visit(start, conditions, givers_of, done)
    return tuple(done)


def _visit(
    start: str, conditions: Mapping[str, Condition], givers_of: Mapping[str, list[str]], done: dict[str, None]
) -> None:
    """Depth first without recursion: a long chain of questions may not overflow the stack."""

    def needed(question_id: str) -> list[str]:
        return [giver for name in sorted(conditions[question_id].reads) for giver in givers_of.get(name, ())]

    path: list[str] = [start]
    waiting = [iter(needed(start))]
    while path:
        following = next((q for q in waiting[-1] if q not in done), None)
        if following is None:
            waiting.pop()
            done[path.pop()] = None
        elif following in path:
            raise CycleError(tuple(path[path.index(following) :]))
        else:
            path.append(following)
            waiting.append(iter(needed(following)))


def _offered(question: Question) -> tuple[Option, ...]:
    own = question.answer.options if isinstance(question.answer, OptionsAnswer) else ()
    return (*own, *(option for column in columns_of(question) for option in column.options))


def _chosen_flags(question: Question, response: Response) -> set[str]:
    flags: set[str] = set()
    if isinstance(question.answer, OptionsAnswer):
        flags |= {option.flag for option in question.answer.options if option.id in response.options}
    for column in columns_of(question):
        values = {row.get(column.id) for row in (*response.rows, response.also)}
        flags |= {option.flag for option in column.options if option.id in values}
    return flags - {""}


def _any_row(column: str, value: str, response: Response) -> bool:
    return any(not column or row.get(column) == value for row in response.rows)


def _totals(question: Question, register: str, response: Response) -> dict[str, Exact]:
    if not register:
        return {}
    return {
        total_name(register, column.id): sum(_number(row.get(column.id, "")) for row in response.rows)
        for column in columns_of(question)
        if column.kind == "number" and response.rows
    }


def _number(text: str) -> Exact:
    """A cell's number, kept as a decimal string; an empty cell counts nothing, nor does one past all measure."""
    return exact(figure_of(text) or 0)


def _with_derived(flags: frozenset[str], totals: Mapping[str, Exact]) -> frozenset[str]:
    if "USES_VOC" in flags:
        return flags
    on = totals.get(VOC_TOTAL, 0) > 0 or not flags.isdisjoint(USES_VOC_SOURCES)
    return flags | {"USES_VOC"} if on else flags
