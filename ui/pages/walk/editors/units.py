"""The units a number may be typed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.boxes import clear, row
from ui.widgets.buttons import Button
from ui.widgets.texts import Label


class UnitButtons(QWidget):
    """The question's own unit first; a single one is a word, not a button.

    Signals:
        chosen (str): another unit was chosen.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._unit = ""
        self._buttons: dict[str, Button] = {}
        self._line = row(gap=8)
        self.setLayout(self._line)

    def show_units(self, own: str, others: tuple[str, ...], words: Callable[[str], str]) -> None:
        """Offers the units of another question."""
        clear(self._line)
        self._buttons, self._unit = {}, own
        if not others:
            self._line.addWidget(Label(words(own), "lead", "ink2", wrap=True), 1)
            return
        for unit in (own, *others):
            button = Button(words(unit), "choice", checkable=True)
            button.setAutoExclusive(True)
            button.setChecked(unit == own)
            button.clicked.connect(partial(self._choose, unit))
            self._line.addWidget(button)
            self._buttons[unit] = button
        self._line.addStretch(1)

    def unit(self) -> str:
        """The unit that is chosen."""
        return self._unit

    def choose(self, unit: str) -> None:
        """Shows a unit as chosen without telling anybody."""
        self._unit = unit
        self._buttons[unit].setChecked(True)

    def _choose(self, unit: str, _checked: object = None) -> None:
        self._unit = unit
        self.chosen.emit(unit)
