"""Cards: white fields on the cool ground; no shadows."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout

from ui.widgets.boxes import Margins


class Card(QFrame):
    """A card around a layout."""

    def __init__(self, layout: QLayout | None = None, margins: Margins = (24, 18, 24, 20)) -> None:
        super().__init__()
        self.setProperty("look", "card")
        if layout is not None:
            layout.setContentsMargins(*margins)
            self.setLayout(layout)
