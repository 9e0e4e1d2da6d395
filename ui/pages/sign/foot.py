"""What ends the page: what is still missing, the plant's right to decline, and the one button that closes the visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.theme import SizeClass
from ui.widgets.boxes import pane, row
from ui.widgets.buttons import Button
from ui.widgets.texts import Label


class SignFoot(QFrame):
    """In wide it ends the representative's card; else it stays at the foot of the page while the rest scrolls.

    Signals:
        sign, decline: what was pressed.
    """

    sign = Signal()
    decline = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._missing = Label("", "small", "ink2", wrap=True)
        self.decline_button = Button(msg("The plant declines"), "", "prohibit")
        self.sign_button = Button(msg("Sign and close the visit"), "primary", "signature")
        self._buttons = row(self.decline_button, None, self.sign_button, gap=12)
        self._box = row((self._missing, 1), pane(self._buttons), gap=12)
        self.setLayout(self._box)
        self.sign_button.clicked.connect(self.sign)
        self.decline_button.clicked.connect(self.decline)

    def show_missing(self, said: Message | None) -> None:
        """Says what the button waits for; a button that is off is never without its reason."""
        self._missing.say(said or msg("A one-time key is made for this signature and named in it."))
        self._missing.set_tone("warn" if said is not None else "ink2")
        self.sign_button.setEnabled(said is None)
        self.sign_button.setAccessibleDescription(tr(said or ""))

    def fit(self, size: SizeClass) -> None:
        """Narrow: the sentence stands over the buttons."""
        self.sign_button.say(msg("Sign and close the visit") if size == "wide" else msg("Sign and close"))
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if size == "narrow" else across)
        self._box.setSpacing(6 if size == "narrow" else 12)
        look = "" if size == "wide" else "foot"
        self._box.setContentsMargins(*((0, 0, 0, 0) if size == "wide" else (32, 8, 32, 8)))
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)
