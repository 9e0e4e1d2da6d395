"""The comparison as it is seen: the scores then and now, and the questions that stand worse or better."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import msg, msgs
from greenaudit.services.views import ComparedQuestion, ComparedVisits
from ui.i18n.formatting import formats
from ui.models.tree import TreeModel
from ui.pages.compare.presenter import ComparePresenter
from ui.pages.compare.rows import QuestionRows, figure, module_row, signed, spoken, tone_of
from ui.ports import Notices, Tools
from ui.routes import Compare, Route
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, frame, pane, row, rule, scroll
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.lists import TouchList
from ui.widgets.page import Page
from ui.widgets.states import StateBlock
from ui.widgets.texts import Label


class ComparePage(Page):
    """Left the scores, right what moved, what got worse first; one column when narrow."""

    presenter: ComparePresenter

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self._shown: ComparedVisits | None = None
        self.title = Label("", "display", wrap=True)
        self.about = Label("", "lead", "ink2", wrap=True)
        self.go_button = Button("", "primary", "arrow-right", icon_right=True)
        self.before, self.after = Label("", "money"), Label("", "money")
        self.change = Label("", "title")
        self._scores = col(gap=16)
        self._basis = Label("", "small", "ink2", wrap=True)
        self._better_card, self.better, self._better = self._list()
        self._worse_card, self.worse, self._worse = self._list()
        self.better_title, self.worse_title = Label("", "strong", "ink2"), Label("", "strong", "ink2")
        self._none = QWidget()
        self._none.setLayout(col(gap=0))
        self._arrange()

    def _list(self) -> tuple[QFrame, TouchList, TreeModel[ComparedQuestion]]:
        model: TreeModel[ComparedQuestion] = TreeModel(spoken, parent=self)
        view = TouchList(model, QuestionRows(), msg("Questions"), whole=True, mark=False, lines=True)
        return frame("card", col(view, gap=0, margins=(1, 5, 1, 5))), view, model

    def _arrange(self) -> None:
        arrow = Label("→", "title", "ink3")
        self._whole = pane(
            col(
                Label(msg("Whole visit"), "strong"),
                row(self.before, arrow, self.after, None, self.change, gap=12), rule(), gap=8,
            )
        )  # fmt: skip
        left = pane(col(Card(col(self._whole, self._scores, self._basis, gap=14)), None))
        right = pane(
            col(
                self.worse_title, self._worse_card, 8, self.better_title, self._better_card, None, gap=8
            )
        )  # fmt: skip
        self._left = left
        self._columns = row(left, (right, 1), gap=24)
        self._body = pane(self._columns)
        inner = pane(col(self.title, self.about, 8, self._none, self._body, None, gap=4), (24, 16, 24, 24))
        foot = frame("foot", row(None, self.go_button, gap=16, margins=(24, 8, 24, 8)))
        self.setLayout(col((scroll(inner), 1), foot, gap=0))
        self.show_nothing()

    def use(self, presenter: ComparePresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.go_button.clicked.connect(presenter.go_on)
        self.better.picked.connect(presenter.look_at)
        self.worse.picked.connect(presenter.look_at)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        if isinstance(route, Compare):
            self.presenter.load(route.assessment_id)

    def refresh(self) -> None:
        self.presenter.catch_up()

    def fit(self, size: SizeClass) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if size == "narrow" else across)
        wide = 432 if size == "wide" else 340
        self._left.setMinimumWidth(0 if size == "narrow" else wide)
        self._left.setMaximumWidth(16777215 if size == "narrow" else wide)

    def landing(self) -> QWidget | None:
        return self.go_button

    def retranslate(self) -> None:
        if self._shown is not None:
            self.show_compared(self._shown)

    def show_nothing(self) -> None:
        """Another visit is being read."""
        self._shown = None
        for part in (self.title, self.about, self._none, self._body):
            part.hide()

    def show_compared(self, compared: ComparedVisits) -> None:
        """Shows a visit beside the one before it, or why it can't be."""
        self._shown = compared
        for part in (self.title, self.about):
            part.show()
        self.title.say(compared.plant.name)
        before, after = self._day(compared, compared.before_at), self._day(compared, compared.after_at)
        self.about.say(msg("Visit of {after} beside that of {before}", after=after, before=before))
        self.go_button.say(msg("Go to the report") if compared.finished else msg("Continue the walk"))
        self._body.setVisible(compared.reason is None)
        self._none.setVisible(compared.reason is not None)
        layout = self._none.layout()
        if layout is not None:
            clear(layout)
            if compared.reason is not None:
                title = msg("The two visits can't be compared")
                layout.addWidget(StateBlock("stack", title, compared.reason))
        self._show_scores(compared)
        self._show_moved(compared)

    def show_error(self, error: GreenAuditError) -> None:
        """What can't be read goes to the notices."""
        self._notices.error(error)

    def leave_for(self, route: Route) -> None:
        """Goes elsewhere."""
        self.go.emit(route)

    def _show_scores(self, compared: ComparedVisits) -> None:
        overall = compared.overall
        self._whole.setVisible(overall.change is not None)
        self.before.say(figure(overall.before))
        self.after.say(figure(overall.after))
        self.change.say(signed(overall.change))
        self.change.set_tone(tone_of(overall.change))
        clear(self._scores)
        for module, score in compared.modules.items():
            self._scores.addWidget(module_row(module, score))
        self._basis.say(
            msgs(
                "Like for like: both visits are scored over the {n} question that was assessed at both, with today's weights.",
                "Like for like: both visits are scored over the {n} questions that were assessed at both, with today's weights.",
                compared.questions,
            )
        )

    def _show_moved(self, compared: ComparedVisits) -> None:
        better, worse = len(compared.better), len(compared.worse)
        self.better_title.say(
            msgs("{n} question stands better", "{n} questions stand better", better)
            if better
            else msg("No question stands better")
        )
        self.worse_title.say(
            msgs("{n} question stands worse", "{n} questions stand worse", worse)
            if worse
            else msg("No question stands worse")
        )
        self._better.set_values(compared.better)
        self._worse.set_values(compared.worse)
        self._better_card.setVisible(bool(better))
        self._worse_card.setVisible(bool(worse))

    @staticmethod
    def _day(compared: ComparedVisits, moment: datetime) -> str:
        return formats().date(moment.astimezone(ZoneInfo(compared.plant.timezone)).date())


def build(tools: Tools) -> Page:
    """The page with its presenter."""
    page = ComparePage(tools.notices)
    page.use(ComparePresenter(tools.app.visits, tools.tasks, page))
    return page
