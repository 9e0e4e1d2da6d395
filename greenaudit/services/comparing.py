"""A visit beside the one before it: the same questions scored again, and which of them stand better or worse."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from greenaudit.domain.checklists import Module
from greenaudit.domain.scores import ModuleScore, OverallScore
from greenaudit.errors import KnownError
from greenaudit.messages import Message, msg
from greenaudit.rules.comparison import Comparison, like_for_like
from greenaudit.rules.lifecycle import is_closed
from greenaudit.services.desk import Desk
from greenaudit.services.opened import Opened
from greenaudit.services.views import ComparedQuestion, ComparedScore, ComparedVisits

NOTHING = ComparedScore(before=None, after=None, change=None)


def compared(desk: Desk, assessment_id: UUID) -> ComparedVisits:
    """The comparison as a front end shows it. KnownError at a first visit, or where the one before can't be read."""
    now, before = desk.opened(assessment_id), desk.before(assessment_id)
    if before is None:
        raise KnownError(
            "visit_first", msg("This is the plant's first visit: there is none to compare with.")
        )
    if isinstance(before, Message):
        raise KnownError("visit_before", before)
    found = like_for_like(before.evaluation, now.evaluation)
    if isinstance(found, Message):
        return _view(before, now, None, found)
    return _view(before, now, found, None)


def _view(before: Opened, now: Opened, found: Comparison | None, reason: Message | None) -> ComparedVisits:
    moved = _moved(before, now, found.ids) if found else ()
    closing = now.revision.closing
    return ComparedVisits(
        plant=now.plant,
        assessment_id=now.assessment.id,
        before_at=before.assessment.started_at,
        after_at=closing.closed_at if closing else now.assessment.started_at,
        finished=is_closed(now.revision),
        questions=len(found.ids) if found else 0,
        overall=_score(found.before.overall, found.after.overall) if found else NOTHING,
        modules=_modules(now, found) if found else {},
        better=tuple(line for line in moved if line.after > line.before),
        worse=tuple(line for line in moved if line.after < line.before),
        reason=reason,
    )


def _modules(now: Opened, found: Comparison) -> dict[Module, ComparedScore]:
    return {
        module: _score(found.before.modules[module], found.after.modules[module])
        for module in now.evaluation.layout.scope
        if module in found.before.modules and module in found.after.modules
    }


def _score(before: ModuleScore | OverallScore, after: ModuleScore | OverallScore) -> ComparedScore:
    change = None if before.score is None or after.score is None else after.score - before.score
    return ComparedScore(before=before.score, after=after.score, change=change)


def _moved(before: Opened, now: Opened, ids: tuple[str, ...]) -> tuple[ComparedQuestion, ...]:
    """What stands on another level, the most and the heaviest first."""
    lines = []
    for question_id in ids:
        was, is_now = _level(before, question_id), _level(now, question_id)
        if was is not None and is_now is not None and was != is_now:
            question = now.checklist.by_id[question_id]
            lines.append(ComparedQuestion(question=question, before=was, after=is_now))
    return tuple(sorted(lines, key=lambda line: -abs(line.after - line.before) * line.question.weight))


def _level(opened: Opened, question_id: str) -> Decimal | None:
    standing = opened.evaluation.standings[question_id]
    return standing.level if standing.effective is None else standing.effective
