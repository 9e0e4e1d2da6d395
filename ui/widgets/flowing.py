"""The content of a scrolling pane: as tall as its wrapped texts are at the width it has, and not a line taller."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout, QWidget

from ui.widgets.boxes import Margins


class Flowing(QWidget):
    """A scroll area asks for the least height first, and wrapped texts answer for the narrowest case: here they don't."""

    def __init__(self, layout: QLayout, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__()
        layout.setContentsMargins(*margins)
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        layout = self.layout()
        flows = layout is not None and layout.hasHeightForWidth()
        return QSize(least.width(), 0) if flows else least
