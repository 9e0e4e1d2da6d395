"""What one answer says that a condition may ask for by the question's id: that it is there, an option, a number."""

from __future__ import annotations

from collections.abc import Iterable

from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import (
    Answering,
    CutsAnswer,
    LevelAnswer,
    NumberAnswer,
    OptionsAnswer,
    PointsAnswer,
    Question,
)
from greenaudit.rules.conditions import Answers
from greenaudit.rules.exact import Exact, exact
from greenaudit.rules.vocabulary import answered_name, chosen_name, number_name


def answers_of(questions: Iterable[Question]) -> Answers:
    """What conditions may ask of each question."""
    return {question.id: said_names(question) for question in questions}


def said_names(question: Question) -> frozenset[str]:
    """The names of all facts that the question's answer can give by itself."""
    return names_said(question.id, question.answer)


def names_said(question_id: str, answer: Answering) -> frozenset[str]:
    """The same, of a question that isn't whole yet."""
    names = {answered_name(question_id)}
    if isinstance(answer, OptionsAnswer):
        names |= {chosen_name(question_id, option.id) for option in answer.options}
    if isinstance(answer, NumberAnswer | CutsAnswer | PointsAnswer | LevelAnswer):
        names.add(number_name(question_id))
    return frozenset(names)


def said_by(question: Question, response: Response) -> tuple[frozenset[str], dict[str, Exact]]:
    """The flags and the number that an answered question gives; a register without rows isn't answered."""
    flags = {chosen_name(question.id, option) for option in response.options}
    if _says_something(question, response):
        flags.add(answered_name(question.id))
    numbers: dict[str, Exact] = {}
    if response.quantity is not None:
        numbers[number_name(question.id)] = exact(response.quantity.value)
    elif response.level is not None:
        numbers[number_name(question.id)] = response.level
    return frozenset(flags), numbers


def _says_something(question: Question, response: Response) -> bool:
    return (
        question.answer.kind == "photo"
        or bool(response.text or response.options or response.rows)
        or not (response.quantity is None and response.level is None and response.day is None)
    )
