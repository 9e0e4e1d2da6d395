"""Where one stands in a visit, and where one goes from there."""

from __future__ import annotations

from dataclasses import replace

from greenaudit.domain.checklists import Question
from greenaudit.errors import BugError
from greenaudit.services.views import Bookmark, QuestionState, Visit
from ui.pages.walk.choosing import NAMES, Choosing, Only
from ui.pages.walk.stops import Way
from ui.pages.walk.values import Stop
from ui.routes import Walk


class Place:
    """Holds the visit as it was last told, the way through it, and the stop that is shown."""

    def __init__(self) -> None:
        self._visit: Visit | None = None
        self._way: Way | None = None
        self.at: Stop | None = None
        self.choosing = Choosing()

    @property
    def visit(self) -> Visit:
        """The visit that is open."""
        if self._visit is None:
            raise BugError("no visit is open")
        return self._visit

    @property
    def way(self) -> Way:
        """The stops of the visit that is open."""
        if self._way is None:
            raise BugError("no visit is open")
        return self._way

    @property
    def is_open(self) -> bool:
        """Whether a question is shown."""
        return self._visit is not None and self.at is not None

    def is_in(self, visit_id: object) -> bool:
        """Whether this visit is open."""
        return self._visit is not None and self._visit.assessment.id == visit_id

    def here(self) -> Stop:
        """The stop that is shown."""
        if self.at is None:
            raise BugError("no question is shown")
        return self.at

    def state(self) -> QuestionState:
        """The question that is shown, as it stands."""
        return self.visit.states[self.here().question_id]

    def enter(self, visit: Visit, route: Walk, left: Bookmark) -> bool:
        """Stands at the question or area that a route names, else where one was, else where the walk was left.

        Says whether one is back exactly where the walk was left, so that what was seen there is seen again.
        """
        anew = not self.is_in(visit.assessment.id)
        back = anew and not route.area_id and route.question_id in ("", left.question_id)
        if anew:
            self.at, self.choosing = None, Choosing(_known(left.only) if back else "all", left.by_module)
        self.see(visit, turned=True)
        if back:
            self.at = self._where_left(left)
            back = self.at is not None
        if not back:
            self._stand_at(route)
        if self.counted().count == 0 and self.choosing.only != "all":
            self.choosing = Choosing("all", self.choosing.by_module)
        return back

    def _stand_at(self, route: Walk) -> None:
        here = self.at
        if route.question_id:
            area = route.area_id or (here.area_id if here is not None else "")
            self.at = self.way.at(area, route.question_id)
        elif route.area_id:
            self.at = self.way.first_open(route.area_id, self.visit.states)
        elif here is None or here not in self.way.stops:
            self.at = self._next_open()

    def _where_left(self, left: Bookmark) -> Stop | None:
        """The very question, in the area where it was seen; None when it isn't asked any more."""
        found = self.way.at(left.area_id, left.question_id) if left.question_id else None
        return found if found is not None and found.question_id == left.question_id else None

    def _next_open(self) -> Stop | None:
        states = self.visit.states
        empty = (stop for stop in self.way.stops if states[stop.question_id].answer.response is None)
        return next(empty, self.way.at())

    def see(self, visit: Visit, *, turned: bool = False) -> None:
        """Takes the visit as it now stands; `turned` when other questions apply."""
        self._visit = visit
        if turned:
            self._way = Way(visit.checklist, visit.states, by_module=self.choosing.by_module)

    def choose(self, only: Only, *, by_module: bool) -> None:
        """Walks to other questions, or in another order; one stays where one is."""
        self.choosing = Choosing(only, by_module)
        self.see(self.visit, turned=True)
        if self.at is not None:
            self.at = self.way.at(self.at.area_id, self.at.question_id)

    def counted(self) -> Choosing:
        """The choice with the number of questions that pass it."""
        states = self.visit.states.values()
        return replace(self.choosing, count=sum(self.choosing.passes(state) for state in states))

    def counts(self) -> dict[Only, int]:
        """How many questions each filter leaves."""
        states = [state for state in self.visit.states.values() if state.applies]
        return {only: sum(map(Choosing(only).passes, states)) for only in NAMES}

    def beside(self, step: int) -> Stop | None:
        """The next stop, or the one before, that is walked to; with a filter, never the same question again."""
        here = self.here()
        same = here.question_id if self.choosing.only != "all" else ""
        return self.way.beside(
            here, step, lambda question_id: question_id != same and self._wanted(question_id)
        )

    def first_open(self, area_id: str) -> Stop | None:
        """Where one begins in an area."""
        return self.way.first_open(area_id, self.visit.states, self._wanted)

    def _wanted(self, question_id: str) -> bool:
        return self.choosing.passes(self.visit.states[question_id])

    def asked(self) -> tuple[Question, ...]:
        """The questions that apply, in walking order, each once."""
        ids = dict.fromkeys(stop.question_id for stop in self.way.stops)
        return tuple(self.visit.checklist.by_id[question_id] for question_id in ids)


def _known(only: str) -> Only:
    """A filter that was kept; one that is no longer there is none."""
    return next((name for name in NAMES if name == only), "all")
