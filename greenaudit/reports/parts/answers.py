"""Every answer, area by area in the order of the walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from greenaudit.domain.checklists import Area
from greenaudit.messages import Message, msg, msgs
from greenaudit.reports import icons, words
from greenaudit.reports.blocks import Mark, Marked, Rule
from greenaudit.reports.content import Item
from greenaudit.reports.desk import Desk
from greenaudit.reports.marks import steps_mark
from greenaudit.reports.parts.registers import register_table
from greenaudit.reports.parts.responses import detail_lines, level_line
from greenaudit.reports.photos import photo_rows
from greenaudit.reports.styles import GUTTER

MOST_BESIDE_A_PHOTO = 10
"""Up to so many paragraphs an answer stays on one page with its first photos."""


def answers(desk: Desk) -> list[Flowable]:
    """The chapter of answers. What was not seen and what does not apply have a chapter of their own."""
    flow: list[Flowable] = [desk.title(msg("Answers by area"))]
    legend = msg(
        "Filled steps: the level that the evidence lets stand. Striped steps: answered, but not proved. "
        "E0 to E3: told, document, seen, measured. A star marks a critical question. An answer that several areas "
        "share stands once, under the first area of its question."
    )
    flow.append(desk.para(legend, desk.styles.small))
    photo = 1
    for area, items in by_area(desk):
        flow += [CondPageBreak(110), desk.heading(_area_title(desk, area, len(items)))]
        for number, item in enumerate(items):
            rule = [Rule(desk.width, space=6)] if number else []
            flow += _answer(desk, item, photo, rule)
            photo += len(item.photos)
    if len(flow) == 2:
        flow.append(desk.para(msg("No question was answered.")))
    return flow


def is_answer(item: Item) -> bool:
    """Whether an item is shown here: answered, or carrying a note or photos."""
    response = item.answer.response
    if response is not None:
        return response.state == "answered"
    return bool(item.photos or (item.answer.note and item.answer.note.text))


def by_area(desk: Desk) -> Iterator[tuple[Area | None, list[Item]]]:
    """The answers under the first area of each question, areas and questions in the checklist's order."""
    checklist = desk.content.checklist
    order = {question.id: number for number, question in enumerate(checklist.questions)}
    shown = [item for item in desk.content.items if is_answer(item)]
    shown.sort(key=lambda item: (order.get(item.question.id, len(order)), item.answer.repeat))
    known = {area.id for area in checklist.areas}
    for area in checklist.areas:
        here = [item for item in shown if item.question.areas[0] == area.id]
        if here:
            yield area, here
    rest = [item for item in shown if item.question.areas[0] not in known]
    if rest:
        yield None, rest


def _area_title(desk: Desk, area: Area | None, count: int) -> Message:
    counted = msgs("{n} answer", "{n} answers", count)
    if area is None:
        return msg("Other answers · {count}", count=counted)
    return msg("{id} {area} · {count}", id=area.id, area=area.title.in_(desk.content.language), count=counted)


def _answer(desk: Desk, item: Item, photo: int, rule: Sequence[Flowable]) -> list[Flowable]:
    head = Marked(desk.text(_head(desk, item)), desk.styles.mono)
    head.mark = _star(desk) if item.question.critical else None
    if item.question.critical:
        head.style = desk.styles.mono.clone("starred", leftIndent=12)
    head.keepWithNext = 1
    question = desk.para(item.question.text, desk.styles.question)
    question.keepWithNext = 1
    flow: list[Flowable] = [*rule, head, question]
    line = level_line(desk, item)
    if line is not None:
        marked = Marked(f"<b>{desk.text(line[0])}</b>&nbsp;&nbsp; {desk.text(line[1])}", desk.styles.answer)
        marked.mark = steps_mark(desk.palette, item.level, item.effective)
        flow.append(marked)
    flow += [desk.para(text, desk.styles.answer) for text in detail_lines(desk, item)]
    flow += register_table(desk, item)
    if item.needs is not None:
        flow.append(_needs(desk, item.needs))
    if not item.applies:
        flow.append(
            desk.para(msg("Kept, but not scored: the question no longer applies."), desk.styles.aside)
        )
    if item.answer.note and item.answer.note.text.strip():
        flow += desk.note(item.answer.note, msg("Note"))
    photos = photo_rows(desk, item.photos, photo, GUTTER)
    if photos and not item.rows and len(flow) <= MOST_BESIDE_A_PHOTO:
        flow = [KeepTogether([*flow, photos.pop(0)])]
    return [*flow, *photos, Spacer(1, 2)]


def _head(desk: Desk, item: Item) -> str:
    """Id, repeat, evidence grade, months of record and whether the plant keeps it private, on one line."""
    parts = [item.question.id]
    if item.answer.repeat:
        parts.append(desk.say(msg("no. {n}", n=item.answer.repeat + 1)))
    proof = item.answer.proof
    if proof is not None:
        parts.append(desk.say(words.GRADES[proof.grade]))
        if proof.months is not None:
            parts.append(desk.say(msgs("{n} month of record", "{n} months of record", proof.months)))
    if item.question.id in desk.content.private:
        parts.append(desk.say(msg("private to the plant")))
    return "  ·  ".join(parts)


def _needs(desk: Desk, needs: Message) -> Flowable:
    ink = desk.palette.colour("warn")
    paragraph = Marked(desk.text(needs), desk.styles.needs)
    paragraph.mark = lambda canvas, x, y: icons.draw(canvas, "warning", GUTTER, y - 11, 10.5, ink)
    return paragraph


def _star(desk: Desk) -> Mark:
    ink = desk.palette.colour("ink")
    return lambda canvas, x, y: icons.draw(canvas, "star", x, y - 10, 9, ink)
