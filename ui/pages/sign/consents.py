"""What a signer agrees to, in the language they choose beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from greenaudit.i18n import Language
from greenaudit.messages import Message
from ui.i18n import tr
from ui.widgets.choices import Segmented

LANGUAGES: tuple[tuple[Language, str], ...] = (("en", "English"), ("es", "Español"), ("fr", "Français"))


class LanguagePick(Segmented):
    """The three languages by their codes, small enough to stand in a head; each one's name is its tool tip."""

    def __init__(self, name: Message) -> None:
        super().__init__([(code, code.upper()) for code, _ in LANGUAGES])
        self._name = name
        for button, (_, word) in zip(self.buttons(), LANGUAGES, strict=True):
            button.set_tip(word)
            button.setAccessibleDescription(word)
        self.setAccessibleName(tr(name))

    def language(self) -> Language:
        """The language that is chosen."""
        value = self.value()
        return next((code for code, _ in LANGUAGES if code == value), "en")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        super().changeEvent(event)
