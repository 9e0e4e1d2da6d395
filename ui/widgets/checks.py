"""A tick box whose words follow the language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox

from ui.i18n import Said, tr


class Check(QCheckBox):
    """A tick box, 44 high."""

    _said: Said = ""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(said)

    def say(self, said: Said) -> None:
        """Shows other words."""
        self._said = said
        text = tr(said)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say(self._said)
        super().changeEvent(event)
