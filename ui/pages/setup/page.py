"""Set-up as it is seen: first the name, then the code. One card in the middle, one primary button."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.i18n import language
from ui.pages.setup.presenter import CodeQuestion, SetUpPresenter, Starting
from ui.ports import Notices, Tasks
from ui.routes import Route
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, frame, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import Field
from ui.widgets.page import Page
from ui.widgets.signs import StairMark, Symbol
from ui.widgets.texts import Label

WIDE = 640


class SetUpPage(Page):
    """Shown once on a device, before anything else."""

    presenter: SetUpPresenter

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self.name = Field(msg("Your name"), hint=msg("As it should stand under your reports."))
        self.begin_button = Button(msg("Set up this device"), "primary", "arrow-right", icon_right=True)
        self.group = Field("", kind="code")
        self.confirm_button = Button(msg("I have written it down"), "primary", "check")
        self._groups = QGridLayout()
        self._groups.setSpacing(8)
        self._columns = 4
        self._question: CodeQuestion | None = None
        self._protection = Label("", "body", "ink2", wrap=True)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._name_step())
        self._steps.addWidget(self._code_step())
        middle = pane(row(None, (self._steps, 6), None), (24, 24, 24, 24))
        self._steps.setMaximumWidth(WIDE)
        self.setLayout(col((scroll(middle), 1), gap=0))

    def _name_step(self) -> QWidget:
        words = col(
            row(StairMark(40), None),
            Label(msg("Welcome to GreenAudit"), "display", wrap=True),
            Label(
                msg("Everything you enter stays on this device, encrypted, until you send it."),
                "lead",
                "ink2",
                wrap=True,
            ),
            12,
            self.name,
            12,
            row(None, self.begin_button),
            gap=8,
        )
        return pane(col(Card(words, (28, 24, 28, 24)), None))

    def _code_step(self) -> QWidget:
        protection = frame(
            "well", row(Symbol("lock-simple", "accent", 24, cut="fill"), (self._protection, 1), gap=12, margins=(14, 12, 14, 12))
        )  # fmt: skip
        words = col(
            Label(msg("Your recovery code"), "display", wrap=True),
            Label(
                msg(
                    "Write it on paper and keep it away from this device. With it your data opens on another "
                    "machine; without it nobody can. It is shown only this once."
                ),
                "body",
                "ink2",
                wrap=True,
            ),
            8,
            self._groups,
            8,
            protection,
            8,
            self.group,
            8,
            row(None, self.confirm_button),
            gap=8,
        )
        return pane(col(Card(words, (28, 24, 28, 24)), None))

    def use(self, presenter: SetUpPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.begin_button.clicked.connect(self._begin)
        self.name.input.returnPressed.connect(self._begin)
        self.confirm_button.clicked.connect(self._confirm)
        self.group.input.returnPressed.connect(self._confirm)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self.name.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, size: SizeClass) -> None:
        self._columns = 3 if size == "narrow" else 4
        self._show_groups()

    def _begin(self) -> None:
        self.presenter.begin(self.name.text(), language())

    def _confirm(self) -> None:
        self.presenter.confirm(self.group.text())

    def show_name_needed(self, said: Message | None) -> None:
        """Says under the field that the name is missing."""
        self.name.show_error(said or "")

    def show_busy(self, *, busy: bool) -> None:
        """Making the keys takes a moment."""
        self.begin_button.setEnabled(not busy)
        self.begin_button.say(msg("Making the keys…") if busy else msg("Set up this device"))

    def show_code(self, question: CodeQuestion) -> None:
        """Shows the code, how what is here is protected, and asks for one group of it."""
        self._question = question
        self._protection.say(question.protection)
        self.group.set_label(msg("To be sure: type group {number}", number=question.asked))
        self._show_groups()
        self._steps.setCurrentIndex(1)
        self.group.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_group_wrong(self, said: Message) -> None:
        """Says under the field that this was not the group."""
        self.group.show_error(said)

    def show_error(self, error: GreenAuditError) -> None:
        """What went wrong in setting up goes to the notices."""
        self._notices.error(error)

    def _show_groups(self) -> None:
        clear(self._groups)
        for place, group in enumerate(self._question.groups if self._question else ()):
            number = Label(str(place + 1), "caption", "ink3")
            cell = frame(
                "well", row(number, Label(group, "title", mono=True), None, gap=10, margins=(12, 8, 12, 8))
            )
            self._groups.addWidget(cell, place // self._columns, place % self._columns)


def build(starting: Starting, tasks: Tasks, notices: Notices) -> Page:
    """The page with its presenter."""
    page = SetUpPage(notices)
    page.use(SetUpPresenter(starting, tasks, page, secrets.randbelow))
    return page
