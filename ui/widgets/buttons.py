"""Buttons. One primary a page; the person's verb on it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton

from ui.i18n import Said, tr
from ui.theme import color
from ui.theme.icons import Cut, icon

Kind = Literal[
    "", "primary", "big", "quiet", "danger", "icon", "tab", "choice", "doubt", "onDeep", "lineOnDeep"
]
"""Plain (44 px), primary and big (56), quiet (no border), icon, tab of the frame, choice and doubt (checkable)."""

_TINTS = {
    "primary": "onAccent",
    "onDeep": "accentDeep",
    "lineOnDeep": "onDeep",
    "quiet": "accent",
    "danger": "danger",
}
_TINTS_ON = {"choice": "onAccent", "tab": "accent", "doubt": "warn"}


class Button(QPushButton):
    """A button with its words and, where it has one, its icon; both follow language, theme and screen."""

    _said: Said = ""
    _tip: Said = ""
    _icon = ""
    _tint = ""
    _cut: Cut = "bold"
    _enter = False

    def __init__(
        self,
        said: Said = "",
        kind: Kind = "",
        icon: str = "",
        *,
        tint: str = "",
        cut: Cut = "bold",
        tip: Said = "",
        checkable: bool = False,
        icon_right: bool = False,
        icon_size: int = 22,
    ) -> None:
        super().__init__()
        self._icon, self._cut = icon, cut
        self._tint = tint or _TINTS.get(kind, "ink2" if kind in ("tab", "doubt") else "ink")
        self._tint_on = _TINTS_ON.get(kind, "")
        self._tip = tip
        self.setProperty("kind", kind)
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon_right:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if icon:
            self.setIconSize(QSize(icon_size, icon_size))
            self._draw_icon()
        self.say(said)

    def say(self, said: Said) -> None:
        """Shows other words."""
        self._said = said
        text = tr(said)
        # The style sheet leaves no gap between icon and text: a space does, and the accessible name is apart.
        shown = text.replace("&", "&&")
        self.setText(f" {shown} " if self._icon and shown else shown)
        tip = tr(self._tip)
        self.setAccessibleName(text or tip)
        self.setToolTip(tip)

    def set_tip(self, tip: Said) -> None:
        """Changes the tool tip, which is also the name of a button without words."""
        self._tip = tip
        self.say(self._said)

    def set_icon(self, name: str, *, tint: str = "", cut: Cut = "bold") -> None:
        """Shows another icon."""
        self._icon, self._cut = name, cut
        self._tint = tint or self._tint
        self._draw_icon()
        self.say(self._said)

    def _draw_icon(self) -> None:
        on = color(self._tint_on) if self._tint_on else None
        size = self.iconSize().width()
        ratio = self.devicePixelRatioF()
        self.setIcon(icon(self._icon, color(self._tint), size, ratio, self._cut, on=on, off=color("ink3")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._enter = False
        super().focusInEvent(event)

    def press_by_enter(self) -> bool:
        """Presses it if Enter was struck on it, and the page has no other use for the key; choices take Space alone.

        An Enter in a field that moved the focus here meant the field.
        """
        struck, self._enter = self._enter, False
        pressed = struck and (not self.isCheckable() or self.property("kind") == "tab")
        if pressed:
            self.click()
        return pressed

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self.say(self._said)
        elif kind == QEvent.Type.StyleChange and self._icon:
            self._draw_icon()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._icon:
            self._draw_icon()
        return super().event(event)


def icon_button(icon: str, tip: Said, *, tint: str = "", checkable: bool = False) -> Button:
    """A button that is only an icon; `tip` is its accessible name and its tool tip."""
    return Button("", "icon", icon, tint=tint, tip=tip, checkable=checkable)
