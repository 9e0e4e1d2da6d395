"""What was not seen and what does not apply, each with its reason; and what stayed open."""

from __future__ import annotations

from reportlab.platypus import Flowable

from greenaudit.messages import Message, msg, msgs
from greenaudit.reports import words
from greenaudit.reports.content import Item
from greenaudit.reports.desk import Desk


def unseen(desk: Desk) -> list[Flowable]:
    """The chapter on what this report cannot say."""
    flow: list[Flowable] = [desk.title(msg("Not seen, not applicable"))]
    flow += _with_reasons(desk, "not_seen", msg("Not seen"))
    flow += _with_reasons(desk, "not_applicable", msg("Not applicable"))
    flow.append(desk.heading(msg("Left open")))
    flow += desk.points(_left_open(desk))
    return flow


def _with_reasons(desk: Desk, state: str, heading: Message) -> list[Flowable]:
    items = [item for item in desk.content.items if _state(item) == state and item.applies]
    flow: list[Flowable] = [desk.heading(heading)]
    if not items:
        flow.append(desk.para(msg("None.")))
    for item in items:
        flow += _line(desk, item)
    return flow


def _line(desk: Desk, item: Item) -> list[Flowable]:
    """The question, the reason chosen, and the words that go with it."""
    response = item.answer.response
    assert response is not None
    said = msg(
        "{id} · {question}", id=item.question.id, question=item.question.text.in_(desk.content.language)
    )
    question = desk.para(said, desk.styles.body.clone("unseen", spaceBefore=5))
    question.keepWithNext = 1
    reason: Message | str = words.REASONS.get(response.reason, response.reason or words.REASONS["other"])
    small = desk.styles.small.clone("reason", leftIndent=12)
    flow: list[Flowable] = [question, desk.para(reason, small)]
    if response.text.strip():
        flow.append(desk.para(response.text, small))
    if item.answer.note and item.answer.note.text.strip():
        flow += desk.note(item.answer.note, msg("Note"), desk.styles.plain_rule)
    return flow


def _left_open(desk: Desk) -> list[Message]:
    items = desk.content.items
    answered = {item.question.id for item in items if _state(item)}
    applicable = {item.question.id for item in items if item.applies}
    asked = len(desk.content.checklist.questions)
    shown = len({item.question.id for item in items})
    without = len(applicable - answered)
    other = {why: len({i.question.id for i in items if i.not_asked == why}) for why in ("rapid", "module")}
    apart = len({item.question.id for item in items if not item.applies}) - sum(other.values())
    said = [
        msgs("{n} question without an answer", "{n} questions without an answer", without),
        msgs(
            "{n} question of the checklist that does not concern this plant",
            "{n} questions of the checklist that do not concern this plant",
            apart + max(0, asked - shown),
        ),
    ]
    if other["rapid"]:
        said.append(
            msgs(
                "{n} question of the checklist that was not asked since this visit is rapid",
                "{n} questions of the checklist that were not asked since this visit is rapid",
                other["rapid"],
            )
        )
    if other["module"]:
        said.append(
            msgs(
                "{n} question of a module that was not visited",
                "{n} questions of modules that were not visited",
                other["module"],
            )
        )
    return said


def _state(item: Item) -> str:
    return item.answer.response.state if item.answer.response is not None else ""
