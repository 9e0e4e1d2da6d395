"""The bars around the card: the footer, the strip of figures, the head of the areas, the picker of narrow windows."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame

from greenaudit.messages import Message, msg
from greenaudit.services.views import Meters
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.walk.choosing import said_choice
from ui.pages.walk.values import CardState, ProgressState
from ui.theme import SizeClass
from ui.widgets.boxes import Part, col, pane, row
from ui.widgets.buttons import Button, icon_button
from ui.widgets.signs import Bar, BarPart, Meter, Ring
from ui.widgets.texts import ElidedLabel, Label, key_hint

NO_FIGURE = "–"
KEYS: tuple[tuple[str, Message], ...] = (
    ("0–4", msg("level")),
    ("N", msg("n/a")),
    ("P", msg("photo")),
    ("F", msg("finding")),
    ("Ctrl K", msg("go to")),
)


class WalkFooter(QFrame):
    """Back, set aside, and on. The primary button stands right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self._edge, self._bar_there = 28, False
        self.back = Button("", "big", "arrow-left", tip=msg("Back"))
        self.not_applicable = Button(msg("Not applicable"), "big", "prohibit")
        self.not_seen = Button(msg("Not seen"), "big", "eye-slash")
        self.next = Button(msg("Next"), "primary", "arrow-right", icon_right=True)
        self._line = row(self.back, self.not_applicable, self.not_seen, None, self.next, gap=8)
        self.setLayout(self._line)

    def show_card(self, card: CardState) -> None:
        """Follows the question: nothing can be set aside that is signed."""
        self.back.setEnabled(not card.first)
        for button in (self.not_applicable, self.not_seen):
            button.setVisible(not card.closed)
        self.next.say(msg("Go to signatures") if card.last else msg("Next"))

    def fit(self, size: SizeClass) -> None:
        """The edges follow the card's."""
        self._edge = 28 if size == "wide" else 20
        self.show_scroll_bar(there=self._bar_there)

    def show_scroll_bar(self, *, there: bool) -> None:
        """A scroll bar takes width from the card above: the right edge follows."""
        self._bar_there = there
        self._line.setContentsMargins(self._edge, 8, self._edge + (10 if there else 0), 8)


class Strip(QFrame):
    """Coverage, critical questions, the score so far, confidence; in wide also which key does what."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.meters = meters()
        hints: list[Part] = []
        for key, said in KEYS:
            hints += [key_hint(key), Label(said, "caption", "ink2"), 6]
        self._keys = pane(row(*hints, gap=4))
        parts: list[Part] = [(meter, 1) for meter in self.meters]
        self.setLayout(row(*parts, self._keys, gap=20, margins=(16, 4, 16, 4)))

    def show_meters(self, figures: Meters) -> None:
        """Shows the figures."""
        show_meters(self.meters, figures)

    def fit(self, size: SizeClass) -> None:
        """Keys only where there is room."""
        self._keys.setVisible(size == "wide")
        self.setFixedHeight(44 if size == "wide" else 42)


def meters() -> tuple[Meter, Meter, Meter, Meter]:
    """The four meters of the strip."""
    return (
        Meter(msg("Coverage")),
        Meter(msg("Critical answered")),
        Meter(msg("Score so far")),
        Meter(msg("Confidence")),
    )


def show_meters(shown: tuple[Meter, ...], figures: Meters) -> None:
    """Puts figures on meters, in their order; the first ones when there are fewer."""
    share = figures.critical_done / figures.critical_total if figures.critical_total else 0.0
    values = (
        (_percent(figures.coverage), _part(figures.coverage)),
        (f"{figures.critical_done} / {figures.critical_total}", share),
        (_number(figures.score, 0), _part(figures.score) / 100),
        (_percent(figures.confidence), _part(figures.confidence)),
    )
    for meter, (value, part) in zip(shown, values, strict=False):
        meter.show_value(value, part)


def _percent(share: Decimal | None) -> str:
    return NO_FIGURE if share is None else formats().percent(share)


def _number(value: Decimal | None, digits: int) -> str:
    return NO_FIGURE if value is None else formats().number(value, digits)


def _part(value: Decimal | None) -> float:
    return 0.0 if value is None else float(value)


class AreasHead(QFrame):
    """How much of the visit is done."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Label("", "small", "ink2", mono=True)
        self._bar = Bar()
        line = row(Label(msg("Areas"), "title"), None, self._count)
        self.choose = Button("", "quiet", "caret-down")
        self._time = Label("", "caption", "ink3")
        head = col(line, self._bar, self._time, gap=6, margins=(16, 16, 16, 0))
        self.setLayout(col(head, row(self.choose, None, margins=(4, 0, 4, 0)), gap=2))

    def show_progress(self, progress: ProgressState) -> None:
        """Shows the count."""
        self._count.say(f"{progress.done} / {progress.total}")
        self._time.say(progress.time())
        self._bar.set_parts(BarPart(progress.done / progress.total if progress.total else 0.0))
        self.choose.say(said_choice(progress.choosing))


class Cue(QFrame):
    """What to look at first in an area."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "well")
        self._text = Label("", "small", wrap=True)
        head = Label(msg("Look, listen, smell first"), "caption", "ink3", wrap=True)
        self._time = Label("", "caption", "ink3", wrap=True)
        self.setLayout(col(head, self._text, self._time, gap=4, margins=(12, 10, 12, 10)))

    def show_card(self, card: CardState) -> None:
        """Shows the cue of the area."""
        self._text.say(card.area.cue)

    def show_progress(self, progress: ProgressState) -> None:
        """Shows the time in the area beside what is planned for it."""
        line = progress.line()
        if line is not None:
            self._time.say(
                msg("{spent} of {planned} min here", spent=line.minutes, planned=line.progress.planned)
            )


class AreaPicker(QFrame):
    """Narrow windows: where one is, two meters, and a tap opens the list of areas.

    Signals:
        pressed: the list is wanted.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self._ring = Ring(size=40)
        self._name, self._place = ElidedLabel("", "strong"), Label("", "small", "ink3")
        self.meters = meters()[:2]
        self.button = icon_button("caret-down", msg("Choose an area"))
        self.button.clicked.connect(self.pressed)
        names = col(None, self._name, self._place, None, gap=0)
        self.setLayout(
            row(self._ring, (names, 2), *[(meter, 1) for meter in self.meters], self.button, gap=12,
                margins=(20, 8, 12, 8))
        )  # fmt: skip
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_progress(self, progress: ProgressState) -> None:
        """Shows the area and the figures."""
        line = progress.line()
        if line is None:
            return
        here = line.progress
        self._ring.set_part(here.done / here.total if here.total else 0.0)
        self._name.say(here.area.title)
        self._place.say(f"{here.area.id}  ·  {here.done}/{here.total}  ·  {tr(line.time())}")
        show_meters(self.meters, progress.meters)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
