"""A button that waits while its work is done, without losing the keyboard's place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def wait_for(button: QWidget, *, busy: bool) -> None:
    """Switches a button off while its work is done. If it had the focus, it has it again when the work is over."""
    if busy == (not button.isEnabled()):
        return
    if busy:
        held = button.hasFocus()
        button.setProperty("waited", held)
        if held:
            rest = button.parentWidget() or button.window()
            rest.setFocus(Qt.FocusReason.OtherFocusReason)
    button.setEnabled(not busy)
    if not busy and button.property("waited"):
        button.setProperty("waited", None)
        parked = button.parentWidget()
        if parked is None or parked.hasFocus() or button.window().focusWidget() is None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
