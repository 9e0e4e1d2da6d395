"""Set-up as it is seen: first the name and how the key is kept, then the code. One card in the middle."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.i18n import language
from ui.pages.setup.presenter import Outcome, SetUpPresenter, Starting
from ui.pages.setup.restoring import Pick, RestoreSheet, ask_for_folder
from ui.ports import Notices, Tasks
from ui.recovery import CodeQuestion
from ui.routes import Route
from ui.theme import SizeClass
from ui.widgets.boxes import col, frame, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import Field
from ui.widgets.page import Page
from ui.widgets.protection_choice import ProtectionChoice
from ui.widgets.recovery_code import RecoveryCodeForm
from ui.widgets.signs import StairMark, Symbol
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for

WIDE = 640


class SetUpPage(Page):
    """Shown once on a device, before anything else; the code until it is confirmed."""

    presenter: SetUpPresenter

    def __init__(self, notices: Notices, pick_folder: Pick = ask_for_folder) -> None:
        super().__init__()
        self._notices = notices
        self.name = Field(msg("Your name"), hint=msg("As it should stand under your reports."))
        self.kept = ProtectionChoice()
        self.kept.choose("keyring")
        self.begin_button = Button(msg("Set up this device"), "primary", "arrow-right", icon_right=True)
        self.code = RecoveryCodeForm()
        self.group = self.code.group
        self.confirm_button = Button(msg("I have written it down"), "primary", "check")
        self._protection = Label("", "body", "ink2", wrap=True)
        self.restore_button = Button(msg("Restore a backup…"), "", "hard-drive")
        self.restoring = RestoreSheet(self, pick_folder)
        self._name_pane, self._code_pane = self._name_step(), self._code_step()
        self._code_pane.hide()
        self._steps = pane(col(self._name_pane, self._code_pane, gap=0))
        middle = pane(row(None, (self._steps, 100), None), (24, 24, 24, 24))
        self._steps.setMaximumWidth(WIDE)
        self.setLayout(col((scroll(middle), 1), gap=0))

    def _name_step(self) -> QWidget:
        words = col(
            row(StairMark(40), None),
            Label(msg("Welcome to GreenAudit"), "display", wrap=True),
            Label(
                msg("Everything you enter stays on this device, encrypted, until you send it."),
                "lead", "ink2", wrap=True,
            ),
            12, self.name, 12,
            Label(msg("What keeps the key of your data?"), "strong", wrap=True), self.kept, 12,
            row(None, self.begin_button),
            gap=8,
        )  # fmt: skip
        before = row(
            (Label(msg("Did you work with GreenAudit on another machine?"), "body", "ink2", wrap=True), 1),
            self.restore_button, gap=12,
        )  # fmt: skip
        return pane(col(Card(words, (28, 24, 28, 24)), 8, before, None))

    def _code_step(self) -> QWidget:
        protection = frame(
            "well", row(Symbol("lock-simple", "accent", 24, cut="fill"), (self._protection, 1), gap=12, margins=(14, 12, 14, 12))
        )  # fmt: skip
        words = col(
            Label(msg("Your recovery code"), "display", wrap=True),
            self.code, 4, protection, 8, row(None, self.confirm_button), gap=8,
        )  # fmt: skip
        return pane(col(Card(words, (28, 24, 28, 24)), None))

    def use(self, presenter: SetUpPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.begin_button.clicked.connect(self._begin)
        self.name.input.returnPressed.connect(self._begin)
        self.kept.entered.connect(self._begin)
        self.restore_button.clicked.connect(self.restoring.ask)
        self.restoring.wanted.connect(presenter.restore)
        self.confirm_button.clicked.connect(self._confirm)
        self.group.input.returnPressed.connect(self._confirm)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.presenter.load()

    def fit(self, size: SizeClass) -> None:
        self.code.set_columns(3 if size == "narrow" else 4)

    def _first(self) -> QWidget:
        return self.name.input if self._code_pane.isHidden() else self.group.input

    def _begin(self) -> None:
        if self.name.text() and not self.kept.complete():
            return
        self.presenter.begin(self.name.text(), language(), self.kept.kind(), self.kept.passphrase())

    def _confirm(self) -> None:
        self.presenter.confirm(self.group.text())

    def show_keyring(self, trouble: Message | None) -> None:
        """Offers the keyring, or says why there is none."""
        self.kept.show_keyring(trouble)

    def show_name_needed(self, said: Message | None) -> None:
        """Says under the field that the name is missing."""
        self.name.show_error(said or "")
        if said is not None:
            self.name.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, *, busy: bool) -> None:
        """Making the keys takes a moment."""
        wait_for(self.begin_button, busy=busy)
        self.begin_button.say(msg("Making the keys…") if busy else msg("Set up this device"))

    def show_code(self, question: CodeQuestion, protection: Message) -> None:
        """Shows the code, how what is here is protected, and asks for one group of it."""
        self.kept.forget()
        self._protection.say(protection)
        self.code.show_question(question)
        self._name_pane.hide()
        self._code_pane.show()
        self.group.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_group_wrong(self, said: Message) -> None:
        """Says under the field that this was not the group."""
        self.code.show_wrong(said)

    def show_restoring(self, *, busy: bool) -> None:
        """Copying and checking everything takes its time."""
        self.restoring.show_busy(busy=busy)

    def show_restore_error(self, said: Message) -> None:
        """Why the backup can't be put here, on its sheet."""
        self.restoring.show_wrong(said)

    def show_error(self, error: GreenAuditError) -> None:
        """What went wrong in setting up goes to the notices."""
        self._notices.error(error)


def build(starting: Starting, tasks: Tasks, notices: Notices, pending: Outcome | None = None) -> Page:
    """The page with its presenter; with `pending` it begins at a code that nobody has confirmed yet."""
    page = SetUpPage(notices)
    page.use(SetUpPresenter(starting, tasks, page, secrets.randbelow))
    if pending is not None:
        page.presenter.ask(pending)
    return page
