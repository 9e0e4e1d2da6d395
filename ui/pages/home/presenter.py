"""What Home does: gathers the visits, what is only here and what is ready, and says where to go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from greenaudit.errors import KnownError
from greenaudit.messages import Message
from greenaudit.services.views import Fact, OnlyHere, PackOffer, VisitCard
from ui.ports import ErrorView, Sending, SendingState, Tasks
from ui.routes import Compare, Route, Settings, Sign, Walk


class Visits(Protocol):
    """The visits on this device."""

    def list(self) -> tuple[VisitCard, ...]: ...

    def offer(self, assessment_id: UUID) -> PackOffer | None: ...

    def update_pack(self, *, assessment_id: UUID, checklist_sha: str) -> object: ...


class Status(Protocol):
    """What is only here, what is ready, and how what is here is protected."""

    def only_here(self) -> OnlyHere: ...

    def readiness(self) -> tuple[Fact, ...]: ...

    def protection(self) -> Message: ...

    def sample(self) -> bool: ...


@dataclass(frozen=True)
class HomeState:
    """All that Home shows. `current` is the visit to continue, None when none is in progress."""

    current: VisitCard | None
    others: tuple[VisitCard, ...]
    only_here: OnlyHere
    facts: tuple[Fact, ...]
    protection: Message
    sample: bool = False


class HomeView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_state(self, state: HomeState) -> None: ...

    def show_sending(self, state: SendingState) -> None: ...

    def show_offer(self, card: VisitCard, offer: PackOffer) -> None: ...

    def leave_for(self, route: Route) -> None: ...


class HomePresenter:
    """Reads in one piece of work, so that what is shown together was true together."""

    def __init__(
        self, visits: Visits, status: Status, sending: Sending, tasks: Tasks, view: HomeView
    ) -> None:
        self._visits, self._status, self._sending = visits, status, sending
        self._tasks, self._view = tasks, view
        self._busy = False
        sending.follow(self._follow)

    def load(self) -> None:
        """Shows how things stand now."""
        self._tasks.run(self._state, done=self._view.show_state, failed=self._view.show_error)

    def open(self, card: VisitCard) -> None:
        """Goes on with a visit where it was left; a signed one opens at its signatures.

        One that can't be opened now says why; one that has not begun is offered a later version of its checklist.
        """
        if card.trouble is not None:
            self._view.show_error(KnownError("visit_trouble", card.trouble))
        elif card.newer is not None:
            work = partial(self._visits.offer, card.assessment_id)
            self._tasks.run(work, done=partial(self._offered, card), failed=self._view.show_error)
        else:
            self.keep(card)

    def keep(self, card: VisitCard) -> None:
        """Goes on with a visit as it is."""
        self._view.leave_for(route_of(card))

    def update(self, card: VisitCard, offer: PackOffer) -> None:
        """Gives a visit that has not begun the later version, and begins it."""
        work = partial(
            self._visits.update_pack, assessment_id=card.assessment_id, checklist_sha=offer.card.sha256
        )
        self._tasks.run(work, done=lambda _: self._begin(card), failed=self._view.show_error)

    def settle(self, card: VisitCard) -> None:
        """Goes to the first question that two people answered differently."""
        if card.conflict_question is not None:
            self._view.leave_for(Walk(card.assessment_id, card.conflict_question))

    def compare(self, card: VisitCard) -> None:
        """Shows a visit beside the one before it."""
        self._view.leave_for(Compare(card.assessment_id))

    def send(self) -> None:
        """Brings what is only here to the endpoint; a device that isn't enrolled is led to where one enrols."""
        if self._sending.state.enrolled:
            self._sending.send()
        else:
            self.enrol()

    def enrol(self) -> None:
        """Goes to where one enrols."""
        self._view.leave_for(Settings("endpoint"))

    def _offered(self, card: VisitCard, offer: PackOffer | None) -> None:
        if offer is None:
            self.keep(card)
        else:
            self._view.show_offer(card, offer)

    def _begin(self, card: VisitCard) -> None:
        """The questions may be others now: the walk finds its own beginning."""
        self._view.leave_for(Walk(card.assessment_id))

    def _follow(self, state: SendingState) -> None:
        self._view.show_sending(state)
        if self._busy and not state.busy:
            self.load()
        self._busy = state.busy

    def _state(self) -> HomeState:
        cards = self._visits.list()
        current = current_of(cards)
        others = tuple(card for card in cards if card is not current)
        return HomeState(
            current, others, self._status.only_here(), self._status.readiness(), self._status.protection(),
            self._status.sample(),
        )  # fmt: skip


def current_of(cards: tuple[VisitCard, ...]) -> VisitCard | None:
    """The visit to continue: the one in progress that was started last."""
    going = [card for card in cards if card.state == "in_progress" and card.trouble is None]
    return max(going, key=lambda card: card.started_at, default=None)


def route_of(card: VisitCard) -> Route:
    """Where a visit goes on: at its next question; at the signatures when nothing is open or it is signed."""
    if card.state == "signed" or (card.resume_question is None and card.done):
        return Sign(card.assessment_id)
    return Walk(card.assessment_id, card.resume_question or "")
