"""What presenters ask for, without Qt: background work, a place for messages, and the values the frame shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar
from uuid import UUID

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message

if TYPE_CHECKING:  # the window is painted before the services are imported
    from greenaudit.services.opening import App
from ui.i18n.speaking import Said
from ui.routes import Route

T = TypeVar("T")

Done = Callable[[T], None]
Failed = Callable[[GreenAuditError], None]


class Tasks(Protocol):
    """Work that doesn't belong on the UI thread.

    `done` or `failed` is called on the UI thread, in the order in which the work was asked for. Without `failed`
    an error goes to the notices. What isn't a `GreenAuditError` arrives as a `BugError`.
    """

    def run(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work on the store: one thread, strictly in turn. Nothing that was asked for is dropped at the end."""

    def aside(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work that would keep the store's thread waiting (pictures, checks, backups).

        What has not begun when the window closes is dropped.
        """

    def afar(self, work: Callable[[], T], *, done: Done[T], failed: Failed | None = None) -> None:
        """Work with the endpoint, however slow the line: in turn, on a thread of its own.

        Nobody waits for it when the window closes.
        """

    def stopping(self) -> bool:
        """Whether the window is closing: long work aside looks here and ends early."""


class Notices(Protocol):
    """The one place that tells a person what went wrong, or that something is done."""

    def error(self, error: GreenAuditError) -> None:
        """A KnownError says what to do; a BugError says that the work is safe."""

    def done(self, message: Message) -> None:
        """A short confirmation."""


Stage = Literal["walk", "sign"]
"""The stages of a visit that work; those that don't yet aren't shown."""


@dataclass(frozen=True)
class Frame:
    """What the visit bar shows. A page of a visit gives a new one whenever something of it changes.

    `saved_at` is the time of the last durable write (hours, minutes, seconds), empty before the first: by the device's
    own clock and not the plant's, since it is this device that has saved.
    `only_here` counts changes and photos that exist on this device alone. `sample`: plant and figures are invented.
    """

    assessment_id: UUID
    plant: str
    sub: Said = ""
    stage: Stage = "walk"
    saved_at: str = ""
    only_here: int = 0
    signed: bool = False
    sample: bool = False


@dataclass(frozen=True)
class Destination:
    """A line of "Go to…": a place (`route`) or an action (`act`). `words` are matched too, `mark` stands right."""

    title: Said
    icon: str
    route: Route | None = None
    act: Callable[[], None] | None = None
    sub: Said = ""
    words: str = ""
    mark: str = ""


ThemeChoice = Literal["", "light", "dark", "daylight"]
"""A theme, or empty: follow the system."""


class Preferences(Protocol):
    """What a person chose for this window; a choice takes effect at once and is kept."""

    @property
    def locale(self) -> str: ...

    @property
    def theme(self) -> ThemeChoice: ...

    def choose_locale(self, name: str) -> None: ...

    def choose_theme(self, choice: ThemeChoice) -> None: ...


class Told(Protocol):
    """Hears what came of something, and whether it went well."""

    def __call__(self, said: Message, *, good: bool) -> None: ...


class Sending(Protocol):
    """Sends what is only here, by itself when it may; says how that stands to whoever follows."""

    @property
    def state(self) -> SendingState: ...

    def follow(self, tell: Callable[[SendingState], None]) -> None:
        """Calls `tell` now and at each change."""

    def send(self, told: Told | None = None) -> None:
        """Sends now, because a person asked for it. What came of it is a notice, or told where they asked."""

    def nudge(self) -> None:
        """Sends if it may and something waits. Only who follows is told what came of it."""

    def allow(self, *, on: bool) -> None:
        """Whether it may send by itself, from now on."""


@dataclass(frozen=True)
class SendingState:
    """How sending stands. `trouble` is why the last try left something here.

    `last` is the local time (hours and minutes) at which everything was at the endpoint, empty before.
    """

    enrolled: bool = False
    by_itself: bool = True
    busy: bool = False
    trouble: Message | None = None
    last: str = ""


@dataclass(frozen=True)
class Tools:
    """What the page factory gives every page: the opened services and the window's own helpers.

    A presenter names the services it needs as Protocols of its own; `app` fits them.
    """

    app: App
    tasks: Tasks
    notices: Notices
    preferences: Preferences
    sending: Sending


class ErrorView(Protocol):
    """A view that can say that something failed where it happened."""

    def show_error(self, error: GreenAuditError) -> None: ...
