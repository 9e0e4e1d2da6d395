"""The keys of the walk. They act when no text field has the focus and no sheet lies over the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Acts = dict[Qt.Key, Callable[[], None]]
"""What keys do."""

_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class WalkKeys(QObject):
    """Takes the keys that the focused widget leaves to the page. `acts` says what they do just now, `standard` what
    undo and redo do, whatever keys the system has for them."""

    def __init__(
        self,
        page: QWidget,
        acts: Callable[[], Acts],
        digit: Callable[[int], bool],
        standard: Mapping[QKeySequence.StandardKey, Callable[[], None]],
    ) -> None:
        super().__init__(page)
        self._page, self._acts, self._digit, self._standard = page, acts, digit, standard
        page.installEventFilter(self)

    def is_typing(self) -> bool:
        """Whether a text field has the focus."""
        return isinstance(self._page.window().focusWidget(), _TEXT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        if self.is_typing():
            return False
        for wanted, undo in self._standard.items():
            if event.matches(wanted):
                undo()
                return True
        if event.modifiers() not in _PLAIN:
            return False
        digit = event.key() - Qt.Key.Key_0
        if 0 <= digit <= 9:
            return self._digit(digit)
        act = self._acts().get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None
