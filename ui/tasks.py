"""The one way to leave the UI thread and to come back to it.

One carrier object lives on the main thread and outlives all work; its signal brings results home. One thread
works for the store, in turn; one talks to the endpoint; one does the rest. No QThread, and no pool that owns a
signal holder.

At the end nobody waits for the endpoint: a line that swallows what is sent keeps its thread for minutes. That thread
is left where it hangs; what it had brought is in the store, and the next start goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from greenaudit.errors import BugError, GreenAuditError
from ui.ports import Done, Failed

T = TypeVar("T")

LAST_WORD = 1.0
"""Seconds that work with the endpoint has at the end to come to a place where it can stop."""


def as_ours(error: Exception) -> GreenAuditError:
    """The error itself, or a BugError around what nobody foresaw."""
    if isinstance(error, GreenAuditError):
        return error
    bug = BugError(f"{type(error).__name__}: {error}")
    bug.__cause__ = error
    return bug


class _Carrier(QObject):
    """Brings closures from the workers to the thread it lives on.

    Signals:
        arrived (Callable[[], None]): to be called on the main thread.
    """

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def deliver(self, call: Callable[[], None]) -> None:
        call()


class _Line:
    """A thread for work with the endpoint, in turn. Unlike a pool's, it can be left behind while it hangs."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="endpoint", daemon=True)
        self._ended = False

    def submit(self, call: Callable[[], None]) -> None:
        """Does this after what was asked for before."""
        if not self._thread.is_alive():
            self._thread.start()
        self._waiting.put(call)

    def end(self) -> None:
        """Drops what waits, and gives what is under way a moment."""
        self._ended = True
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(LAST_WORD)

    def _work(self) -> None:
        while (call := self._waiting.get()) is not None and not self._ended:
            call()


class BackgroundTasks:
    """`ui.ports.Tasks` with three threads. Make it on the main thread, close it before the application ends."""

    def __init__(self, unhandled: Failed) -> None:
        self._unhandled = unhandled
        self._carrier = _Carrier()
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._rest = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        self._far = _Line()
        self._closed = False

    def run(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work on the store: one thread, strictly in turn."""
        self._submit(self._store.submit, work, done, failed)

    def aside(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work that leaves the store alone."""
        self._submit(self._rest.submit, work, done, failed)

    def afar(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work with the endpoint: a slow line keeps nothing else waiting."""
        self._submit(self._far.submit, work, done, failed)

    def close(self) -> None:
        """Ends the threads: the store's work is finished, the rest dropped, and nobody waits for the endpoint.

        Results are no longer delivered.
        """
        if self._closed:
            return
        self._closed = True
        self._end_others()
        self._store.shutdown(wait=True)

    def finish(self, last: Callable[[], None]) -> None:
        """Closes with a last piece of the store's work: what closes the store belongs here."""
        if self._closed:
            return
        self._closed = True
        self._end_others()
        self._store.submit(last)
        self._store.shutdown(wait=True)

    def _end_others(self) -> None:
        self._rest.shutdown(wait=False, cancel_futures=True)
        self._far.end()
        self._rest.shutdown(wait=True)

    def stopping(self) -> bool:
        """Whether the window is closing."""
        return self._closed

    def _submit(
        self,
        submit: Callable[[Callable[[], None]], object],
        work: Callable[[], T],
        done: Done[T],
        failed: Failed | None,
    ) -> None:
        if self._closed:
            raise BugError("work was asked for after the window had closed")
        submit(partial(self._perform, work, done, failed or self._unhandled))

    def _perform(self, work: Callable[[], T], done: Done[T], failed: Failed) -> None:
        try:
            result = work()
        except Exception as error:  # the edge of a thread: everything must come home
            self._bring(partial(self._deliver, failed, as_ours(error)))
        else:
            self._bring(partial(self._deliver, done, result))

    def _bring(self, call: Callable[[], None]) -> None:
        if not self._closed:  # a thread that was left behind may come to its end when Qt has gone
            self._carrier.arrived.emit(call)

    def _deliver(self, receiver: Callable[[T], None], value: T) -> None:
        if not self._closed:
            receiver(value)
