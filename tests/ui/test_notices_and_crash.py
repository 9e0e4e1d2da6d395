"""Errors reach a person in one place, and what breaks saves first."""

from __future__ import annotations

import logging
import sys

import pytest

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.messages import msg
from ui.crash import CrashGuard
from ui.notices import Notice, NoticeBoard, notice_of


def test_a_known_error_shows_its_own_sentence() -> None:
    notice = notice_of(KnownError("full", msg("Settings")))
    assert (notice.kind, str(notice.message)) == ("known", "Settings")


def test_a_bug_says_that_the_work_is_safe() -> None:
    notice = notice_of(BugError("no such thing"))
    assert notice.kind == "bug"
    assert "is saved" in str(notice.message)
    assert "no such thing" in notice.detail


def test_notices_wait_until_somebody_shows_them() -> None:
    board, shown = NoticeBoard(), []
    board.done(msg("Home"))
    board.shown_by(shown.append)
    board.done(msg("Theme"))
    assert [str(notice.message) for notice in shown] == ["Home", "Theme"]


def test_a_bug_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    shown: list[Notice] = []
    board = NoticeBoard()
    board.shown_by(shown.append)
    with caplog.at_level(logging.ERROR, "greenaudit.ui"):
        board.error(BugError("lost"))
    assert "lost" in caplog.text
    assert shown[0].kind == "bug"


def test_a_crash_saves_before_it_shows() -> None:
    steps: list[str] = []
    guard = CrashGuard(lambda: steps.append("saved"), lambda error: steps.append(error.code))
    guard.caught(ValueError, ValueError("odd"))
    assert steps == ["saved", "bug"]


def test_a_crash_in_the_crash_does_not_go_round() -> None:
    shown: list[GreenAuditError] = []

    def show(error: GreenAuditError) -> None:
        shown.append(error)
        guard.caught(ValueError, ValueError("again"))

    guard = CrashGuard(lambda: None, show)
    guard.caught(ValueError, ValueError("first"))
    assert len(shown) == 1
    guard.caught(ValueError, ValueError("later"))
    assert len(shown) == 2


def test_a_crash_is_shown_even_when_saving_fails() -> None:
    shown: list[GreenAuditError] = []

    def save() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        CrashGuard(save, shown.append).caught(ValueError, ValueError("odd"))
    assert len(shown) == 1


def test_leaving_by_ctrl_c_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: passed.append(kind))
    guard = CrashGuard(lambda: None, lambda error: pytest.fail(str(error)))
    guard.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    guard.remove()
    assert passed == [KeyboardInterrupt]
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(passed) == 2
