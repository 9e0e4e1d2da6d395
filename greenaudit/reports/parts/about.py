"""About this report: names in full, the checklist exactly, how scores come about, and how to check the file."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, Flowable

from greenaudit.messages import Message, msg
from greenaudit.reports.data import FILE_NAME
from greenaudit.reports.desk import Desk
from greenaudit.reports.parts.cover import grouped, place
from greenaudit.reports.text import has_replaced


def about(desk: Desk) -> list[Flowable]:
    """The chapter on the report itself."""
    content = desk.content
    flow: list[Flowable] = [CondPageBreak(300), desk.title(msg("About this report"))]
    flow += [desk.fact(name, value) for name, value in _facts(desk) if value]
    flow.append(desk.heading(msg("How to read it")))
    flow += desk.points(_reading(desk))
    if content.revision > 1 or content.corrects:
        flow.append(desk.heading(msg("What this revision corrects")))
        flow.append(desk.para(content.revision_reason or "–"))
        if content.corrects:
            flow.append(desk.fact(msg("Fingerprint before"), grouped(content.corrects)))
    return flow


def _facts(desk: Desk) -> list[tuple[Message, Message | str]]:
    content, pack = desk.content, desk.content.assessment.pack
    return [
        (msg("Plant"), content.plant.name),
        (msg("Place"), place(desk)),
        (msg("Time zone"), content.plant.timezone),
        (msg("Supplier"), content.supplier),
        (msg("Car maker"), content.oem),
        (msg("Programme"), content.programme),
        (msg("Lead assessor"), " · ".join(filter(None, (content.lead, content.lead_organisation)))),
        (msg("Checklist"), f"{desk.text_of(content.checklist.title)} · {pack.id} {pack.version}"),
        (msg("Checklist SHA-256"), grouped(pack.sha256)),
        (msg("Report fingerprint"), grouped(desk.fingerprint)),
    ]


def _reading(desk: Desk) -> list[Message]:
    said = [
        msg(
            "Every question has five levels, 0 to 4. The evidence limits the level that counts: told (E0), "
            "document (E1), seen (E2), measured or sampled (E3)."
        ),
        msg(
            "A score is the weighted mean of the levels that count, out of 100. From 85 the rating is A, "
            "from 70 B, from 50 C, below that D. Open dangers and failed critical questions cap it."
        ),
        msg(
            "A rating needs two thirds of each section and all critical questions; with less the score is indicative. "
            "Confidence says how well the answers are proved; below 50 % it is low."
        ),
        msg(
            "Notes and captions stand in the language in which they were written, and say so when it is another."
        ),
        msg(
            "The data of this report are attached to this file as {file}. They hold the hash of each photo and of "
            "each device’s journal, so that nothing can be exchanged unseen.",
            file=FILE_NAME,
        ),
    ]
    if _has_replaced(desk):
        said.append(
            msg(
                "Some signs that people typed cannot be printed and stand as \ufffd; the attached data keep them."
            )
        )
    return said


def _has_replaced(desk: Desk) -> bool:
    """Whether any note, caption or answer holds a sign that the font lacks."""
    content = desk.content
    texts = [content.plant.name, content.supplier, *(finding.what.text for finding in content.findings)]
    for item in content.items:
        texts += [photo.caption.text for photo in item.photos if photo.caption]
        texts += [item.answer.note.text] if item.answer.note else []
        texts += [item.answer.response.text] if item.answer.response else []
    return any(has_replaced(text) for text in texts)
