"""Unlock as it is seen: one card, one field, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from greenaudit.messages import Message, msg
from ui.pages.unlock.presenter import Unlocking, UnlockPresenter
from ui.ports import Tasks
from ui.routes import Route
from ui.widgets.boxes import col, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import Field
from ui.widgets.page import Page
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for

WIDE = 640


class UnlockPage(Page):
    """Shown at the start where the key of the data is wrapped for a passphrase."""

    presenter: UnlockPresenter

    def __init__(self, reason: Message | None = None) -> None:
        super().__init__()
        self.passphrase = Field(msg("Recovery code") if reason else msg("Passphrase or recovery code"))
        if reason is None:  # forty signs of a code can't be typed unseen
            self.passphrase.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.open_button = Button(msg("Open"), "primary", "arrow-right", icon_right=True)
        self.reason = Label(reason or "", "body", "ink2", wrap=True)
        self.reason.setHidden(reason is None)
        words = col(
            row(Symbol("lock-simple", "accent", 40, cut="fill"), None),
            Label(msg("Your data are closed"), "display", wrap=True), self.reason,
            12, self.passphrase, 12, row(None, self.open_button), gap=8,
        )  # fmt: skip
        card = Card(words, (28, 24, 28, 24))
        card.setMaximumWidth(WIDE)
        middle = pane(col(row(None, (card, 100), None), None), (24, 24, 24, 24))
        self.setLayout(col((scroll(middle), 1), gap=0))

    def use(self, presenter: UnlockPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.open_button.clicked.connect(self._unlock)
        self.passphrase.input.returnPressed.connect(self._unlock)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self.passphrase.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self) -> None:
        self.presenter.unlock(self.passphrase.input.text())

    def show_wrong(self, said: Message | None) -> None:
        """Says under the field why the data stay closed; what was typed stays, chosen whole."""
        self.passphrase.show_error(said or "")
        if said is not None:
            self.passphrase.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self.passphrase.input.selectAll()

    def show_busy(self, *, busy: bool) -> None:
        """Stretching a passphrase takes a moment, on purpose."""
        wait_for(self.open_button, busy=busy)


def build(unlocking: Unlocking, tasks: Tasks, reason: Message | None = None) -> Page:
    """The page with its presenter; `reason` says why the usual way is lost."""
    page = UnlockPage(reason)
    page.use(UnlockPresenter(unlocking, tasks, page))
    return page
