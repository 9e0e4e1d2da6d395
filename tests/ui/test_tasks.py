"""Work leaves the UI thread by one way and comes back by one way."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.messages import msg
from tests.helpers.ui import InlineTasks, settle
from ui.tasks import BackgroundTasks


@pytest.fixture
def unhandled() -> list[GreenAuditError]:
    return []


@pytest.fixture
def tasks(qtbot: QtBot, unhandled: list[GreenAuditError]) -> Iterator[BackgroundTasks]:
    running = BackgroundTasks(unhandled.append)
    yield running
    running.close()


def test_work_is_done_elsewhere_and_delivered_here(tasks: BackgroundTasks, qtbot: QtBot) -> None:
    here, seen = threading.current_thread(), []
    tasks.run(threading.current_thread, done=lambda there: seen.append((there, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    there, back = seen[0]
    assert there is not here
    assert there.name.startswith("store")
    assert back is here


def test_the_store_has_one_thread_and_keeps_the_order(tasks: BackgroundTasks, qtbot: QtBot) -> None:
    delivered: list[int] = []
    threads: set[int] = set()

    def work(number: int) -> int:
        threads.add(threading.get_ident())
        return number

    for number in range(200):
        tasks.run(lambda n=number: work(n), done=delivered.append)
    qtbot.waitUntil(lambda: len(delivered) == 200)
    assert delivered == list(range(200))
    assert len(threads) == 1


def test_slow_work_aside_does_not_hold_the_store(tasks: BackgroundTasks, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    tasks.aside(gate.wait, done=lambda _: seen.append("aside"))
    tasks.run(lambda: "store", done=seen.append)
    qtbot.waitUntil(lambda: seen == ["store"])
    gate.set()
    qtbot.waitUntil(lambda: seen == ["store", "aside"])


def test_a_known_error_goes_where_it_was_asked_for(
    tasks: BackgroundTasks, qtbot: QtBot, unhandled: list[GreenAuditError]
) -> None:
    known, failed = KnownError("gone", msg("Settings")), []

    def work() -> None:
        raise known

    tasks.run(work, done=lambda _: None, failed=failed.append)
    qtbot.waitUntil(lambda: failed == [known])
    assert not unhandled


def test_what_nobody_foresaw_is_a_bug_and_reaches_the_notices(
    tasks: BackgroundTasks, qtbot: QtBot, unhandled: list[GreenAuditError]
) -> None:
    tasks.run(lambda: 1 // 0, done=lambda _: None)
    qtbot.waitUntil(lambda: bool(unhandled))
    assert isinstance(unhandled[0], BugError)
    assert isinstance(unhandled[0].__cause__, ZeroDivisionError)


def test_closing_finishes_what_the_store_was_asked_for(qtbot: QtBot) -> None:
    tasks, written, delivered = BackgroundTasks(lambda _: None), [], []
    for number in range(50):
        tasks.run(lambda n=number: written.append(n), done=delivered.append)
    tasks.finish(lambda: written.append("closed"))
    settle()
    assert written == [*range(50), "closed"]
    assert not delivered
    tasks.close()
    with pytest.raises(BugError):
        tasks.run(lambda: None, done=delivered.append)


def test_nobody_waits_for_a_line_that_swallows_everything(qtbot: QtBot) -> None:
    tasks, written, delivered = BackgroundTasks(lambda _: None), [], []
    begun, gate, over = threading.Event(), threading.Event(), threading.Event()

    def hangs() -> None:
        begun.set()
        gate.wait()
        over.set()

    tasks.afar(hangs, done=delivered.append)
    tasks.afar(lambda: written.append("never"), done=delivered.append)
    begun.wait()
    tasks.run(lambda: written.append("answer"), done=delivered.append)
    tasks.finish(lambda: written.append("closed"))
    assert not over.is_set(), "closing waited for the line"
    assert written == ["answer", "closed"]
    gate.set()
    over.wait()
    settle()
    assert not delivered
    assert written == ["answer", "closed"], "what waited behind it is dropped"


def test_what_can_stop_has_stopped_before_the_store_is_closed(qtbot: QtBot) -> None:
    tasks, seen = BackgroundTasks(lambda _: None), []
    begun = threading.Event()

    def in_pieces() -> None:
        begun.set()
        while not tasks.stopping():
            pass
        seen.append("stopped")

    tasks.afar(in_pieces, done=seen.append)
    begun.wait()
    tasks.finish(lambda: seen.append("closed"))
    assert seen == ["stopped", "closed"]


def test_inline_tasks_behave_alike() -> None:
    tasks, seen = InlineTasks(), []
    tasks.run(lambda: 1, done=seen.append)
    tasks.aside(lambda: 1 // 0, done=seen.append)
    assert seen == [1]
    assert isinstance(tasks.unhandled[0], BugError)
