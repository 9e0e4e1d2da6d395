"""The dark green card: the visit to continue, what two people answered differently in it, and the visit before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from greenaudit.messages import msg, msgs
from greenaudit.services.views import ModuleProgress, VisitCard
from ui.pages.home.presenter import route_of
from ui.pages.home.words import where
from ui.routes import Walk
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.signs import MODULE_NAMES, Bar, BarPart, ModuleTile
from ui.widgets.texts import Label


class Hero(QFrame):
    """Signals:

    pressed (VisitCard): the person wants to go on with this visit.
    conflict (VisitCard): they want to look at what two people answered differently.
    compare (VisitCard): they want it beside the visit before.
    """

    pressed = Signal(object)
    conflict = Signal(object)
    compare = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "hero")
        self._card: VisitCard | None = None
        self._columns = 4
        self._plant = Label("", "display", "onDeep", wrap=True)
        self._place = Label("", "lead", "onDeep2", wrap=True)
        self.button = Button("", "onDeep", "arrow-right", icon_right=True)
        self.conflict_button = Button("", "lineOnDeep", "swap")
        self.compare_button = Button(msg("Compare with the visit before"), "lineOnDeep", "stack")
        self.button.clicked.connect(lambda: self.pressed.emit(self._card))
        self.conflict_button.clicked.connect(lambda: self.conflict.emit(self._card))
        self.compare_button.clicked.connect(lambda: self.compare.emit(self._card))
        self._modules = QGridLayout()
        self._modules.setHorizontalSpacing(20)
        self._modules.setVerticalSpacing(14)
        self._head = row((col(self._plant, self._place, gap=2), 1), self.button, gap=16)
        self._more = row(self.conflict_button, self.compare_button, None, gap=8, margins=(0, 6, 0, 0))
        self._more_pane = QWidget()
        self._more_pane.setLayout(self._more)
        self.setLayout(col(self._head, 14, self._modules, self._more_pane, gap=8, margins=(24, 20, 24, 22)))

    def show_card(self, card: VisitCard) -> None:
        """Shows a visit."""
        self._card = card
        self._plant.say(card.plant.name)
        self._place.say(where(card))
        walking = isinstance(route_of(card), Walk)
        started = card.done > 0
        self.button.say(
            (msg("Continue the walk") if started else msg("Start the walk"))
            if walking
            else msg("Go to signatures")
        )
        self.conflict_button.say(
            msgs("Look at {n} conflict", "Look at {n} conflicts", card.conflicts) if card.conflicts else ""
        )
        self.conflict_button.setVisible(card.conflict_question is not None)
        self.compare_button.setVisible(card.previous_id is not None)
        self._more_pane.setVisible(card.conflict_question is not None or card.previous_id is not None)
        self._fill()

    def fit(self, size: SizeClass) -> None:
        """Four modules beside each other where there is room for their names, else two; in medium, whose right side
        stays, the button goes under the words."""
        self._columns = 4 if size == "wide" else 2
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._head.setDirection(down if size == "medium" else across)
        self._more.setDirection(across if size == "wide" else down)
        self._fill()

    def _fill(self) -> None:
        clear(self._modules)
        for place, progress in enumerate(self._card.modules if self._card else ()):
            self._modules.addWidget(_module(progress), place // self._columns, place % self._columns)
        for column in range(4):
            self._modules.setColumnStretch(column, 1 if column < self._columns else 0)


def _module(progress: ModuleProgress) -> QWidget:
    share = progress.done / progress.total if progress.total else 0.0
    name = MODULE_NAMES[progress.module]
    count = Label(f"{progress.done}/{progress.total}", "caption", "onDeep2")
    head = row(
        ModuleTile(progress.module, 24, on_deep=True), Label(name, "caption", "onDeep"), None, count, gap=6
    )
    return pane(col(head, Bar((BarPart(share, "onDeep"),), 6, on_deep=True), gap=6))
