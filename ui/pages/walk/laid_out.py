"""How the walk is laid out for three size classes: areas, the question, its proof, and the bars around them."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QBoxLayout

from greenaudit.messages import msg
from ui.pages.walk.areas import AreaList
from ui.pages.walk.bars import AreaPicker, AreasHead, Cue, Strip, WalkFooter
from ui.pages.walk.card import QuestionCard
from ui.pages.walk.proof import ProofPanel
from ui.pages.walk.values import CardState
from ui.pages.walk.with_sheets import WithSheets
from ui.theme import SizeClass
from ui.widgets.boxes import col, frame, pane, row, rule, scroll
from ui.widgets.buttons import icon_button
from ui.widgets.flowing import Flowing
from ui.widgets.states import StateBlock

LAYING_OUT = 300
"""Milliseconds in which a question that was just shown finds its height."""


RESTING = 800
"""Milliseconds without scrolling after which the place is kept."""
LEAST_LIST, MOST_LIST, AROUND_LIST = 220, 420, 210
"""Pixels of the list of areas on its sheet, and of the page that the sheet needs beside it: the list alone scrolls."""


class LaidOut(WithSheets):
    """The parts of the walk in their places; what they do is the page's."""

    def __init__(self) -> None:
        super().__init__()
        self._card: CardState | None = None
        self._wanted = 0
        self._laying_out = QTimer(self)
        self._laying_out.setSingleShot(True)
        self._laying_out.setInterval(LAYING_OUT)
        self.resting = QTimer(self)
        self.resting.setSingleShot(True)
        self.resting.setInterval(RESTING)
        self.areas, self.card, self.proof = AreaList(), QuestionCard(), ProofPanel()
        self.footer, self.strip, self.picker = WalkFooter(), Strip(), AreaPicker()
        self.head, self.cue = AreasHead(), Cue()
        self.rail_button = icon_button("caret-right", msg("Areas"))
        self.empty = StateBlock(
            "clipboard-text",
            msg("This visit asks nothing"),
            msg("Its checklist has no question that applies here."),
        )
        self._arrange()
        self._make_sheets()
        self.area_sheet.closed.connect(self._areas_seen)

    def _arrange(self) -> None:
        self._side = frame(
            "side",
            col(self.rail_button, self.head, (self.areas, 1), pane(col(self.cue), (12, 8, 12, 12)), gap=0),
        )
        self._rule = rule()
        self._column = col(self.card, self._rule, gap=0)
        self._column.addStretch(1)
        self._scroll = scroll(Flowing(self._column))
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scroll_bar_came)
        middle = pane(col((self._scroll, 1), self.footer, gap=0))
        self._proof_inner = col(self.proof)
        self._proof_scroll = scroll(Flowing(self._proof_inner))
        self._proof_side = frame("proof", col(self._proof_scroll, gap=0))
        self._body = pane(row(self._side, (middle, 1), self._proof_side, gap=0))
        self._empty_row = pane(row(None, self.empty, None), (24, 40, 24, 24))
        self.setLayout(col(self.picker, (self._body, 1), self._empty_row, self.strip, gap=0))
        self._empty_row.hide()

    def fit(self, size: SizeClass) -> None:
        narrow, medium = size == "narrow", size == "medium"
        self.picker.setVisible(narrow and self._card is not None)
        self._side.setVisible(not narrow)
        self._side.setFixedWidth(80 if medium else 272)
        self.rail_button.setVisible(medium)
        self.head.setVisible(not medium)
        self.cue.setVisible(not medium)
        self.areas.set_rail(rail=medium)
        self._proof_side.setVisible(not narrow)
        self._proof_side.setFixedWidth(284 if medium else 312)
        self._rule.setVisible(narrow)
        if narrow:
            self._column.insertWidget(2, self.proof)
        else:
            self._proof_inner.addWidget(self.proof)
        self.strip.setVisible(not narrow)
        for part in (self.card, self.proof, self.footer, self.strip):
            part.fit(size)
        self._place_areas(narrow=narrow)

    def _place_areas(self, *, narrow: bool) -> None:
        if narrow:
            self._put_areas_on_sheet()
            return
        self.area_sheet.dismiss()
        self.areas.setMinimumHeight(0)
        layout = self._side.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(2, self.areas, 1)

    def _put_areas_on_sheet(self) -> None:
        self.areas.setMinimumHeight(max(LEAST_LIST, min(MOST_LIST, self.height() - AROUND_LIST)))
        self._area_box.addWidget(self.areas)

    def open_areas(self) -> None:
        """Shows the areas with their names, and what is walked to: where only their rings have room, or one of them."""
        if self.size_class == "medium":
            self.areas.set_rail(rail=False)
        if self.size_class != "wide":
            self._put_areas_on_sheet()
        self.area_sheet.appear()

    def _areas_seen(self) -> None:
        """The list goes back to its place beside the card."""
        if self.size_class != "narrow":
            self.areas.set_rail(rail=self.size_class == "medium")
            self._place_areas(narrow=False)

    def minimumSizeHint(self) -> QSize:
        """Small: a window that becomes narrower is laid out anew, and must not be held by the layout before."""
        return QSize(320, 320)

    def _scroll_bar_came(self, _low: int, high: int) -> None:
        self.footer.show_scroll_bar(there=high > 0)
        bar = self._scroll.verticalScrollBar()
        if bar.value() < self._wanted and not self._laying_out.isActive():
            self._laying_out.start()  # a slow machine: the question is only now getting its height
        if self._laying_out.isActive():
            bar.setValue(self._wanted)

    def scroll_to(self, scroll: int) -> None:
        """Scrolls the question; where it isn't laid out yet, as soon as it is."""
        self._wanted = scroll
        self._laying_out.start()
        self._scroll.verticalScrollBar().setValue(scroll)
