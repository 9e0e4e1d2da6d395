"""Five levels, chosen by their anchors."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from greenaudit.domain.checklists import LEVEL_NAMES
from ui.i18n import Said
from ui.i18n.formatting import formats
from ui.pages.walk.answering import with_level
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.values import CardState
from ui.theme import SizeClass
from ui.widgets.boxes import col
from ui.widgets.level_rows import LevelRow, choose_among


class LevelsEditor(Editor):
    """Level rows; a level is saved at once and nothing jumps on: proof comes next."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = [LevelRow(level) for level in range(len(LEVEL_NAMES))]
        self._box = col(*self.rows, gap=8)
        self.setLayout(self._box)
        for line in self.rows:
            line.clicked.connect(partial(self._choose, line.level))

    def _choose(self, level: int, _checked: object = None) -> None:
        self.given.emit(partial(with_level, level=level))

    def show_card(self, card: CardState, *, anew: bool) -> None:
        state = card.state
        response = state.answer.response
        level = response.level if response is not None and response.state == "answered" else None
        past = state.previous if response is not None else None
        before = round(past.level) if past is not None and past.level is not None else None
        when = formats().month(past.at, card.zone) if past is not None else ""
        anchors: tuple[Said, ...] = state.question.levels or ("",) * len(self.rows)
        for line, anchor in zip(self.rows, anchors, strict=True):
            hint = state.needs if line.level == level and state.needs is not None else ""
            line.show_level(anchor, hint, when if line.level == before else "")
        choose_among(self.rows, level)

    def fit(self, size: SizeClass) -> None:
        self._box.setSpacing(6 if size == "medium" else 8)
        for line in self.rows:
            line.fit(size)

    def press_digit(self, digit: int) -> bool:
        if digit >= len(self.rows):
            return False
        self.rows[digit].click()
        return True

    def first(self) -> QWidget | None:
        return next((line for line in self.rows if line.isChecked()), self.rows[0])
