"""Results: charts by module and section, what caps a rating, the stairs, strengths and what holds back the next step."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from greenaudit.domain.checklists import Question
from greenaudit.domain.scores import Cap, ModuleScore
from greenaudit.formats import Formats
from greenaudit.messages import Message, msg
from greenaudit.reports import words
from greenaudit.reports.blocks import Figure
from greenaudit.reports.desk import Desk
from greenaudit.reports.figures import ASSESSED, binding

MOST_POINTS = 3


def results(desk: Desk) -> list[Flowable]:
    """The chapter on figures."""
    score = desk.content.score
    flow: list[Flowable] = [desk.title(msg("Results"))]
    flow.append(desk.para(_legend(desk), desk.styles.small))
    if desk.content.rapid:
        flow.append(desk.para(_rapid(desk), desk.styles.small))
    flow.append(Spacer(1, 6))
    flow.append(Figure(desk.figures.modules(desk.content.last_scores), desk.width))
    flow += _caps(desk)
    flow += _strengths(desk)
    flow += _stairs(desk)
    for module, one in score.modules.items():
        flow += _module(desk, module, one)
    return flow


def _legend(desk: Desk) -> Message:
    if desk.content.last_scores:
        return msg(
            "Solid: the score that counts. Stripes: what a cap keeps from the rating. Mark: the visit before."
        )
    return msg("Solid: the score that counts. Stripes: what a cap keeps from the rating.")


def _rapid(desk: Desk) -> Message:
    """That little was asked on purpose: coverage would look like a visit that was broken off."""
    return msg(
        "This visit is rapid: it asked {asked} questions. Coverage counts all questions that concern this plant, so where fewer "
        "than two thirds of a section were asked the result stays indicative, without a rating.",
        asked=desk.content.asked,
    )


def _caps(desk: Desk) -> list[Flowable]:
    """Every cap that takes something from a rating in a sentence, module by module, then the overall's."""
    score = desk.content.score
    said = [
        msg("{module}: {cap}", module=words.MODULES[module], cap=_cap(desk, cap))
        for module, one in score.modules.items()
        for cap in binding(one.caps, one.raw_rating)
    ]
    overall = binding(score.overall.caps, score.overall.raw_rating)
    said += [msg("{module}: {cap}", module=msg("Overall"), cap=_cap(desk, cap)) for cap in overall]
    if not said:
        return []
    return [desk.heading(msg("What caps the rating")), *desk.points(said)]


def _cap(desk: Desk, cap: Cap) -> Message:
    ids = [desk.say(words.MODULES[one]) if one in words.MODULES else one for one in cap.ids]
    template = words.CAPS[cap.cause]
    places = {"ids": ", ".join(ids), "limit": cap.limit}
    return replace(template, params=places, count=len(ids) if template.plural else None)


def _strengths(desk: Desk) -> list[Flowable]:
    known = desk.content.checklist.by_id
    chosen = [known[one] for one in desk.content.strengths if one in known]
    if not chosen:
        return []
    return [desk.heading(msg("Strengths")), *desk.points(_named(desk, question) for question in chosen)]


def _stairs(desk: Desk) -> list[Flowable]:
    """A stair a module, two in a row."""
    content = desk.content
    cells: list[list[Flowable]] = []
    room = (desk.width - 28) / 2
    for module, shares in content.stairs.items():
        one = content.score.modules.get(module)
        if one is not None:
            figure = Figure(desk.figures.stair(shares, one.step if one.rated else 0), room, 2)
            cells.append(_stair_cell(desk, module, one, figure))
    if not cells:
        return []
    rows = [[cells[at], cells[at + 1] if at + 1 < len(cells) else []] for at in range(0, len(cells), 2)]
    table = Table(rows, colWidths=[room + 14, room + 14], style=_GRID, hAlign="LEFT")
    heading = desk.heading(msg("The staircase"))
    legend = desk.para(
        msg(
            "How much of the weight stands on each step. A step is reached at the dashed line, 80 % of the weight."
        ),
        desk.styles.small,
    )
    return [CondPageBreak(230), heading, legend, Spacer(1, 4), table]


_GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (1, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
)


def _stair_cell(desk: Desk, module: str, one: ModuleScore, figure: Figure) -> list[Flowable]:
    """A stair under its module's name; a step is said where enough was assessed to say it."""
    if one.rated:
        name = msg("{module} · step {n} of 4", module=words.MODULES[module], n=one.step)
    else:
        share = desk.formats.percent(one.coverage) if one.coverage is not None else "–"
        name = msg("{module} · indicative: {share} assessed", module=words.MODULES[module], share=share)
    return [desk.para(name, desk.styles.strong), figure]


def _module(desk: Desk, module: str, one: ModuleScore) -> list[Flowable]:
    """A module: its sentence, its sections and what holds back the next step."""
    head: list[Flowable] = [desk.heading(words.MODULES[module]), desk.para(_sentence(desk.formats, one))]
    if one.score is None:
        return head
    counted = msg("of the full list") if desk.content.rapid else ASSESSED
    chart = Figure(desk.figures.sections(module, desk.content.checklist, counted=counted), desk.width)
    return [KeepTogether([*head, Spacer(1, 3), chart]), *_blockers(desk, one)]


def _sentence(formats: Formats, one: ModuleScore) -> Message:
    """Score, rating, coverage and confidence in one line; what is missing is said."""
    if one.score is None:
        return msg("Nothing in this module was assessed, so there is no score.")
    places = {
        "score": formats.number(one.score, 1),
        "coverage": formats.percent(one.coverage) if one.coverage is not None else "–",
        "confidence": formats.percent(one.confidence) if one.confidence is not None else "–",
    }
    if one.rating is None:
        return msg(
            "Score {score}, indicative: no rating, since too few questions were assessed. "
            "Coverage {coverage}, confidence {confidence}.",
            **places,
        )
    if one.raw_rating is not None and one.raw_rating != one.rating:
        return msg(
            "Score {score}, rating {rating} (without the cap: {raw}). Coverage {coverage}, confidence {confidence}.",
            rating=one.rating,
            raw=one.raw_rating,
            **places,
        )
    return msg(
        "Score {score}, rating {rating}. Coverage {coverage}, confidence {confidence}.",
        rating=one.rating,
        **places,
    )


def _blockers(desk: Desk, one: ModuleScore) -> list[Flowable]:
    """The first few questions that hold back the next step, and how many more there are."""
    known = desk.content.checklist.by_id
    if not one.blockers or one.step >= 4:
        return []
    shown = [_named(desk, known[name]) if name in known else name for name in one.blockers[:MOST_POINTS]]
    more = len(one.blockers) - len(shown)
    holds = msg("Holds back step {n}", n=one.step + 1) if one.rated else msg("Holds back a higher step")
    label = desk.para(holds, desk.styles.label)
    label.keepWithNext = 1
    flow: list[Flowable] = [label, *desk.points(shown)]
    if more > 0:
        flow.append(desk.para(msg("and {n} more", n=more), desk.styles.small))
    return flow


def _named(desk: Desk, question: Question) -> Message:
    return msg("{id} · {question}", id=question.id, question=question.text.in_(desk.content.language))
