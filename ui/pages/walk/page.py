"""The walk as it is seen: areas, the question, its proof; laid out for three size classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from greenaudit.domain.evidence import Photo
from greenaudit.domain.findings import Finding
from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.capture import Camera
from ui.pages.walk.activity import Activity
from ui.pages.walk.choosing import NAMES, Only, said_choice
from ui.pages.walk.destinations import places
from ui.pages.walk.keeping import Keeping
from ui.pages.walk.keys import Acts, WalkKeys
from ui.pages.walk.laid_out import LaidOut
from ui.pages.walk.presenter import WalkPresenter
from ui.pages.walk.values import CardState, Effect, ProgressState, RowDraft, RowState
from ui.ports import Destination, Frame, Notices, Tools
from ui.routes import Route, Walk
from ui.widgets.focus import focus_by_keys, usable
from ui.widgets.page import Page
from ui.widgets.pickers import PickPhotos, pick_photos

LARGE = 1400
"""Pixels of a photo that is looked at."""


class WalkPage(LaidOut):
    """Answer left, proof right; when narrow the proof stands below the answer."""

    presenter: WalkPresenter

    def __init__(self, notices: Notices, camera: Camera, pick: PickPhotos) -> None:
        super().__init__()
        self._notices, self._camera, self._pick = notices, camera, pick
        self._progress: ProgressState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys = WalkKeys(
            self, self._acts, self._press_digit,
            {QKeySequence.StandardKey.Undo: self._undo, QKeySequence.StandardKey.Redo: self._redo}, self.is_free,
        )  # fmt: skip
        for scrolls in (self._scroll, self._proof_scroll):
            self._keys.come_before(scrolls)
        self.fit("wide")

    # Presenter

    def use(self, presenter: WalkPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self._connect_card(presenter)
        self._connect_proof(presenter)
        self.footer.back.clicked.connect(self.step_back)
        self.footer.next.clicked.connect(self.step_on)
        self.footer.not_applicable.clicked.connect(self.not_applicable.appear)
        self.footer.not_seen.clicked.connect(self.not_seen.appear)
        self.areas.picked.connect(self._area_picked)
        self.picker.pressed.connect(self.open_areas)
        self.rail_button.clicked.connect(self.open_areas)
        for sheet in (self.not_applicable, self.not_seen):
            sheet.chosen.connect(self._set_aside)
        self.finding.written.connect(presenter.find)
        self.finding.corrected.connect(presenter.correct_finding)
        self.finding.withdrawn.connect(self._withdraw_finding)
        self.choosing.chosen.connect(self._choose_walk)
        self.head.choose.clicked.connect(self._ask_choosing)
        self.choose_button.clicked.connect(self._ask_choosing)
        keeping = presenter.keeping
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.resting.timeout.connect(keeping.tick)
        for each in self.sheets():
            each.closed.connect(presenter.settled)
        Activity(self, keeping.touch, keeping.pause, self._tick)

    def _tick(self) -> None:
        """Time went by: what is shown of it follows, and is kept now and then."""
        self.presenter.keeping.tick()
        self.presenter.show_progress()

    def _connect_card(self, presenter: WalkPresenter) -> None:
        self.card.answered.connect(presenter.answer)
        self.card.taken_back.connect(presenter.clear)
        self.card.note_wanted.connect(self._to_note)
        self.card.row_wanted.connect(self._open_row)
        self.card.row_unwanted.connect(self._remove_row)
        self.card.undo_wanted.connect(self._undo)
        self.row.kept.connect(presenter.keep_row)
        self.row.removed.connect(presenter.remove_row)
        self.card.settled.connect(presenter.settle)
        self.card.finding_wanted.connect(self.finding.ask_again)
        self.card.danger_gone.connect(self._ask_danger_gone)
        self.card.revision_wanted.connect(partial(self.revision.ask, presenter.start_revision))

    def _connect_proof(self, presenter: WalkPresenter) -> None:
        self.proof.proved.connect(presenter.prove)
        self.proof.noted.connect(presenter.note)
        self.proof.flagged.connect(self._flag)
        self.proof.find_wanted.connect(self._find)
        photos = self.proof.photos
        photos.file_wanted.connect(self.add_from_file)
        photos.camera_wanted.connect(self.add_from_camera)
        photos.dropped.connect(presenter.add_photo_file)
        photos.picture_wanted.connect(self._picture_wanted)
        photos.opened.connect(self._open_photo)
        self.photo.captioned.connect(self._caption)
        self.photo.removed.connect(self._remove_photo)

    def open(self, route: Route) -> None:
        if isinstance(route, Walk):
            self.flush()
            self.presenter.open(route)

    def close_page(self) -> None:
        self.dismiss_sheets()
        self.flush()
        self.presenter.keeping.pause()

    def refresh(self) -> None:
        self.flush()
        self.presenter.catch_up()

    def is_free(self) -> bool:
        """Whether no sheet lies over the page."""
        return not any(sheet.isVisible() for sheet in self.sheets())

    @contextmanager
    def fields_follow(self) -> Iterator[None]:
        """A field holds on to its text while it has the focus; within, it lets go of what nobody has typed."""
        held = self.window().focusWidget() if self._keys.is_typing() else None
        if held is None or not self.isAncestorOf(held):
            yield
            return
        held.clearFocus()
        yield
        if usable(held):
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Hands over what is still in a field."""
        if self._card is not None:
            self.card.answer.flush()
            self.proof.flush()

    def _acts(self) -> Acts:
        """What keys do: always, and only while the question can be answered."""
        always: Acts = {
            Qt.Key.Key_Return: self.step_on,
            Qt.Key.Key_Enter: self.step_on,
            Qt.Key.Key_PageDown: self.step_on,
            Qt.Key.Key_PageUp: self.step_back,
            Qt.Key.Key_G: self.card.toggle_guide,
            Qt.Key.Key_Down: self._to_answer,
            Qt.Key.Key_Up: self._to_answer,
        }
        editing: Acts = {
            Qt.Key.Key_N: self.not_applicable.appear,
            Qt.Key.Key_P: self.add_from_camera,
            Qt.Key.Key_F: self._find,
        }
        return {**always, **editing} if self.is_editable() else always if self._card is not None else {}

    def _undo(self) -> None:
        if self.is_editable():
            self.presenter.undo()

    def _redo(self) -> None:
        if self.is_editable():
            self.presenter.redo()

    def _press_digit(self, digit: int) -> bool:
        return self.is_editable() and self.card.answer.press_digit(digit)

    def _to_answer(self) -> None:
        first = self.card.answer.first()
        if first is not None:
            focus_by_keys(first)

    def is_editable(self) -> bool:
        """Whether the question that is shown can be answered."""
        return self._card is not None and not self._card.closed

    def destinations(self) -> tuple[Destination, ...]:
        if self._progress is None:
            return ()
        return (*places(self.presenter.place, self._progress), *self._doings())

    def _doings(self) -> tuple[Destination, ...]:
        """What can be done from "Go to…" as well: in medium windows and by fingers there is no other button for it."""
        acts = [
            Destination(name, "path", act=partial(self._choose, only), sub=msg("Walk to"))
            for only, name in NAMES.items()
        ]
        if self.is_editable():
            acts += [
                Destination(msg("Undo the last edit"), "arrow-left", act=self._undo, sub="Ctrl+Z"),
                Destination(msg("Do it again"), "arrow-right", act=self._redo, sub="Ctrl+Y"),
            ]
        return tuple(acts)

    def _choose(self, only: Only) -> None:
        self.flush()
        self.presenter.choose(only, by_module=self.presenter.place.choosing.by_module)

    def _choose_walk(self, only: Only, by_module: bool) -> None:
        self.flush()
        self.presenter.choose(only, by_module=by_module)

    def _ask_choosing(self) -> None:
        self.area_sheet.dismiss()
        place = self.presenter.place
        self.choosing.ask(place.counted(), place.counts())

    def retranslate(self) -> None:
        self.card.again()
        if self._progress is not None:
            self.show_progress(self._progress)

    # What the presenter asks for

    def show_card(self, card: CardState) -> None:
        """Shows a question."""
        anew = self._card is None or self._card.state.question.id != card.state.question.id
        if anew:
            self.flush()
        self._card = card
        self._empty_row.hide()
        self._body.show()
        self.picker.setVisible(self.size_class == "narrow")
        self.card.show_card(card)
        self.proof.show_card(card)
        self.footer.show_card(card)
        if anew:
            self.cue.show_card(card)
            self.scroll_to(0)
            self._take_focus()

    def _take_focus(self) -> None:
        """A new question: the keys answer it. A button that was pressed keeps the focus, so that Enter goes on."""
        focused = self.window().focusWidget()
        inside = focused is not None and self.isAncestorOf(focused) and focused.isVisible()
        if not inside or self._keys.is_typing():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, progress: ProgressState) -> None:
        """Shows the areas and the figures."""
        self._progress = progress
        self.areas.show_areas(progress.areas, progress.here)
        self.head.show_progress(progress)
        self.total_time.say(progress.time())
        self.cue.show_progress(progress)
        self.choose_button.say(said_choice(progress.choosing))
        self.strip.show_meters(progress.meters)
        self.picker.show_progress(progress)

    def show_frame(self, frame: Frame) -> None:
        """Gives the visit bar what it shows."""
        self.framed.emit(frame)

    def show_problem(self, said: Message | None) -> None:
        """Says beside the answer why it was not taken."""
        self.card.show_problem(said)
        if said is not None:
            self._scroll.ensureWidgetVisible(self.card.problem)

    def ask_effect(self, effect: Effect, go_on: Callable[[], None], leave: Callable[[], None]) -> None:
        """Says what an answer does to other questions before it is given."""
        self.effect.ask(effect, go_on, leave)

    def show_done(self, said: Message) -> None:
        """Says shortly what happened."""
        self._notices.done(said)

    def _scrolled(self, value: int) -> None:
        if not self._laying_out.isActive():
            self._wanted = 0  # from now on the person's hand says where
            self.presenter.keeping.scrolled(value)
            self.resting.start()

    def show_nothing(self) -> None:
        """The visit asks nothing."""
        self._body.hide()
        self._empty_row.show()

    def show_error(self, error: GreenAuditError) -> None:
        """What has no place on the card goes to the notices."""
        self._notices.error(error)

    def leave_for(self, route: Route) -> None:
        """Goes elsewhere."""
        self.go.emit(route)

    # What a person does

    def step_on(self) -> None:
        """On to the next question; what is still in a field goes first."""
        self.flush()
        self.presenter.next()

    def step_back(self) -> None:
        """Back to the question before."""
        self.flush()
        self.presenter.back()

    def add_from_file(self) -> None:
        """Adds photos from files."""
        for path in self._pick(self):
            self.presenter.add_photo_file(path)

    def add_from_camera(self) -> None:
        """Adds a photo from the camera, or from a file where there is none."""
        if self._camera.is_there():
            self._camera.take(self, self.presenter.add_photo)
        else:
            self.add_from_file()

    def _area_picked(self, area: object) -> None:
        self.area_sheet.dismiss()
        self.flush()
        self.presenter.pick_area(area.area.id)  # type: ignore[attr-defined]

    def _flag(self, flagged: bool) -> None:
        self.presenter.flag(flagged=flagged)

    def _set_aside(self, state: str, reason: str) -> None:
        self.presenter.set_aside(state, reason)
        if reason == "other":
            self._to_note()

    def _find(self) -> None:
        self.finding.ask(self.presenter.state().question.id)

    def _withdraw_finding(self, found: Finding) -> None:
        self.presenter.withdraw_finding(found.id)

    def _to_note(self) -> None:
        """A reason that is asked for in the note is written there at once: what is typed goes nowhere else."""
        note = self.proof.note
        note.setFocus(Qt.FocusReason.OtherFocusReason)
        for scrolls in (self._scroll, self._proof_scroll):
            if scrolls.isAncestorOf(note):
                scrolls.ensureWidgetVisible(note)

    def _open_row(self, line: RowState | None) -> None:
        if self._card is not None:
            self.row.show_row(self._card, line)

    def _remove_row(self, line: RowState) -> None:
        if self.is_editable():
            self.presenter.remove_row(RowDraft(self.presenter.state().question.id, line.row_id))

    def _ask_danger_gone(self, found: Finding) -> None:
        self.danger_gone.ask(partial(self.presenter.danger_gone, found.id))

    def _picture_wanted(self, sha256: str) -> None:
        self.presenter.picture(sha256, 480, partial(self.proof.photos.show_picture, sha256))

    def _open_photo(self, photo: Photo) -> None:
        self.photo.show_photo(photo, closed=self._card is not None and self._card.closed)
        self.presenter.picture(photo.sha256, LARGE, partial(self.photo.show_picture, photo.sha256))

    def _caption(self, photo: Photo, text: str) -> None:
        self.presenter.caption(photo.id, text)

    def _remove_photo(self, photo: Photo) -> None:
        self.presenter.remove_photo(photo.id)


def build(tools: Tools, camera: Camera, pick: PickPhotos = pick_photos) -> Page:
    """The walk with its presenter."""
    page = WalkPage(tools.notices, camera, pick)
    app = tools.app
    keeping = Keeping(app.bookmarks, app.context.clock, tools.tasks, tools.notices.error)
    page.use(
        WalkPresenter(app.visits, app.walk, app.evidence, app.closing, app.status, keeping, tools.tasks, page)
    )
    return page
