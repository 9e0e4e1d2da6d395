"""Sends what is only here: by itself at the start, after a signing and every few minutes, or when a person asks.

What goes wrong by itself changes the state that Home shows and nothing else: without a network all is well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.log import logger
from greenaudit.messages import Message, msg
from ui.ports import Notices, SendingState, Tasks, Told

if TYPE_CHECKING:
    from greenaudit.services.opening import App
    from greenaudit.services.syncing import SyncSummary

EVERY = 5 * 60 * 1000
"""How often it is looked whether something waits, in milliseconds."""
LONGEST = 10 * 60.0
"""Seconds after which a round that nobody asked for leaves the rest to the next one."""

UNKNOWN = msg("Something went wrong in sending. It is tried again.")

_log = logger("sync")
Tell = Callable[[SendingState], None]


@dataclass(frozen=True)
class _Round:
    """What came of a round; `summary` is None when nothing had to be sent."""

    enrolled: bool
    by_itself: bool
    summary: SyncSummary | None = None


class Sender:
    """`ui.ports.Sending` over the services. All of it is called on the UI thread."""

    def __init__(self, tasks: Tasks, notices: Notices, owner: QObject) -> None:
        self._tasks, self._notices = tasks, notices
        self._app: App | None = None
        self._arrived: Callable[[], None] = _nobody
        self._next: Callable[[], None] = _nobody
        self._followers: list[Tell] = []
        self._state = SendingState()
        self._timer = QTimer(owner, interval=EVERY)
        self._timer.timeout.connect(self.nudge)

    def begin(self, app: App, arrived: Callable[[], None]) -> None:
        """Begins to look; `arrived` is called when something came from elsewhere."""
        self._app, self._arrived = app, arrived
        self._timer.start()
        self._run(partial(self._quiet, app, always=True))

    def end(self) -> None:
        """Begins nothing any more."""
        self._timer.stop()

    @property
    def state(self) -> SendingState:
        """How it stands."""
        return self._state

    def follow(self, tell: Tell) -> None:
        """Calls `tell` now and at each change."""
        self._followers.append(tell)
        tell(self._state)

    def nudge(self) -> None:
        """Sends if it may and something waits."""
        if self._app is not None:
            self._run(partial(self._quiet, self._app, always=False))

    def send(self, told: Told | None = None) -> None:
        """Sends because a person asked for it: they are told what came of it, by a notice or as `told` does."""
        if self._app is None:
            return
        if self._state.busy:
            self._next = partial(self.send, told) if told is not None else self._next
            return
        self._show(replace(self._state, busy=True))
        work = partial(self._asked, self._app)
        self._tasks.afar(work, done=partial(self._sent, told), failed=partial(self._not_sent, told))

    def allow(self, *, on: bool) -> None:
        """Whether it may send by itself, from now on."""
        if self._app is not None:
            work = partial(_allow, self._app, on=on)
            self._tasks.run(work, done=lambda _: self.nudge())

    # On the endpoint's thread

    def _quiet(self, app: App, *, always: bool) -> _Round:
        found = _Round(bool(app.syncing.endpoint), _allowed(app))
        here = app.status.only_here()
        waits = always or here.changes > 0 or here.photos > 0
        if not (found.enrolled and found.by_itself and waits):
            return found
        ends = monotonic() + LONGEST
        return replace(found, summary=app.syncing.run(stopped=partial(self._stopped, ends)))

    def _stopped(self, ends: float) -> bool:
        return self._tasks.stopping() or monotonic() > ends

    def _asked(self, app: App) -> _Round:
        summary = app.syncing.run(stopped=self._tasks.stopping)
        return _Round(bool(app.syncing.endpoint), _allowed(app), summary)

    # On the UI thread

    def _run(self, work: Callable[[], _Round]) -> None:
        if self._state.busy:
            return
        self._show(replace(self._state, busy=True))
        self._tasks.afar(work, done=self._done, failed=self._failed)

    def _done(self, found: _Round) -> None:
        summary = found.summary
        state = replace(self._state, busy=False, enrolled=found.enrolled, by_itself=found.by_itself)
        if summary is not None:
            trouble = next(iter(summary.troubles), None)
            last = f"{datetime.now().astimezone():%H:%M}" if summary.complete else state.last
            state = replace(state, trouble=trouble, last=last)
        self._show(state)
        if summary is not None and (summary.pulled or summary.photos_received):
            self._arrived()
        self._go_on()

    def _failed(self, error: GreenAuditError) -> None:
        if isinstance(error, BugError):
            _log.error("sending by itself failed: %s", error, exc_info=error)
        self._show(replace(self._state, busy=False, trouble=_words(error)))
        self._go_on()

    def _go_on(self) -> None:
        """Sends for whoever asked during the round that has ended."""
        asked, self._next = self._next, _nobody
        asked()

    def _sent(self, told: Told | None, found: _Round) -> None:
        self._done(found)
        summary = found.summary
        if summary is None:
            return
        if told is not None:
            told(summary.message, good=summary.complete)
        elif summary.complete:
            self._notices.done(summary.message)
        else:
            self._notices.error(KnownError("sync_incomplete", summary.message))

    def _not_sent(self, told: Told | None, error: GreenAuditError) -> None:
        self._failed(error)
        if told is not None:
            told(error.message, good=False)
        else:
            self._notices.error(error)

    def _show(self, state: SendingState) -> None:
        self._state = state
        for tell in self._followers:
            tell(state)


def _allowed(app: App) -> bool:
    try:
        return app.preferences.load().send_by_itself
    except KnownError:  # said when the window opened; the defaults hold for this run
        return True


def _allow(app: App, *, on: bool) -> None:
    settings = app.preferences.load()
    app.preferences.save(settings.model_copy(update={"send_by_itself": on}))


def _words(error: GreenAuditError) -> Message:
    return UNKNOWN if isinstance(error, BugError) else error.message


def _nobody() -> None:
    """Nobody waits for what comes from elsewhere, or for the end of a round."""
