"""The way through a plant: areas in walking order, in each the questions that apply."""

from __future__ import annotations

from collections.abc import Mapping

from greenaudit.domain.checklists import Checklist
from greenaudit.services.views import QuestionState
from ui.pages.walk.values import Stop


class Way:
    """The stops of a visit. Made anew when an answer changes which questions apply."""

    def __init__(self, checklist: Checklist, states: Mapping[str, QuestionState]) -> None:
        self.stops: tuple[Stop, ...] = _stops(checklist, states)
        self._places = {stop: place for place, stop in enumerate(self.stops)}

    def at(self, area_id: str = "", question_id: str = "") -> Stop | None:
        """The stop of a question (in that area when it has one there), the first of an area, or the first of all."""
        same = [stop for stop in self.stops if stop.question_id == question_id]
        if same:
            return next((stop for stop in same if stop.area_id == area_id), same[0])
        return next((stop for stop in self.stops if area_id in ("", stop.area_id)), None)

    def first_open(self, area_id: str, states: Mapping[str, QuestionState]) -> Stop | None:
        """The first stop of an area without an answer; the area's first when all have one."""
        here = [stop for stop in self.stops if stop.area_id == area_id]
        empty = (stop for stop in here if states[stop.question_id].answer.response is None)
        return next(empty, here[0] if here else None)

    def beside(self, stop: Stop, step: int) -> Stop | None:
        """The stop after (1) or before (-1); None at the ends. One that fell away counts from where it stood."""
        place = self._places.get(stop)
        if place is None:
            return self.at(stop.area_id)
        goal = place + step
        return self.stops[goal] if 0 <= goal < len(self.stops) else None

    def place(self, stop: Stop) -> tuple[int, int]:
        """A stop's place in its area, from 1, and how many there are."""
        here = [other for other in self.stops if other.area_id == stop.area_id]
        return (here.index(stop) + 1 if stop in here else 1, max(1, len(here)))


def _stops(checklist: Checklist, states: Mapping[str, QuestionState]) -> tuple[Stop, ...]:
    by_area: dict[str, list[Stop]] = {area.id: [] for area in checklist.areas}
    for question in checklist.questions:
        if states[question.id].applies:
            for area_id in question.areas:
                by_area[area_id].append(Stop(area_id, question.id))
    return tuple(stop for stops in by_area.values() for stop in stops)
