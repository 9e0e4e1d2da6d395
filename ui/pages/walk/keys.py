"""The keys of the walk. They act when no text field has the focus and no sheet lies over the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Acts = dict[Qt.Key, Callable[[], None]]
"""What keys do."""

_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit)
_PAGING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class WalkKeys(QObject):
    """Takes the keys that the focused widget leaves to the page. `acts` says what they do just now, `standard` what
    undo and redo do, whatever keys the system has for them, `free` whether no sheet lies over the page."""

    def __init__(
        self,
        page: QWidget,
        acts: Callable[[], Acts],
        digit: Callable[[int], bool],
        standard: Mapping[QKeySequence.StandardKey, Callable[[], None]],
        free: Callable[[], bool],
    ) -> None:
        super().__init__(page)
        self._page, self._acts, self._digit, self._standard, self._free = page, acts, digit, standard, free
        page.installEventFilter(self)

    def is_typing(self) -> bool:
        """Whether a text field has the focus."""
        return isinstance(self._page.window().focusWidget(), _TEXT)

    def come_before(self, scrolls: QWidget) -> None:
        """In what scrolls, too, the keys that page through it go to the next question or back."""
        scrolls.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not self._page and event.key() not in _PAGING:
            return False
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if self.is_typing() or not self._free():
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
