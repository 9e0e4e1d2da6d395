"""What the walk shows, as plain values; the presenter makes them, the page paints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from greenaudit.domain.assessments import Proof, Response
from greenaudit.domain.checklists import Area
from greenaudit.domain.findings import Finding
from greenaudit.domain.text import Text
from greenaudit.messages import Message, msg
from greenaudit.services.views import AreaProgress, Meters, QuestionState
from ui.i18n import tr
from ui.pages.walk.choosing import Choosing
from ui.pages.walk.words import TYPED_UNITS
from ui.ports import ErrorView, Frame
from ui.routes import Route

Change = Callable[[Response | None], Response]
"""An edit of an answer: from the answer so far to the next. Two quick edits then build on each other."""
ProofChange = Callable[[Proof | None], Proof]


@dataclass(frozen=True)
class CardState:
    """The question that is shown. `place` of `places` counts within its area; `zone` is the plant's time zone.

    `late` counts changes that came after the signatures; it is 0 while the visit is open. `removed` is the place of
    the row that was just taken off, 0 when the last edit was another.
    """

    state: QuestionState
    section: Text
    area: Area
    place: int
    places: int
    first: bool
    last: bool
    closed: bool
    late: int
    revision: int
    findings: tuple[Finding, ...]
    zone: str
    removed: int = 0
    units: Mapping[str, Text] = field(default_factory=dict)

    def unit_words(self, unit: str) -> str:
        """A unit in the reader's language; what is stored with a figure stays as the checklist writes it."""
        return tr(self.units[unit]) if unit in self.units else tr(TYPED_UNITS.get(unit, unit))


@dataclass(frozen=True)
class AreaLine:
    """An area in the list: how far it is, and for how many minutes it was walked."""

    progress: AreaProgress
    minutes: int

    @property
    def area(self) -> Area:
        """The area itself."""
        return self.progress.area

    def time(self) -> Message:
        """The minutes walked beside those that are planned; only what is planned before any is walked."""
        planned = self.progress.planned
        if not self.minutes:
            return msg("{planned} min", planned=planned)
        return msg("{spent}/{planned} min", spent=self.minutes, planned=planned)


@dataclass(frozen=True)
class ProgressState:
    """The areas and the figures of the strip; `here` is the area that is shown."""

    areas: tuple[AreaLine, ...]
    here: str
    done: int
    total: int
    meters: Meters
    choosing: Choosing

    def line(self) -> AreaLine | None:
        """The area that is shown."""
        return next((line for line in self.areas if line.area.id == self.here), None)

    def time(self) -> Message:
        """The time of the whole walk beside what is planned for it."""
        spent = sum(line.minutes for line in self.areas)
        planned = sum(line.progress.planned for line in self.areas)
        return msg("{spent} of {planned}", spent=_hours(spent), planned=_hours(planned))


def _hours(minutes: int) -> Message:
    if minutes < 60:
        return msg("{minutes} min", minutes=minutes)
    return msg("{hours} h {minutes}", hours=minutes // 60, minutes=f"{minutes % 60:02}")


@dataclass(frozen=True)
class RowState:
    """A row of a register: its place from 1, and its cells, numbers without their units."""

    row_id: UUID
    place: int
    cells: Mapping[str, str]


@dataclass
class RowDraft:
    """A row that is being written; it has no id before its first cell is on the disk."""

    question_id: str
    row_id: UUID | None = None


class Effect(Protocol):
    """What an answer about the plant does to other questions (`services.walk`)."""

    @property
    def shown(self) -> tuple[str, ...]: ...

    @property
    def hidden(self) -> tuple[str, ...]: ...

    @property
    def kept(self) -> tuple[str, ...]: ...


class WalkView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_card(self, card: CardState) -> None: ...

    def show_progress(self, progress: ProgressState) -> None: ...

    def show_frame(self, frame: Frame) -> None: ...

    def show_problem(self, said: Message | None) -> None:
        """Says beside the answer why it was not taken; None takes the sentence away."""

    def ask_effect(self, effect: Effect, go_on: Callable[[], None], leave: Callable[[], None]) -> None:
        """Says what an answer would do to other questions before it is given."""

    def show_done(self, said: Message) -> None:
        """Says shortly what happened."""

    def show_nothing(self) -> None:
        """The visit asks nothing."""

    def scroll_to(self, scroll: int) -> None:
        """Shows the question scrolled as it was when the walk was left."""

    def flush(self) -> None:
        """Hands over what is still in a field."""

    def is_free(self) -> bool:
        """Whether no sheet lies over the page: what it shows of the visit stays until it is put away."""

    def fields_follow(self) -> AbstractContextManager[None]:
        """What is shown within shows in every field that nobody has typed in, the one with the focus too."""

    def leave_for(self, route: Route) -> None: ...


@dataclass(frozen=True)
class Stop:
    """A question in an area; a question of several areas has a stop in each."""

    area_id: str
    question_id: str
