"""From what a person does on the card to the response that is saved. What belongs together stays together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from greenaudit.domain.assessments import Quantity, Response
from greenaudit.domain.checklists import OptionsAnswer, Question, TableAnswer


def base(before: Response | None) -> Response:
    """What a new edit builds on: the answer so far; a question set aside begins anew."""
    return before if before is not None and before.state == "answered" else Response()


def with_level(before: Response | None, level: int) -> Response:
    """A level; what is recorded beside it stays."""
    return base(before).model_copy(update={"level": level})


def with_quantity(before: Response | None, value: Decimal, unit: str, entered: str) -> Response:
    """A number in the question's unit, and as it was typed. It takes the place of what was said instead of one."""
    quantity = Quantity(value=value, unit=unit, entered=entered)
    return base(before).model_copy(update={"quantity": quantity, "options": ()})


def with_instead(option: str) -> Response:
    """What is said where there is no number."""
    return Response(options=(option,))


def with_confirmed(before: Response | None, *, confirmed: bool) -> Response:
    """Whether what level 4 asks beyond its number holds."""
    return base(before).model_copy(update={"confirmed": confirmed})


def with_option(before: Response | None, answer: OptionsAnswer, option: str, *, chosen: bool) -> Response:
    """One option, or one more or less of several, in the checklist's order; a fresh question begins with its preset."""
    if answer.choose == "one":
        return base(before).model_copy(update={"options": (option,)})
    fresh = before is None or before.state != "answered"
    ticked = set(answer.preset if fresh else base(before).options)
    held = ticked | {option} if chosen else ticked - {option}
    ordered = tuple(known.id for known in answer.options if known.id in held)
    return base(before).model_copy(update={"options": ordered})


def with_text(before: Response | None, text: str) -> Response:
    """A text."""
    return base(before).model_copy(update={"text": text})


def with_day(before: Response | None, day: date) -> Response:
    """A date."""
    return base(before).model_copy(update={"day": day})


def with_also(before: Response | None, column: str, value: str) -> Response:
    """What is recorded beside a level or an option."""
    also = {**base(before).also, column: value}
    return base(before).model_copy(update={"also": {k: v for k, v in also.items() if v}})


def with_cell(before: Response | None, row: int, column: str, value: str) -> Response:
    """A cell of a register; a row after the last is added, and cells that were emptied fall away."""
    rows = [dict(cells) for cells in base(before).rows]
    while len(rows) <= row:
        rows.append({})
    rows[row] = {k: v for k, v in {**rows[row], column: value}.items() if v}
    return base(before).model_copy(update={"rows": tuple(rows)})


def is_empty(question: Question, response: Response) -> bool:
    """Whether nothing of an answer is left, so that it is taken back rather than saved empty."""
    if question.answer.kind == "text":
        return not response.text.strip()
    if isinstance(question.answer, TableAnswer):
        return not any(response.rows) and not response.options
    return False


def tells_about_plant(question: Question) -> bool:
    """Whether other questions may depend on the answer: then its effect is said before it happens."""
    answer = question.answer
    if isinstance(answer, OptionsAnswer):
        return any(option.flag for option in answer.options)
    return isinstance(answer, TableAnswer)
