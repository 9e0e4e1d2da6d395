"""What went wrong, or what is done, as a strip over the page: nothing under the finger moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from greenaudit.messages import msg
from ui.i18n import tr
from ui.notices import Notice
from ui.widgets.boxes import col, row
from ui.widgets.buttons import icon_button
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label

CONFIRMED_FOR = 6000
"""Milliseconds for which a confirmation stays. Errors stay until they are closed."""
_LOOKS = {
    "done": ("good", "check-circle", "accent"),
    "known": ("warn", "warning", "warn"),
    "bug": ("danger", "warning-octagon", "danger"),
}


class NoticeBar(QFrame):
    """One notice at a time, the newest; as wide as it is readable, under the bar.

    Signals:
        closed: a person closed it; whoever shows the page places the focus.
    """

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._notice: Notice | None = None
        self._sign = Symbol("warning", "warn", 24, cut="fill")
        self._text = Label("", "body", wrap=True)
        self._detail = Label("", "caption", "ink3", wrap=True)
        self.close_button = icon_button("x", msg("Close"))
        self.close_button.clicked.connect(self._close)
        words = col(None, self._text, self._detail, None, gap=2)
        self.setLayout(row(self._sign, (words, 1), self.close_button, gap=12, margins=(16, 6, 6, 6)))
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(CONFIRMED_FOR)
        self._away.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Shows a notice in place of the one before."""
        self._notice = notice
        look, sign, tint = _LOOKS[notice.kind]
        self.setProperty("look", look)
        self.style().unpolish(self)
        self.style().polish(self)
        self._sign.show_icon(sign, tint, "fill")
        self._refresh()
        self.place()
        self.show()
        self.raise_()
        self._away.stop()
        if notice.kind == "done":
            self._away.start()

    def _close(self) -> None:
        held = self.close_button.hasFocus()
        self.hide()
        if held:
            self.closed.emit()

    def text(self) -> str:
        """What is shown, empty when nothing is."""
        return self._text.text() if self.isVisible() else ""

    def place(self) -> None:
        """Takes its place over the page."""
        width = min(760, self._over.width() - 32)
        layout = self.layout()
        height = max(56, layout.heightForWidth(width) if layout is not None else 0)
        self.setGeometry((self._over.width() - width) // 2, 72, width, height)

    def _refresh(self) -> None:
        if self._notice is not None:
            self._text.say(self._notice.message)
            bug = self._notice.kind == "bug"
            self._detail.say(self._notice.detail if bug else "")
            self._detail.setVisible(bug)
            self.setAccessibleName(tr(self._notice.message))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False
