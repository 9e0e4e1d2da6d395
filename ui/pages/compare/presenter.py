"""What the comparison does: reads it, and leads to a question."""

from __future__ import annotations

from functools import partial
from typing import Protocol
from uuid import UUID

from greenaudit.services.views import ComparedQuestion, ComparedVisits
from ui.ports import ErrorView, Tasks
from ui.routes import Route, Sign, Walk


class Visits(Protocol):
    """Visits beside the one before them."""

    def compared(self, assessment_id: UUID) -> ComparedVisits: ...


class CompareView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_nothing(self) -> None:
        """Another visit is being read: what is there is not its."""

    def show_compared(self, compared: ComparedVisits) -> None: ...

    def leave_for(self, route: Route) -> None: ...


class ComparePresenter:
    """Knows which visit is shown."""

    def __init__(self, visits: Visits, tasks: Tasks, view: CompareView) -> None:
        self._visits, self._tasks, self._view = visits, tasks, view
        self._compared: ComparedVisits | None = None

    def load(self, assessment_id: UUID) -> None:
        """Reads a visit beside the one before it; until it is read, nothing of another one is shown."""
        if self._compared is not None and self._compared.assessment_id != assessment_id:
            self._compared = None
            self._view.show_nothing()
        work = partial(self._visits.compared, assessment_id)
        self._tasks.run(work, done=self._read, failed=self._view.show_error)

    def catch_up(self) -> None:
        """Something came from elsewhere: what is shown is read anew."""
        if self._compared is not None:
            self.load(self._compared.assessment_id)

    def look_at(self, line: ComparedQuestion) -> None:
        """Goes to a question in the visit."""
        if self._compared is not None:
            self._view.leave_for(Walk(self._compared.assessment_id, line.question.id))

    def go_on(self) -> None:
        """Goes to the visit: to its signatures when it is signed."""
        shown = self._compared
        if shown is not None:
            route = Sign(shown.assessment_id) if shown.finished else Walk(shown.assessment_id)
            self._view.leave_for(route)

    def _read(self, compared: ComparedVisits) -> None:
        self._compared = compared
        self._view.show_compared(compared)
