"""New visit as it is seen: plants on the left, what it is done with on the right, one button to start."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from greenaudit.domain.checklists import MODULES, Module
from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg, msgs
from greenaudit.services.views import ChecklistCard, Outlook, PackStanding, PlantCard
from ui.models.tree import TreeModel
from ui.pages.new_visit.plant_rows import PlantRows, about
from ui.pages.new_visit.presenter import Draft, NewVisitPresenter
from ui.ports import Notices, SendingState, Tools
from ui.routes import NewVisit, Route, Settings
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, frame, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.checks import Check
from ui.widgets.choices import OptionRow, Segmented
from ui.widgets.lists import TouchList
from ui.widgets.page import Page
from ui.widgets.signs import MODULE_NAMES, ModuleTile
from ui.widgets.states import StateBlock
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for


class NewVisitPage(Page):
    """The primary button stands bottom right; beside it, what is still missing."""

    presenter: NewVisitPresenter

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self._plants: TreeModel[PlantCard] = TreeModel(lambda c: f"{c.plant.name}, {about(c)}", parent=self)
        self.plants = TouchList(self._plants, PlantRows(), msg("Plants"), whole=True, lines=True)
        self.none = StateBlock(
            "flag",
            msg("No plant on this device yet"),
            msg(
                "Plants come with your programme: enrol this device with the address and the one-time code that it gave you, "
                "then send and receive once. The sample programme shows everything without them: greenaudit window --sample."
            ),
            action=msg("Enrol this device"),
        )
        self.checklists = QWidget()
        self._checklist_column = col(gap=8)
        self.checklists.setLayout(self._checklist_column)
        self._checklist_rows: dict[str, OptionRow] = {}
        self.kind = Segmented((("full", msg("Full")), ("rapid", msg("Rapid"))), msg("How much"))
        self.modules: dict[Module, QCheckBox] = {module: Check(MODULE_NAMES[module]) for module in MODULES}
        self.start_button = Button(msg("Start the visit"), "primary", "arrow-right", icon_right=True)
        self._missing = Label("", "body", "ink2", wrap=True)
        self._outlook = Label("", "small", "ink2", wrap=True)
        self.accept = Check(msg("I know where it comes from and accept it"))
        self._unsigned = frame(
            "warn",
            col(
                Label(msg("Your programme has not signed this checklist"), "strong", wrap=True),
                Label(
                    msg("Nobody vouches for its questions and weights. The visit records that you accepted it."),
                    "body", "ink2", wrap=True,
                ),
                self.accept, gap=4, margins=(14, 10, 14, 8),
            ),
        )  # fmt: skip
        self._arrange()

    def _arrange(self) -> None:
        self._list_card = frame("card", col(self.plants, gap=0, margins=(1, 5, 1, 5)))
        left = col(Label(msg("Which plant?"), "strong", "ink2"), self._list_card, self.none, None, gap=8)
        modules = col(
            *[row(ModuleTile(code, 28), (check, 1), gap=12) for code, check in self.modules.items()], gap=4
        )
        settings = Card(
            col(
                Label(msg("Checklist"), "strong"), self.checklists, self._unsigned, 8,
                Label(msg("How much"), "strong"), self.kind,
                Label(
                    msg(
                        "Rapid asks only the questions that find most in a short visit; its result stays indicative, without "
                        "a rating."
                    ),
                    "small", "ink2", wrap=True,
                ),
                self._outlook,
                8, Label(msg("Modules"), "strong"), modules, gap=8,
            )
        )  # fmt: skip
        self._side = pane(col(Label(msg("With what?"), "strong", "ink2"), settings, None, gap=8))
        self._columns = row((left, 1), self._side, gap=24)
        inner = pane(col(Label(msg("New visit"), "display"), (self._columns, 1), gap=12), (24, 16, 24, 16))
        foot = frame("foot", row((self._missing, 1), self.start_button, gap=16, margins=(24, 8, 24, 8)))
        self.setLayout(col((scroll(inner), 1), foot, gap=0))

    def use(self, presenter: NewVisitPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.plants.picked.connect(self._choose_plant)
        self.kind.chosen.connect(presenter.choose_kind)
        for module, check in self.modules.items():
            check.toggled.connect(partial(self._include, module))
        self.accept.toggled.connect(self._accept)
        self.start_button.clicked.connect(presenter.start)
        if self.none.action is not None:
            self.none.action.clicked.connect(partial(self.go.emit, Settings("endpoint")))

    def _accept(self, on: bool) -> None:
        self.presenter.accept(on=on)

    def _choose_plant(self, card: PlantCard) -> None:
        self.presenter.choose_plant(card.plant.id)

    def _include(self, module: Module, on: bool) -> None:
        self.presenter.include(module, on=on)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self.presenter.load(route.plant_id if isinstance(route, NewVisit) else None)

    def fit(self, size: SizeClass) -> None:
        narrow = size == "narrow"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        self._side.setMaximumWidth(16777215 if narrow else 432)
        self._side.setMinimumWidth(0 if narrow else 432 if size == "wide" else 372)

    def show_offer(self, plants: tuple[PlantCard, ...], checklists: tuple[ChecklistCard, ...]) -> None:
        """Shows what there is to choose from."""
        self._plants.set_values(plants)
        self._list_card.setVisible(bool(plants))
        self.none.setVisible(not plants)
        clear(self._checklist_column)
        self._checklist_rows = {}
        for card in checklists:
            choice = _checklist_row(card)
            choice.clicked.connect(partial(self._choose_checklist, card.sha256))
            self._checklist_rows[card.sha256] = choice
            self._checklist_column.addWidget(choice)

    def _choose_checklist(self, sha: str, _checked: object = None) -> None:
        self.presenter.choose_checklist(sha)

    def show_draft(self, draft: Draft) -> None:
        """Shows what is chosen, and what is missing beside the button that is off."""
        for place, card in enumerate(self._plants.values()):
            if card.plant.id == draft.plant_id:
                self.plants.setCurrentIndex(self._plants.index(place, 0))
        for sha, choice in self._checklist_rows.items():
            choice.setChecked(sha == draft.checklist_sha)
        with QSignalBlocker(self.accept):
            self.accept.setChecked(draft.accepted)
        self._unsigned.setVisible(draft.unsigned)
        self.kind.choose(draft.kind)
        for module, check in self.modules.items():
            check.setChecked(module in draft.modules)
        self.start_button.setEnabled(draft.missing is None)
        self._missing.say(draft.missing or "")

    def show_outlook(self, outlook: Outlook | None) -> None:
        """How much would be asked and how long that takes; it stays as it was while something else is worked out."""
        self._outlook.say("" if outlook is None else _outlook(outlook))

    def show_sending(self, state: SendingState) -> None:
        """Where plants come from depends on whether this device is enrolled."""
        if self.none.action is not None:
            self.none.action.say(msg("Send and receive now") if state.enrolled else msg("Enrol this device"))

    def show_starting(self, *, busy: bool) -> None:
        """While the visit is being started the button waits."""
        wait_for(self.start_button, busy=busy)

    def show_error(self, error: GreenAuditError) -> None:
        """What could not be read or started goes to the notices."""
        self._notices.error(error)

    def leave_for(self, route: Route) -> None:
        """Goes elsewhere."""
        self.go.emit(route)

    def retranslate(self) -> None:
        self.plants.scheduleDelayedItemsLayout()


STANDINGS: dict[PackStanding, Message] = {
    "shipped": msg("ships with GreenAudit"),
    "signed": msg("signed by your programme"),
    "unsigned": msg("not signed"),
}
"""Whose word a checklist is."""


def _outlook(outlook: Outlook) -> Message:
    hours, minutes = divmod(outlook.minutes, 60)
    return msgs(
        "{n} question to begin with; planned for two assessors: {hours} h {minutes}, both meetings included.",
        "{n} questions to begin with; planned for two assessors: {hours} h {minutes}, both meetings included.",
        outlook.questions,
        hours=hours,
        minutes=f"{minutes:02}",
    )


def _checklist_row(card: ChecklistCard) -> OptionRow:
    count = msgs("1 question", "{n} questions", card.questions)
    sentence = msg(
        "Version {version}, {count} · {standing}",
        version=card.version,
        count=count,
        standing=STANDINGS[card.standing],
    )
    return OptionRow(card.title, sentence)


def build(tools: Tools) -> Page:
    """The page with its presenter."""
    page = NewVisitPage(tools.notices)
    page.use(NewVisitPresenter(tools.app.visits, tools.tasks, page))
    tools.sending.follow(page.show_sending)
    return page
