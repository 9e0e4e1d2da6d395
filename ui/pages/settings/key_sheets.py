"""Two sheets over the settings: what keeps the key, and a new recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message, msg
from ui.pages.settings.values import Kind
from ui.recovery import CodeQuestion
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.protection_choice import ProtectionChoice
from ui.widgets.recovery_code import RecoveryCodeForm
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for


class KeySheet(Sheet):
    """Signals:

    wanted (str, str): the way that was chosen, and its passphrase.
    """

    wanted = Signal(str, str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("What keeps the key of your data?"))
        self.kept = ProtectionChoice()
        self.button = Button(msg("Keep it this way"), "primary", "check")
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        code = Label(msg("Your recovery code opens them in any case."), "small", "ink2", wrap=True)
        self.fill(col(self.kept, code, self.wrong, gap=10), self.button)
        self.button.clicked.connect(self._go)
        self.kept.entered.connect(self._go)
        self.closed.connect(self.kept.forget)

    def ask(self, kind: Kind) -> None:
        """Asks, with the way that holds now chosen."""
        self.show_wrong("")
        self.kept.choose(kind)
        self.appear()

    def first(self) -> QWidget | None:
        return self.kept.rows[self.kept.kind()]

    def show_busy(self, *, busy: bool) -> None:
        """Stretching a passphrase takes a moment, on purpose."""
        wait_for(self.button, busy=busy)

    def show_wrong(self, said: Message | str) -> None:
        """Says why it can't be kept that way."""
        self.wrong.say(said)
        self.wrong.setVisible(bool(said))

    def _go(self) -> None:
        self.show_wrong("")
        if self.kept.complete():
            self.wanted.emit(self.kept.kind(), self.kept.passphrase())


class CodeSheet(Sheet):
    """First what a new code means, then the code, until a group of it is typed.

    Signals:
        wanted: the person wants a new code.
        confirmed (str): the group that was typed.
    """

    wanted = Signal()
    confirmed = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, msg("New recovery code"), width=640)
        self.about = Label(
            msg(
                "The code on your paper stops opening this device's data as soon as there is a new one. "
                "Backups that you made earlier still open with the old code only."
            ),
            "body", wrap=True,
        )  # fmt: skip
        self.form = RecoveryCodeForm()
        self.button = Button("", "primary")
        self.wrong = Label("", "body", "danger", wrap=True)
        self.fill(col(self.about, self.form, self.wrong, gap=10), self.button)
        self.button.clicked.connect(self._press)
        self.form.group.input.returnPressed.connect(self._press)
        self.closed.connect(self.form.forget)
        self._asked = False

    def ask(self) -> None:
        """Begins with what a new code means."""
        self._step(asked=False)
        self.appear()

    def show_question(self, question: CodeQuestion) -> None:
        """Shows the code and asks for one group of it."""
        self._step(asked=True)
        self.form.show_question(question)
        self.form.group.input.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """Making a code takes a moment."""
        wait_for(self.button, busy=busy)

    def show_wrong(self, said: Message) -> None:
        """Says why there is no new code."""
        self.wrong.say(said)
        self.wrong.show()

    def first(self) -> QWidget | None:
        return self.button

    def _step(self, *, asked: bool) -> None:
        self._asked = asked
        self.wrong.hide()
        self.about.setVisible(not asked)
        self.form.setVisible(asked)
        self.button.say(msg("I have written it down") if asked else msg("Make a new code"))

    def _press(self) -> None:
        if self._asked:
            self.confirmed.emit(self.form.group.text())
        else:
            self.wanted.emit()
