"""What Home does: gathers the visits, what is only here and what is ready, and says where to go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from greenaudit.errors import GreenAuditError, KnownError
from greenaudit.messages import Message
from greenaudit.services.views import Fact, OnlyHere, VisitCard
from ui.ports import ErrorView, Notices, Tasks
from ui.routes import Route, Sign, Walk


class Visits(Protocol):
    """The visits on this device."""

    def list(self) -> tuple[VisitCard, ...]: ...


class Status(Protocol):
    """What is only here, what is ready, and how what is here is protected."""

    def only_here(self) -> OnlyHere: ...

    def readiness(self) -> tuple[Fact, ...]: ...

    def protection(self) -> Message: ...


class Summary(Protocol):
    """What a synchronisation did, as a sentence."""

    @property
    def message(self) -> Message: ...

    @property
    def complete(self) -> bool: ...


class Syncing(Protocol):
    """Bringing what is here to the endpoint, and back."""

    def run(self, *, stopped: Callable[[], bool]) -> Summary: ...


@dataclass(frozen=True)
class HomeState:
    """All that Home shows. `current` is the visit to continue, None when none is in progress."""

    current: VisitCard | None
    others: tuple[VisitCard, ...]
    only_here: OnlyHere
    facts: tuple[Fact, ...]
    protection: Message


class HomeView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_state(self, state: HomeState) -> None: ...

    def show_sending(self, *, busy: bool) -> None: ...

    def leave_for(self, route: Route) -> None: ...


class HomePresenter:
    """Reads in one piece of work, so that what is shown together was true together."""

    def __init__(
        self, visits: Visits, status: Status, syncing: Syncing, tasks: Tasks, notices: Notices, view: HomeView
    ) -> None:
        self._visits, self._status, self._syncing = visits, status, syncing
        self._tasks, self._notices, self._view = tasks, notices, view

    def load(self) -> None:
        """Shows how things stand now."""
        self._tasks.run(self._state, done=self._view.show_state, failed=self._view.show_error)

    def open(self, card: VisitCard) -> None:
        """Goes on with a visit where it was left; a signed one opens at its signatures."""
        self._view.leave_for(route_of(card))

    def send(self) -> None:
        """Brings what is only here to the endpoint."""
        self._view.show_sending(busy=True)
        work = partial(self._syncing.run, stopped=self._tasks.stopping)
        self._tasks.aside(work, done=self._sent, failed=self._not_sent)

    def _sent(self, summary: Summary) -> None:
        self._view.show_sending(busy=False)
        if summary.complete:
            self._notices.done(summary.message)
        else:
            self._view.show_error(KnownError("sync_incomplete", summary.message))
        self.load()

    def _not_sent(self, error: GreenAuditError) -> None:
        self._view.show_sending(busy=False)
        self._view.show_error(error)

    def _state(self) -> HomeState:
        cards = self._visits.list()
        current = current_of(cards)
        others = tuple(card for card in cards if card is not current)
        return HomeState(
            current, others, self._status.only_here(), self._status.readiness(), self._status.protection()
        )


def current_of(cards: tuple[VisitCard, ...]) -> VisitCard | None:
    """The visit to continue: the one in progress that was started last."""
    going = [card for card in cards if card.state == "in_progress"]
    return max(going, key=lambda card: card.started_at, default=None)


def route_of(card: VisitCard) -> Route:
    """Where a visit goes on: at its next question; at the signatures when nothing is open or it is signed."""
    if card.state == "signed" or (card.resume_question is None and card.done):
        return Sign(card.assessment_id)
    return Walk(card.assessment_id, card.resume_question or "")
