"""The way through a plant: areas in walking order, or module after module; in each the questions that apply.

What is asked about the plant itself comes before all of them: it decides what else is asked, and what may be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from greenaudit.domain.checklists import PROFILE, Checklist, Question
from greenaudit.services.views import QuestionState
from ui.pages.walk.values import Stop

Wanted = Callable[[str], bool]
"""Whether a question is walked to."""


def every(_question_id: str) -> bool:
    """No question is passed by."""
    return True


class Way:
    """The stops of a visit. Made anew when an answer changes which questions apply."""

    def __init__(
        self, checklist: Checklist, states: Mapping[str, QuestionState], *, by_module: bool = False
    ) -> None:
        asked = [question for question in checklist.questions if states[question.id].applies]
        self._questions = {question.id: question for question in asked}
        self._by_module = by_module
        walked = _by_module(asked) if by_module else _by_area(checklist, asked)
        self.stops: tuple[Stop, ...] = tuple(sorted(walked, key=self._is_walked))
        self._places = {stop: place for place, stop in enumerate(self.stops)}

    def at(self, area_id: str = "", question_id: str = "") -> Stop | None:
        """The stop of a question (in that area when it has one there), the first of an area, or the first of all."""
        same = [stop for stop in self.stops if stop.question_id == question_id]
        if same:
            return next((stop for stop in same if stop.area_id == area_id), same[0])
        return next((stop for stop in self.stops if not area_id or self._is_in(stop, area_id)), None)

    def first_open(
        self, area_id: str, states: Mapping[str, QuestionState], wanted: Wanted = every
    ) -> Stop | None:
        """The first stop of an area that is walked to and has no answer; else the first walked to; else the first."""
        here = [stop for stop in self.stops if self._is_in(stop, area_id)]
        picked = [stop for stop in here if wanted(stop.question_id)] or here
        empty = (stop for stop in picked if states[stop.question_id].answer.response is None)
        return next(empty, picked[0] if picked else None)

    def beside(self, stop: Stop, step: int, wanted: Wanted = every) -> Stop | None:
        """The stop after (1) or before (-1) that is walked to; None at the ends. One that fell away begins its area."""
        place = self._places.get(stop)
        if place is None:
            return self.at(stop.area_id)
        ahead = self.stops[place + 1 :] if step > 0 else self.stops[:place][::-1]
        return next((other for other in ahead if wanted(other.question_id)), None)

    def place(self, stop: Stop) -> tuple[int, int]:
        """A stop's place in its area (or module), from 1, and how many there are."""
        here = [other for other in self.stops if self._group(other) == self._group(stop)]
        return (here.index(stop) + 1 if stop in here else 1, max(1, len(here)))

    def _is_walked(self, stop: Stop) -> bool:
        """Whether a question is asked on the tour; those about the plant come before it."""
        return self._questions[stop.question_id].section != PROFILE

    def _group(self, stop: Stop) -> str:
        question = self._questions.get(stop.question_id)
        return question.module if self._by_module and question is not None else stop.area_id

    def _is_in(self, stop: Stop, area_id: str) -> bool:
        """Walked by module, a question of several areas has one stop and is found in each of them."""
        areas = self._questions[stop.question_id].areas if self._by_module else (stop.area_id,)
        return area_id in areas


def _by_area(checklist: Checklist, asked: list[Question]) -> tuple[Stop, ...]:
    stops: dict[str, list[Stop]] = {area.id: [] for area in checklist.areas}
    for question in asked:
        for area_id in question.areas:
            stops[area_id].append(Stop(area_id, question.id))
    return tuple(stop for here in stops.values() for stop in here)


def _by_module(asked: list[Question]) -> tuple[Stop, ...]:
    modules = dict.fromkeys(question.module for question in asked)
    return tuple(
        Stop(question.areas[0], question.id)
        for module in modules
        for question in asked
        if question.module == module
    )
