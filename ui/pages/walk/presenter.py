"""What the walk does: it knows where one stands, saves each edit as it is given, and shows what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar
from uuid import UUID

from greenaudit.domain.assessments import Response
from greenaudit.errors import GreenAuditError, KnownError
from greenaudit.messages import msg
from greenaudit.services.views import Bookmark, OnlyHere, Saved, Undone, Visit
from ui.i18n import locale
from ui.i18n.formatting import formats
from ui.pages.walk.answering import is_empty, tells_about_plant
from ui.pages.walk.cards import card_of, progress_of
from ui.pages.walk.choosing import Only
from ui.pages.walk.keeping import Keeping
from ui.pages.walk.proving import Proving
from ui.pages.walk.rows import keep_row, remove_row
from ui.pages.walk.services import Closing, EvidenceService, Status, Visits, WalkService
from ui.pages.walk.stops import Way
from ui.pages.walk.values import (
    Change,
    Effect,
    RowDraft,
    Stop,
    WalkView,
)
from ui.ports import Done, Frame, Tasks
from ui.routes import Sign, Walk

T = TypeVar("T")


class WalkPresenter(Proving):
    """Holds the visit as it was last told; every edit goes to the services at once and comes back as `Saved`."""

    def __init__(
        self,
        visits: Visits,
        walk: WalkService,
        evidence: EvidenceService,
        closing: Closing,
        status: Status,
        keeping: Keeping,
        tasks: Tasks,
        view: WalkView,
    ) -> None:
        super().__init__(walk, evidence, tasks, view)
        self._visits, self._closing, self._status, self.keeping = visits, closing, status, keeping
        self._only: OnlyHere | None = None
        self._saved_at = ""
        self._opening = self._edits = 0
        self._behind = False

    # Where one is

    def open(self, route: Walk) -> None:
        """Opens a visit at a question, at an area, or where it was left."""
        self._opening += 1
        work = partial(self._read, route.assessment_id)
        done = partial(self._opened, route, self._opening)
        self._tasks.run(work, done=done, failed=self._view.show_error)

    def _read(self, assessment_id: UUID) -> tuple[Visit, OnlyHere, Bookmark]:
        visit = self._visits.open(assessment_id)
        return visit, self._status.only_here(), self.keeping.read(assessment_id)

    def _opened(self, route: Walk, opening: int, read: tuple[Visit, OnlyHere, Bookmark]) -> None:
        if opening != self._opening:
            return
        visit, self._only, left = read
        if not self.place.is_in(visit.assessment.id):
            self._saved_at = ""
            self.keeping.enter(visit.assessment.id, left)
        back = self.place.enter(visit, route, left)
        self._behind = False
        self.show()
        if back:
            self._view.scroll_to(left.scroll)

    def catch_up(self) -> None:
        """Something came from elsewhere, or was held back: what is shown follows, once no sheet is being written on."""
        self._behind = True
        self._look()

    def settled(self) -> None:
        """A sheet was put away: what came meanwhile may show."""
        self._look()

    def _look(self) -> None:
        if self._behind and self.place.is_open and self._view.is_free():
            self._behind = False
            done = partial(self._came, self._opening, self._edits)
            work = partial(self._read, self.visit.assessment.id)
            self._tasks.run(work, done=done, failed=self._view.show_error)

    def _came(self, opening: int, edits: int, read: tuple[Visit, OnlyHere, Bookmark]) -> None:
        if opening != self._opening:
            return
        self._view.flush()
        visit, only, left = read
        if edits != self._edits or not self._view.is_free():
            self._behind = True  # what was read is older than what is shown by now: once more after it
            return
        self._only = only
        self.place.enter(visit, Walk(visit.assessment.id), left)
        with self._view.fields_follow():
            self.show()

    def pick_area(self, area_id: str) -> None:
        """Goes to an area: to its first question without an answer."""
        self._go(self.place.first_open(area_id))

    def go_to(self, question_id: str) -> None:
        """Goes to a question."""
        self._go(self.place.way.at("", question_id))

    def next(self) -> None:
        """Goes on; after the last question to the signatures. When no more pass the filter, all are walked to again."""
        beside = self.place.beside(1)
        if beside is None and self.place.choosing.only != "all":
            self.choose("all", by_module=self.place.choosing.by_module)
            self._view.show_done(msg("No more questions pass this filter: all are shown again."))
        elif beside is None:
            self._view.leave_for(Sign(self.visit.assessment.id))
        self._go(beside)

    def back(self) -> None:
        """Goes to the question before."""
        self._go(self.place.beside(-1))

    def choose(self, only: Only, *, by_module: bool) -> None:
        """Walks to some questions only, area by area or module by module."""
        self.place.choose(only, by_module=by_module)
        if self.place.counted().count == 0:
            only = "all"
            self.place.choose(only, by_module=by_module)
            self._view.show_done(msg("No question passes this filter: all are shown."))
        if only != "all" and not self.place.choosing.passes(self.state()):
            beside = self.place.beside(1) or self.place.beside(-1)
            self.place.at = beside or self.place.at
        self.show()

    def _go(self, stop: Stop | None) -> None:
        if stop is not None:
            self.place.at = stop
            self._view.show_problem(None)
            self.show()

    @property
    def is_open(self) -> bool:
        """Whether a question is shown."""
        return self.place.is_open

    @property
    def way(self) -> Way:
        """The stops of the visit that is open."""
        return self.place.way

    # Answering

    def answer(self, change: Change) -> None:
        """Gives or changes the answer. What a change takes out of the visit is said before it happens."""
        state = self.state()
        before = state.answer.response
        response = change(before)
        if response == before or self.visit.closed:
            return
        if is_empty(state.question, response):
            self.clear()
        elif tells_about_plant(state.question):
            self._ask(state.question.id, response, changes=before is not None)
        else:
            self._answer(state.question.id, response)

    def _ask(self, question_id: str, response: Response, *, changes: bool) -> None:
        """Looks and saves in one piece of work: a quick second edit then looks at what the first one left."""
        self._expect(question_id, response=response)
        assessment_id = self.visit.assessment.id
        work = partial(self._give_unless_said, assessment_id, question_id, response, changes)
        self._edit(work, partial(self._given, assessment_id, question_id, response))

    def _give_unless_said(
        self, assessment_id: UUID, question_id: str, response: Response, changes: object
    ) -> Saved | Effect:
        """A first answer only narrows what was asked for want of it; a change, or an answer that falls out, is said."""
        walk = self._walk
        effect = walk.effect_of(assessment_id=assessment_id, question_id=question_id, response=response)
        if effect.kept or (effect.hidden and changes):
            return effect
        return walk.answer(assessment_id=assessment_id, question_id=question_id, response=response)

    def _given(self, assessment_id: UUID, question_id: str, response: Response, came: Saved | Effect) -> None:
        if isinstance(came, Saved):
            self._saved(assessment_id, came)
        else:
            self._view.ask_effect(came, partial(self._answer, question_id, response), self._read_again)

    def _answer(self, question_id: str, response: Response) -> None:
        self._expect(question_id, response=response)
        self._save(partial(self._walk.answer, question_id=question_id, response=response))

    def _read_again(self) -> None:
        """Shows what is stored: what was expected did not come."""
        self.open(Walk(self.visit.assessment.id))

    def set_aside(self, state: str, reason: str) -> None:
        """Not applicable, or not seen, with the reason."""
        parts = {"state": state, "reason": reason}
        response = Response.model_validate(parts)
        self._save(partial(self._walk.answer, question_id=self.state().question.id, response=response))

    def clear(self) -> None:
        """Takes the answer back."""
        if self.state().answer.response is not None:
            self._save(partial(self._walk.clear, question_id=self.state().question.id))

    def settle(self, field: str, change_id: UUID) -> None:
        """Settles a conflict: the chosen value stands."""
        question_id = self.state().question.id
        self._save(partial(self._walk.resolve, question_id=question_id, field=field, change_id=change_id))

    # Rows of a register

    def keep_row(self, draft: RowDraft, cells: Mapping[str, str]) -> None:
        """Saves cells of a row as they were typed; the first of them begins the row."""
        self._save(partial(keep_row, self._walk, draft, dict(cells), locale()))

    def remove_row(self, draft: RowDraft) -> None:
        """Takes a row off its register."""
        assessment_id = self.visit.assessment.id
        work = partial(remove_row, self._walk, draft, assessment_id)
        self._edit(work, partial(self._removed, assessment_id, draft))

    def _removed(self, assessment_id: UUID, draft: RowDraft, saved: Saved | None) -> None:
        if saved is not None and self.place.is_in(assessment_id):
            rows = self.visit.states[draft.question_id].rows
            place = next((k for k, row in enumerate(rows, start=1) if row.id == draft.row_id), 0)
            self._saved(assessment_id, saved, removed=place)

    # Going on after the signatures

    def start_revision(self, reason: str) -> None:
        """Opens the next revision of a signed visit."""
        assessment_id = self.visit.assessment.id
        work = partial(self._closing.start_revision, assessment_id=assessment_id, reason=reason)
        self._tasks.run(work, done=self._reopened, failed=self._failed)

    def _reopened(self, _nothing: None) -> None:
        here = self.place.here()
        self.open(Walk(self.visit.assessment.id, here.question_id, here.area_id))

    # Undoing

    def undo(self) -> None:
        """Takes back this person's last edit, and shows the question it was about."""
        self._take_back(self._walk.undo)

    def redo(self) -> None:
        """Does again what was taken back last."""
        self._take_back(self._walk.redo)

    def _take_back(self, act: Callable[..., Undone | None]) -> None:
        if not self.visit.closed:
            assessment_id = self.visit.assessment.id
            self._edit(partial(act, assessment_id=assessment_id), partial(self._taken_back, assessment_id))

    def _taken_back(self, assessment_id: UUID, undone: Undone | None) -> None:
        if undone is None or not self.place.is_in(assessment_id):
            return
        stop = self.way.at(self.place.here().area_id, undone.question_id)
        self.place.at = stop or self.place.at
        self._saved(assessment_id, undone.saved)
        said = (
            msg("Done again: {what}", what=undone.what)
            if undone.redone
            else msg("Undone: {what}", what=undone.what)
        )
        self._view.show_done(said)

    # Saving

    def _save(self, work: Callable[..., Saved]) -> None:
        assessment_id = self.visit.assessment.id
        self._edit(partial(work, assessment_id=assessment_id), partial(self._saved, assessment_id))

    def _edit(self, work: Callable[[], T], done: Done[T]) -> None:
        self._edits += 1
        self._tasks.run(work, done=done, failed=self._failed)

    def _saved(self, assessment_id: UUID, saved: Saved, *, removed: int = 0) -> None:
        if not self.place.is_in(assessment_id):
            return
        visit = self.visit
        turned = any(state.applies != visit.states[q].applies for q, state in saved.changed.items())
        parts = {
            "states": {**visit.states, **saved.changed},
            "areas": saved.areas,
            "modules": saved.modules,
            "meters": saved.meters,
            "score": saved.score,
            "findings": saved.findings,
        }
        self.place.see(visit.model_copy(update=parts), turned=turned)
        self._only = saved.only_here
        self._saved_at = formats().device_time(saved.at)
        self._view.show_problem(None)
        self.show(removed=removed)
        self._look()

    def _failed(self, error: GreenAuditError) -> None:
        """What the world refused is said beside the answer, and what is stored is read and shown again."""
        self._read_again()
        if isinstance(error, KnownError):
            self._view.show_problem(error.message)
        else:
            self._view.show_error(error)

    # Showing

    def show(self, *, removed: int = 0) -> None:
        """Shows where one is and how it stands; `removed` is the place of a row that was just taken off."""
        visit, stop = self.visit, self.place.at
        self._view.show_frame(self._frame(visit))
        if stop is None:
            self._view.show_nothing()
            return
        self.keeping.stand(stop, self.place.choosing, counts=not visit.closed)
        self.show_progress()
        self._view.show_card(card_of(self.place, stop, removed))

    def show_progress(self) -> None:
        """Shows how far the visit is, and how long it took."""
        if self.place.at is not None:
            self._view.show_progress(progress_of(self.place, self.place.at, self.keeping.minutes()))

    def _frame(self, visit: Visit) -> Frame:
        only = self._only
        away = (only.answers + only.photos or only.changes) if only else 0
        return Frame(
            visit.assessment.id,
            visit.plant.name,
            visit.title,
            "walk",
            self._saved_at,
            away,
            signed=visit.closed,
            sample=visit.sample,
        )
