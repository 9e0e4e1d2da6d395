"""What a closing still lacks: what must be there, and what only weakens the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import ConfigDict

from greenaudit.domain.assessments import Answer
from greenaudit.domain.checklists import Checklist, NumberAnswer, Question
from greenaudit.domain.findings import Finding
from greenaudit.domain.values import Value
from greenaudit.messages import Message, msg, msgs
from greenaudit.rules.registers import lacking, unexpected
from greenaudit.rules.standings import Standing, standing_of

CONFIDENTIALITY = "FOUN-PRO-03"
"""The plant's choice of who may see what: nothing is signed without it."""


class Lack(Value):
    """Something that is missing; `must` forbids a closing, otherwise it only weakens the result."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    code: str
    text: Message
    must: bool
    question_id: str = ""


def missing(
    checklist: Checklist,
    answers: Mapping[str, Answer],
    applies: Mapping[str, bool],
    photos: Mapping[str, int],
    findings: Iterable[Finding],
    *,
    rapid: bool = False,
) -> tuple[Lack, ...]:
    """What a closing lacks, the forbidding first. `applies` names the questions that this visit asks."""
    standings = [
        standing_of(question, answers.get(question.id), applies=applies[question.id])
        for question in checklist.questions
        if applies.get(question.id, False)
    ]
    lacks = [
        *_nothing_answered(standings),
        *_no_choice(standings),
        *_required_open(standings),
        *_without_reason(standings, answers),
        *_set_aside_unproved(standings, photos),
        *_unexpected(standings, answers),
        *_open_critical(standings),
        *_unfinished_rows(standings, answers),
        *_odd_rows(standings, answers),
        *(_rapid(standings) if rapid else ()),
        *_thin_sections(standings),
        *_open_dangers(findings),
        *_to_come_back_to(standings, answers),
    ]
    return tuple(sorted(lacks, key=lambda lack: not lack.must))


def _nothing_answered(standings: list[Standing]) -> Iterator[Lack]:
    """A checklist that scores nothing needs any answer, every other one a scored one."""
    counted = [standing for standing in standings if standing.question.scored] or standings
    if not any(standing.state == "answered" for standing in counted):
        yield Lack(code="nothing_answered", text=msg("No question is answered yet."), must=True)


def _no_choice(standings: Iterable[Standing]) -> Iterator[Lack]:
    for standing in standings:
        if standing.question.id == CONFIDENTIALITY and standing.state != "answered":
            yield Lack(
                code="no_confidentiality",
                text=msg("The plant hasn't chosen yet who may see what was observed."),
                must=True,
                question_id=CONFIDENTIALITY,
            )


def _required_open(standings: Iterable[Standing]) -> Iterator[Lack]:
    for standing in standings:
        if standing.question.required and not standing.settled:
            yield Lack(
                code="required_open",
                text=msg(
                    "{question} must be answered, or set aside with a reason.", question=standing.question.id
                ),
                must=True,
                question_id=standing.question.id,
            )


def _unexpected(standings: Iterable[Standing], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    """Numbers outside the limits of their question: kept as they were given, and pointed out."""
    for standing in standings:
        question = standing.question
        response = answers[question.id].response if standing.state == "answered" else None
        if response is None or response.quantity is None or not isinstance(question.answer, NumberAnswer):
            continue
        value = response.quantity.value
        if not question.answer.expects(value):
            yield Lack(
                code="unexpected",
                text=msg(
                    "{question}: {value} is outside what was expected.",
                    question=question.id,
                    value=response.quantity.entered,
                ),
                must=False,
                question_id=question.id,
            )


def _without_reason(standings: Iterable[Standing], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    for standing in standings:
        if standing.state not in {"not_seen", "not_applicable"}:
            continue
        response = answers[standing.question.id].response
        if response is not None and not response.reason:
            yield Lack(
                code="no_reason",
                text=msg(
                    "{question} needs the reason why it wasn't answered.", question=standing.question.id
                ),
                must=True,
                question_id=standing.question.id,
            )


def _set_aside_unproved(standings: Iterable[Standing], photos: Mapping[str, int]) -> Iterator[Lack]:
    for standing in standings:
        question = standing.question
        if question.critical and standing.state == "not_applicable" and not photos.get(question.id):
            yield Lack(
                code="set_aside_unproved",
                text=msg(
                    "{question} is critical: 'not applicable' needs a photo or a document.",
                    question=question.id,
                ),
                must=True,
                question_id=question.id,
            )


def _open_critical(standings: Iterable[Standing]) -> Iterator[Lack]:
    found = [standing.question.id for standing in standings if standing.open_critical]
    if found:
        yield Lack(
            code="critical_open",
            text=msgs(
                "One critical question is open: the result will be indicative, without a rating.",
                "{n} critical questions are open: the result will be indicative, without a rating.",
                len(found),
            ),
            must=False,
            question_id=found[0],
        )


def _unfinished_rows(standings: Iterable[Standing], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    """Registers and forms with a row in which something that is needed was left empty."""
    for question_id, n in _rows(lacking, standings, answers):
        yield Lack(
            code="row_unfinished",
            text=msgs(
                "{question}: {n} row lacks something that is needed.",
                "{question}: {n} rows lack something that is needed.",
                n,
                question=question_id,
            ),
            must=False,
            question_id=question_id,
        )


def _odd_rows(standings: Iterable[Standing], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    """Registers and forms with a row in which a number lies outside its column's limits."""
    for question_id, n in _rows(unexpected, standings, answers):
        yield Lack(
            code="row_unexpected",
            text=msgs(
                "{question}: {n} row has a number outside what was expected.",
                "{question}: {n} rows have a number outside what was expected.",
                n,
                question=question_id,
            ),
            must=False,
            question_id=question_id,
        )


def _rows(
    faulty: Callable[[Question, Mapping[str, str]], object],
    standings: Iterable[Standing],
    answers: Mapping[str, Answer],
) -> Iterator[tuple[str, int]]:
    """Answered questions with faulty rows, and how many."""
    for standing in standings:
        answer = answers.get(standing.question.id)
        if standing.state == "answered" and answer is not None and answer.response is not None:
            count = sum(bool(faulty(standing.question, row)) for row in answer.response.rows)
            if count:
                yield standing.question.id, count


def _rapid(standings: list[Standing]) -> Iterator[Lack]:
    """A rapid visit may have every answer it asks for and still have no rating: that is said before it is signed."""
    yield Lack(
        code="rapid",
        text=msgs(
            "This visit is rapid and asks one question: where that is less than two thirds of a section, the result stays "
            "indicative, without a rating.",
            "This visit is rapid and asks {n} questions: where that is less than two thirds of a section, the result stays "
            "indicative, without a rating.",
            len(standings),
        ),
        must=False,
    )


def _thin_sections(standings: Iterable[Standing]) -> Iterator[Lack]:
    """Sections below two thirds, with the first question that is open in them."""
    sections: dict[str, list[Standing]] = {}
    for standing in standings:
        if standing.question.scored and standing.counted:
            sections.setdefault(standing.question.section, []).append(standing)
    thin = [part for part in sections.values() if 3 * sum(map(_answered, part)) < 2 * len(part)]
    if thin:
        yield Lack(
            code="thin_sections",
            text=msgs(
                "One section has fewer than two thirds of its questions assessed: its module will be indicative.",
                "{n} sections have fewer than two thirds of their questions assessed: their modules will be indicative.",
                len(thin),
            ),
            must=False,
            question_id=next(standing.question.id for standing in thin[0] if not _answered(standing)),
        )


def _open_dangers(findings: Iterable[Finding]) -> Iterator[Lack]:
    for finding in findings:
        if finding.kind == "stop_and_tell" and finding.resolved is None and finding.deleted_at is None:
            yield Lack(
                code="stop_and_tell_open",
                text=msg(
                    "A stop-and-tell is still open: its module is rated D at most, the whole C at most."
                ),
                must=False,
                question_id=finding.question_id,
            )


def _to_come_back_to(standings: Iterable[Standing], answers: Mapping[str, Answer]) -> Iterator[Lack]:
    """Questions that somebody marked to look at again: forgotten marks are the reason for a second journey."""
    marked = [standing.question.id for standing in standings if _is_marked(answers.get(standing.question.id))]
    if marked:
        yield Lack(
            code="come_back",
            text=msgs(
                "One question is still marked to come back to.",
                "{n} questions are still marked to come back to.",
                len(marked),
            ),
            must=False,
            question_id=marked[0],
        )


def _is_marked(answer: Answer | None) -> bool:
    return answer is not None and answer.flagged


def _answered(standing: Standing) -> bool:
    return standing.state == "answered"


def next_open(questions: Iterable[Question], standings: Mapping[str, Standing]) -> str | None:
    """The first question that applies and about which nothing was said: where a walk goes on."""
    for question in questions:
        standing = standings[question.id]
        if standing.applies and not standing.settled:
            return question.id
    return None
