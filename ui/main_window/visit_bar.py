"""The bar of a visit: where one is, its stages, what is saved and what exists only here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import language, tr
from ui.ports import Frame, Stage
from ui.theme import SizeClass, color
from ui.theme.icons import icon
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button, icon_button
from ui.widgets.signs import Symbol
from ui.widgets.texts import ElidedLabel, Label, pill

STAGES: tuple[tuple[Stage, str, Message], ...] = (
    ("walk", "path", msg("Walk")),
    ("sign", "handshake", msg("Closing")),
)
"""The stages that work; those that don't yet aren't shown."""
LONG, SHORT = msg("Saved on this device · {time}"), msg("Saved {time}")

SAMPLE = msg("Plant, people and figures are invented, to try GreenAudit with.")


class VisitBar(QFrame):
    """64 high (56 on the smallest tablet); the words of its stages give way to icons when there is less room.

    Signals:
        home, search, menu: what was pressed.
        stage (str): the stage that was chosen.
    """

    home = Signal()
    search = Signal()
    menu = Signal()
    stage = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self._frame: Frame | None = None
        self._size: SizeClass = "wide"
        self._plant, self._sub = ElidedLabel("", "strong"), ElidedLabel("", "small", "ink3")
        self._sample = pill(msg("Sample visit"), "warn")
        self._sample.setToolTip(tr(SAMPLE))
        self._tick = Symbol("check-circle", "accent", 20, cut="fill")
        self._saved = Label("", "small", "ink2")
        self._laptop = Symbol("laptop", "warn", 20)
        self._away = Label("", "small", "warn")
        self._lock = Symbol("lock-simple", "accent", 20, cut="fill", name=msg("Signed"))
        self.home_button = icon_button("house", msg("Home"))
        self.search_button = icon_button("magnifying-glass", msg("Go to…"))
        self.menu_button = icon_button("dots-three", msg("Menu"))
        self.tabs = {
            stage: Button(words, "tab", sign, checkable=True, tip=words) for stage, sign, words in STAGES
        }
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        names = row(col(None, self._plant, self._sub, None, gap=0), self._sample, None, gap=10)
        where = row(self.home_button, 4, (names, 1), gap=4)
        self._tab_row = pane(row(*self.tabs.values(), gap=4))
        self._saved_row = pane(row(self._lock, self._tick, self._saved, gap=6))
        self._away_row = pane(row(self._laptop, self._away, gap=6))
        there = row(None, self._saved_row, 12, self._away_row, 4, self.search_button, self.menu_button, gap=4)
        # The sides share the room, so that the stages stand still when what is saved is said.
        self.setLayout(row((where, 1), self._tab_row, (there, 1), gap=4, margins=(12, 0, 8, 0)))

    def _connect(self) -> None:
        self.home_button.clicked.connect(self.home)
        self.search_button.clicked.connect(self.search)
        self.menu_button.clicked.connect(self.menu)
        for stage, tab in self.tabs.items():
            tab.setAutoExclusive(True)
            tab.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            tab.clicked.connect(partial(self._press, stage))

    def _press(self, stage: Stage, _checked: object = None) -> None:
        self.stage.emit(stage)

    def fit(self, size: SizeClass) -> None:
        """Words in wide, icons in medium, no stages in narrow (they stand at the bottom)."""
        self._size = size
        height = 56 if size == "medium" else 64
        self.setFixedHeight(height)
        self._tab_row.setVisible(size != "narrow")
        self.search_button.setVisible(size != "narrow")
        for (_, _, words), tab in zip(STAGES, self.tabs.values(), strict=True):
            tab.say(words if size == "wide" else "")
        self._refresh()

    def show_frame(self, frame: Frame) -> None:
        """Shows where the visit stands."""
        self._frame = frame
        self._refresh()

    def _refresh(self) -> None:
        frame = self._frame
        if frame is None:
            return
        self._plant.say(frame.plant)
        self._sub.say(frame.sub)
        self._sample.setVisible(frame.sample)
        self._sample.setToolTip(tr(SAMPLE))
        self.tabs[frame.stage].setChecked(True)
        self._show_saved(frame)
        self._show_away(frame)

    def _show_saved(self, frame: Frame) -> None:
        long = self._size == "wide" and language() == "en"
        self._saved_row.setVisible(bool(frame.saved_at) or frame.signed)
        self._lock.setVisible(frame.signed)
        self._tick.setVisible(not frame.signed)
        time = frame.saved_at if long else frame.saved_at[:5]
        said = msg("Signed") if frame.signed else LONG if long else SHORT
        self._saved.say(tr(said, time=time) if not frame.signed else tr(said))
        self._saved_row.setAccessibleName(
            tr(msg("Signed")) if frame.signed else tr(LONG, time=frame.saved_at)
        )

    def _show_away(self, frame: Frame) -> None:
        self._away_row.setVisible(frame.only_here > 0)
        words = tr(msg("{count} only here", count=frame.only_here))
        self._away.say(words if self._size == "wide" else str(frame.only_here))
        self._away_row.setToolTip(words)
        self._away_row.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)


class StageBar(QFrame):
    """The stages at the bottom of a narrow window, under the thumbs, with their names.

    Signals:
        stage (str): the stage that was chosen.
    """

    stage = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.tabs: dict[Stage, QToolButton] = {}
        for stage, _, _ in STAGES:
            tab = QToolButton()
            tab.setIconSize(QSize(24, 24))
            tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self._press, stage))
            self.tabs[stage] = tab
        parts: list[QWidget] = list(self.tabs.values())
        self.setLayout(row(None, *[(tab, 2) for tab in parts], None, gap=0))
        self.setFixedHeight(68)
        self._refresh()

    def _press(self, stage: Stage, _checked: object = None) -> None:
        self.stage.emit(stage)

    def show_frame(self, frame: Frame) -> None:
        """Marks the stage the visit is at."""
        self.tabs[frame.stage].setChecked(True)

    def _refresh(self) -> None:
        for stage, sign, words in STAGES:
            tab = self.tabs[stage]
            tab.setText(tr(words))
            tab.setAccessibleName(tr(words))
            ratio = self.devicePixelRatioF()
            tab.setIcon(icon(sign, color("ink2"), 24, ratio, on=color("accent")))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._refresh()
        super().changeEvent(event)
