"""From a visit to what the page shows of it: the question's card, and how far the visit is."""

from __future__ import annotations

from collections.abc import Mapping

from ui.pages.walk.place import Place
from ui.pages.walk.values import AreaLine, CardState, ProgressState, Stop


def card_of(place: Place, stop: Stop, removed: int = 0) -> CardState:
    """The question at a stop, as it stands."""
    visit = place.visit
    state = visit.states[stop.question_id]
    number, count = place.way.place(stop)
    return CardState(
        state=state,
        section=visit.checklist.section(state.question.section).title,
        area=next(area for area in visit.checklist.areas if area.id == stop.area_id),
        place=number,
        places=count,
        first=place.beside(-1) is None,
        last=place.choosing.only == "all" and place.beside(1) is None,
        closed=visit.closed,
        late=visit.late_changes if visit.closed else 0,
        revision=visit.revision.number,
        findings=tuple(found for found in visit.findings if found.question_id == stop.question_id),
        zone=visit.plant.timezone,
        removed=removed,
        units=visit.checklist.units,
    )


def progress_of(place: Place, stop: Stop, minutes: Mapping[str, int]) -> ProgressState:
    """How far the visit is, seen from a stop; `minutes` were walked in each area."""
    visit = place.visit
    done, total = (sum(getattr(m, part) for m in visit.modules) for part in ("done", "total"))
    lines = tuple(AreaLine(progress, minutes.get(progress.area.id, 0)) for progress in visit.areas)
    return ProgressState(lines, stop.area_id, done, total, visit.meters, place.counted())
