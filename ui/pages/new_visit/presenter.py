"""What starting a visit does: offers plants and checklists, says what is missing, starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, Protocol
from uuid import UUID

from greenaudit.domain.checklists import MODULES, Module
from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from greenaudit.services.views import ChecklistCard, Outlook, PlantCard
from ui.ports import ErrorView, Tasks
from ui.routes import Route, Walk

Kind = Literal["full", "rapid"]


class Visits(Protocol):
    """What a visit can be started with, and starting it."""

    def plants(self) -> tuple[PlantCard, ...]: ...

    def checklists(self) -> tuple[ChecklistCard, ...]: ...

    def outlook(
        self, *, plant_id: UUID, checklist_sha: str, modules: tuple[Module, ...], kind: Kind
    ) -> Outlook: ...

    def start(
        self, *, plant_id: UUID, checklist_sha: str, modules: tuple[Module, ...], kind: Kind, accept: bool
    ) -> UUID: ...


@dataclass(frozen=True)
class Draft:
    """What has been chosen so far. A checklist that nobody signed (`unsigned`) is used by whoever accepts it."""

    plant_id: UUID | None = None
    checklist_sha: str = ""
    unsigned: bool = False
    accepted: bool = False
    modules: tuple[Module, ...] = MODULES
    kind: Kind = "full"

    @property
    def missing(self) -> Message | None:
        """What still has to be chosen, None when the visit can start."""
        if self.plant_id is None:
            return msg("Choose a plant first.")
        if not self.checklist_sha:
            return msg("Choose a checklist first.")
        if self.unsigned and not self.accepted:
            return msg("Accept the unsigned checklist, or choose another.")
        return None if self.modules else msg("Choose at least one module.")


class NewVisitView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_offer(self, plants: tuple[PlantCard, ...], checklists: tuple[ChecklistCard, ...]) -> None: ...

    def show_draft(self, draft: Draft) -> None: ...

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Says what would be asked and how long that takes; None: it isn't known yet."""

    def show_starting(self, *, busy: bool) -> None: ...

    def leave_for(self, route: Route) -> None: ...


class NewVisitPresenter:
    """Keeps the draft; nothing is written before the person starts."""

    def __init__(self, visits: Visits, tasks: Tasks, view: NewVisitView) -> None:
        self._visits, self._tasks, self._view = visits, tasks, view
        self.draft = Draft()
        self._unsigned: frozenset[str] = frozenset()

    def load(self, plant_id: UUID | None = None) -> None:
        """Begins anew, with the plant already chosen where one is given."""
        self.draft = Draft(plant_id=plant_id)
        self._tasks.run(self._offer, done=self._offered, failed=self._view.show_error)

    def choose_plant(self, plant_id: UUID) -> None:
        self._draft(replace(self.draft, plant_id=plant_id))

    def choose_checklist(self, sha: str) -> None:
        """Takes a checklist; one that nobody signed is accepted anew each time that it is chosen."""
        self._draft(replace(self.draft, checklist_sha=sha, unsigned=sha in self._unsigned, accepted=False))

    def accept(self, *, on: bool) -> None:
        """The person takes it upon themselves to use a checklist that nobody signed."""
        self._draft(replace(self.draft, accepted=on))

    def choose_kind(self, kind: Kind) -> None:
        self._draft(replace(self.draft, kind=kind))

    def include(self, module: Module, *, on: bool) -> None:
        """Takes a module in or leaves it out; the order stays that of the checklist."""
        wanted = {*self.draft.modules, module} if on else {*self.draft.modules} - {module}
        self._draft(replace(self.draft, modules=tuple(m for m in MODULES if m in wanted)))

    def start(self) -> None:
        """Starts the visit and goes to its walk."""
        draft = self.draft
        if draft.plant_id is None or draft.missing is not None:
            return
        self._view.show_starting(busy=True)
        work = partial(
            self._visits.start,
            plant_id=draft.plant_id, checklist_sha=draft.checklist_sha, modules=draft.modules, kind=draft.kind,
            accept=draft.unsigned and draft.accepted,
        )  # fmt: skip
        self._tasks.run(work, done=self._started, failed=self._failed)

    def _offer(self) -> tuple[tuple[PlantCard, ...], tuple[ChecklistCard, ...]]:
        return self._visits.plants(), self._visits.checklists()

    def _offered(self, offer: tuple[tuple[PlantCard, ...], tuple[ChecklistCard, ...]]) -> None:
        plants, checklists = offer
        self._unsigned = frozenset(card.sha256 for card in checklists if not card.trusted)
        trusted = [card for card in checklists if card.trusted]
        if len(trusted) == 1:
            self.draft = replace(self.draft, checklist_sha=trusted[0].sha256)
        if self.draft.plant_id is None and len(plants) == 1:
            self.draft = replace(self.draft, plant_id=plants[0].plant.id)
        self._view.show_offer(plants, checklists)
        self._draft(self.draft)

    def _draft(self, draft: Draft) -> None:
        self.draft = draft
        self._view.show_draft(draft)
        if draft.plant_id is None or not draft.checklist_sha or not draft.modules:
            self._view.show_outlook(None)
            return
        work = partial(
            self._visits.outlook,
            plant_id=draft.plant_id, checklist_sha=draft.checklist_sha, modules=draft.modules, kind=draft.kind,
        )  # fmt: skip
        self._tasks.run(work, done=partial(self._looked, draft), failed=self._view.show_error)

    def _looked(self, draft: Draft, outlook: Outlook) -> None:
        """Shows what a draft would ask, unless something else has been chosen meanwhile."""
        if replace(self.draft, accepted=draft.accepted) == draft:
            self._view.show_outlook(outlook)

    def _started(self, assessment_id: UUID) -> None:
        self._view.show_starting(busy=False)
        self._view.leave_for(Walk(assessment_id))

    def _failed(self, error: GreenAuditError) -> None:
        self._view.show_starting(busy=False)
        self._view.show_error(error)
