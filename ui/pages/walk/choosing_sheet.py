"""The sheet that says which questions are walked to, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.messages import msg
from ui.pages.walk.choosing import NAMES, Choosing, Only
from ui.widgets.boxes import col, pane
from ui.widgets.choices import OptionRow, Segmented
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label


class ChoosingSheet(Sheet):
    """One tap chooses and closes; the order stays open to be followed by a filter.

    Signals:
        chosen (str, bool): which questions, and whether module by module.
    """

    chosen = Signal(str, bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("Which questions?"))
        self._choosing = Choosing()
        self.rows: dict[Only, OptionRow] = {only: OptionRow(name) for only, name in NAMES.items()}
        for only, line in self.rows.items():
            line.clicked.connect(partial(self._only, only))
        self.order = Segmented([(False, msg("By area")), (True, msg("By module"))], msg("In which order?"))
        self.order.chosen.connect(self._order)
        rows = pane(col(*self.rows.values(), gap=8))
        self.fill(col(Label(msg("In which order?"), "strong"), self.order, 8, rows, gap=8))

    def ask(self, choosing: Choosing, counts: Mapping[Only, int]) -> None:
        """Shows the choice as it stands, and how many questions each would leave."""
        self._choosing = choosing
        for only, line in self.rows.items():
            line.set_name(msg("{filter}: {count}", filter=NAMES[only], count=counts[only]))
        self.order.choose(choosing.by_module)
        self.rows[choosing.only].setChecked(True)
        self.appear()

    def first(self) -> QWidget | None:
        return self.rows[self._choosing.only]

    def _only(self, only: Only, _checked: object = None) -> None:
        self.dismiss()
        self.chosen.emit(only, self.order.value() is True)

    def _order(self, by_module: object) -> None:
        self.chosen.emit(self._choosing.only, by_module is True)
