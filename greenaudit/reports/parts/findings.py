"""The stop-and-tell log with its times, then the other findings, good practice first."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from greenaudit.domain.findings import Finding, FindingKind
from greenaudit.messages import Message, msg
from greenaudit.reports import icons, words
from greenaudit.reports.blocks import Mark, Marked
from greenaudit.reports.desk import Desk
from greenaudit.reports.parts.cover import dangers

ORDER: tuple[FindingKind, ...] = ("good_practice", "major", "minor", "opportunity")


def findings(desk: Desk) -> list[Flowable]:
    """The chapter on findings; absent when there is nothing to say."""
    told, others = dangers(desk), [f for f in desk.content.findings if f.kind != "stop_and_tell"]
    if not told and not others:
        return []
    flow: list[Flowable] = [desk.title(msg("Findings"))]
    if told:
        flow.append(desk.heading(msg("Stop-and-tell log")))
        flow.append(
            desk.para(
                msg("A danger that cannot wait is told at once. The times are those of the plant."),
                desk.styles.small,
            )
        )
        for finding in told:
            flow += _finding(desk, finding)
    for kind in ORDER:
        chosen = [finding for finding in others if finding.kind == kind]
        if chosen:
            flow.append(desk.heading(words.FINDINGS[kind]))
            for finding in chosen:
                flow += _finding(desk, finding)
    return flow


def _finding(desk: Desk, finding: Finding) -> list[Flowable]:
    """Where, what, and for a danger who was told when and what came of it."""
    head = Marked(
        desk.text(_where(desk, finding)), desk.styles.strong.clone("where", leftIndent=20, spaceBefore=8)
    )
    head.mark = _mark(desk, finding)
    head.keepWithNext = 1
    danger = finding.kind == "stop_and_tell"
    style = desk.styles.alarm if danger else desk.styles.plain_rule
    flow: list[Flowable] = [head, *desk.note(finding.what, style=style)]
    flow += [
        desk.para(line, desk.styles.small.clone("told", leftIndent=11)) for line in _times(desk, finding)
    ]
    flow.append(Spacer(1, 5))
    return flow


def _where(desk: Desk, finding: Finding) -> str:
    """Module, area and question, as far as they are known."""
    areas = {area.id: area.title.in_(desk.content.language) for area in desk.content.checklist.areas}
    parts = [
        desk.say(words.MODULES[finding.module]),
        areas.get(finding.area, finding.area),
        finding.question_id,
    ]
    return " · ".join(part for part in parts if part)


def _times(desk: Desk, finding: Finding) -> list[Message]:
    """When it was told and when it was seen to be gone, in the plant's zone."""
    zone = desk.content.plant.timezone
    said = []
    if finding.told is not None:
        at = desk.formats.moment(finding.told.at, zone)
        said.append(msg("Told to {person} on {time}.", person=finding.told.to, time=at))
    elif finding.kind == "stop_and_tell":
        said.append(msg("Nobody has been told yet."))
    if finding.resolved is not None:
        at = desk.formats.moment(finding.resolved.at, zone)
        said.append(msg("Resolved on {time}: {what}", time=at, what=finding.resolved.what))
    elif finding.kind == "stop_and_tell":
        said.append(msg("Still open when this report was made."))
    return said


def _mark(desk: Desk, finding: Finding) -> Mark:
    still = finding.kind == "stop_and_tell" and finding.resolved is None
    ink = desk.palette.colour("danger" if still else "ink2")
    name = words.FINDING_ICONS[finding.kind]
    return lambda canvas, x, y: icons.draw(canvas, name, x, y - 13, 13, ink)
