"""A text field that saves while one types: a moment after the last key, and at once when it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.i18n import Said, tr

MOMENT = 400
"""Milliseconds after the last key; nothing typed stays unsaved for longer."""


class NoteEdit(QPlainTextEdit):
    """Tab leaves it, as everywhere else.

    Signals:
        changed (str): the text to save.
    """

    changed = Signal(str)

    def __init__(self, name: Said, placeholder: Said = "") -> None:
        super().__init__()
        self._name, self._placeholder = name, placeholder
        self._kept = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT)
        self._timer.timeout.connect(self.flush)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._typed)
        self.retranslate()

    def show_text(self, text: str, *, anew: bool) -> None:
        """Shows what is stored; while one types here, what is typed stays (`anew`: another question)."""
        if not anew and (self.hasFocus() or self.is_pending()):
            return
        self._timer.stop()
        self._kept = text
        if self.toPlainText() != text:
            with QSignalBlocker(self):
                self.setPlainText(text)

    def is_pending(self) -> bool:
        """Whether something typed isn't handed over yet."""
        return self.toPlainText() != self._kept

    def flush(self) -> None:
        """Hands over what was typed."""
        self._timer.stop()
        if self.is_pending():
            self._kept = self.toPlainText()
            self.changed.emit(self._kept)

    def _typed(self) -> None:
        if self.is_pending():
            self._timer.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Says its name in the language that is on."""
        self.setAccessibleName(tr(self._name))
        self.setPlaceholderText(tr(self._placeholder))
