"""Sending by itself: when it does, that it stays calm, and what a person is told who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.messages import Message, msg
from greenaudit.services.views import OnlyHere
from greenaudit.settings import Settings
from tests.helpers.ui import InlineTasks, KeptNotices
from ui.ports import SendingState
from ui.wiring.sending import UNKNOWN, Sender

NOTHING = OnlyHere(answers=0, photos=0, changes=0)
SAID = msg("Settings")
SOME = OnlyHere(answers=2, photos=1, changes=5)


@dataclass(frozen=True)
class Summary:
    """What a round did."""

    message: Message = SAID
    complete: bool = True
    pulled: int = 0
    photos_received: int = 0
    troubles: tuple[Message, ...] = ()


@dataclass
class Device:
    """The services that sending asks, from memory."""

    endpoint: str = "https://audit.example.org"
    here: OnlyHere = SOME
    settings: Settings = field(default_factory=Settings)
    gives: Summary | GreenAuditError = field(default_factory=Summary)
    unreadable: bool = False
    runs: int = 0

    def app(self) -> Any:
        return SimpleNamespace(syncing=self, status=self, preferences=self)

    def only_here(self) -> OnlyHere:
        return self.here

    def run(self, *, stopped: Callable[[], bool]) -> Summary:
        self.runs += 1
        assert not stopped()
        if isinstance(self.gives, GreenAuditError):
            raise self.gives
        return self.gives

    def load(self) -> Settings:
        if self.unreadable:
            raise KnownError("settings_damaged", msg("Settings"))
        return self.settings

    def save(self, settings: Settings) -> None:
        self.settings = settings


@dataclass
class Bench:
    """A sender with what it tells."""

    device: Device
    sender: Sender
    notices: KeptNotices
    states: list[SendingState] = field(default_factory=list)
    arrived: int = 0

    def begin(self) -> Bench:
        self.sender.follow(self.states.append)
        self.sender.begin(self.device.app(), self._came)
        return self

    def _came(self) -> None:
        self.arrived += 1


@pytest.fixture
def bench() -> Iterator[Bench]:
    owner, notices = QObject(), KeptNotices()
    made = Bench(Device(), Sender(InlineTasks(), notices, owner), notices)
    yield made
    made.sender.end()
    owner.deleteLater()


def test_it_sends_at_the_start_and_again_only_when_something_waits(bench: Bench) -> None:
    bench.device.here = NOTHING
    bench.begin()
    assert bench.device.runs == 1, "what is new is fetched at the start"
    bench.sender.nudge()
    assert bench.device.runs == 1
    bench.device.here = SOME
    bench.sender.nudge()
    assert bench.device.runs == 2
    assert bench.sender.state.last
    assert [state.busy for state in bench.states] == [False, True, False, True, False, True, False]
    assert not bench.notices.confirmed, "nobody asked"


def test_a_device_that_is_not_enrolled_sends_nothing(bench: Bench) -> None:
    bench.device.endpoint = ""
    bench.begin()
    assert bench.device.runs == 0
    assert not bench.sender.state.enrolled


def test_it_can_be_turned_off_and_on(bench: Bench) -> None:
    bench.device.settings = Settings(send_by_itself=False)
    bench.begin()
    assert bench.device.runs == 0
    bench.sender.allow(on=True)
    assert bench.device.settings.send_by_itself
    assert bench.device.runs == 1
    bench.sender.allow(on=False)
    assert not bench.sender.state.by_itself
    bench.device.unreadable = True
    bench.sender.nudge()
    assert bench.device.runs == 2, "the defaults hold where the file can't be read"


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        (KnownError("unreachable", msg("Settings")), msg("Settings")),
        (BugError("odd"), UNKNOWN),
        (Summary(complete=False, troubles=(msg("Home"),)), msg("Home")),
    ],
)
def test_what_goes_wrong_by_itself_changes_only_how_it_stands(
    bench: Bench, gives: Summary | GreenAuditError, said: Message
) -> None:
    bench.device.gives = gives
    bench.begin()
    assert bench.sender.state.trouble == said
    assert not bench.notices.errors
    bench.device.gives = Summary()
    bench.sender.nudge()
    assert bench.sender.state.trouble is None


def test_whoever_asks_is_told(bench: Bench) -> None:
    bench.sender.send()
    bench.begin()
    bench.sender.send()
    assert bench.notices.confirmed == [msg("Settings")]
    bench.device.gives = Summary(complete=False, message=msg("Home"))
    bench.sender.send()
    assert bench.notices.errors[-1].message == msg("Home")
    bench.device.gives = KnownError("unreachable", msg("Walk"))
    bench.sender.send()
    assert bench.notices.errors[-1].message == msg("Walk")


def test_what_came_from_elsewhere_is_passed_on(bench: Bench) -> None:
    bench.begin()
    assert bench.arrived == 0
    bench.device.gives = Summary(pulled=3)
    bench.sender.nudge()
    assert bench.arrived == 1


def test_who_asked_in_the_settings_is_told_there_and_home_follows(bench: Bench) -> None:
    bench.begin()
    before = len(bench.states)
    told: list[tuple[Message, bool]] = []

    def hear(said: Message, *, good: bool) -> None:
        told.append((said, good))

    bench.sender.send(hear)
    assert told == [(SAID, True)]
    assert [state.busy for state in bench.states[before:]] == [True, False]
    bench.device.gives = KnownError("connection_lost", UNKNOWN)
    bench.sender.send(hear)
    assert told[1:] == [(UNKNOWN, False)]
    assert bench.sender.state.trouble == UNKNOWN
    assert not bench.notices.confirmed


def test_who_asks_in_the_settings_during_a_round_is_told_of_the_next_one(bench: Bench) -> None:
    told: list[bool] = []
    asked: list[int] = []

    def hear(said: Message, *, good: bool) -> None:
        assert said == SAID
        told.append(good)

    def ask(state: SendingState) -> None:
        if state.busy and not asked:
            asked.append(bench.device.runs)
            bench.sender.send(hear)

    bench.sender.follow(ask)
    bench.begin()
    assert (bench.device.runs, told) == (2, [True])
