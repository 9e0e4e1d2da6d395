"""Home as it is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import msg
from greenaudit.services.views import PackOffer, VisitCard
from ui.models.tree import TreeModel
from ui.pages.home.compared import CompareRows, compared_of, compared_words
from ui.pages.home.hero import Hero
from ui.pages.home.offer import OfferSheet
from ui.pages.home.presenter import HomePresenter, HomeState
from ui.pages.home.side import OnlyHereCard, ReadyCard
from ui.pages.home.visit_rows import VisitRows
from ui.pages.home.words import about, heading
from ui.ports import Destination, Notices, SendingState, Tools
from ui.routes import Compare, NewVisit, Route
from ui.theme import SizeClass
from ui.widgets.boxes import col, frame, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.lists import TouchList
from ui.widgets.page import Page
from ui.widgets.signs import Symbol
from ui.widgets.states import StateBlock
from ui.widgets.texts import Label


class HomePage(Page):
    """Left: continue, other visits. Right: only here, ready. One column when narrow."""

    presenter: HomePresenter

    def __init__(self, notices: Notices, today: Callable[[], date]) -> None:
        super().__init__()
        self._notices, self._today = notices, today
        self._state: HomeState | None = None
        self._enrolled = True
        self._day = Label("", "title")
        self.new_button = Button(msg("New visit"), "", "plus")
        self.hero = Hero()
        self.empty = StateBlock(
            "clipboard-text",
            msg("No visit on this device yet"),
            msg("Choose a plant and a checklist; the walk begins with the first area."),
            action=msg("Start a visit"),
        )
        self.enrol = StateBlock(
            "laptop",
            msg("No visit on this device yet"),
            msg(
                "Plants come with your programme: enrol this device with the address and the one-time code that it gave you. "
                "The sample programme shows everything without them: greenaudit window --sample."
            ),
            action=msg("Enrol this device"),
        )
        self._visits: TreeModel[VisitCard] = TreeModel(
            lambda card: f"{card.plant.name}, {about(card)}", parent=self
        )
        self.others = TouchList(
            self._visits, VisitRows(), msg("Your other visits"), whole=True, mark=False, lines=True
        )
        self._compared: TreeModel[VisitCard] = TreeModel(compared_words, parent=self)
        self.compared = TouchList(
            self._compared, CompareRows(), msg("Beside the visit before"), whole=True, mark=False, lines=True
        )
        self.only_here, self.ready = OnlyHereCard(), ReadyCard()
        self.offer = OfferSheet(self)
        self._arrange()
        self._visible(None)
        self.retranslate()

    def _arrange(self) -> None:
        self._others_title = Label(msg("Your other visits"), "strong", "ink2")
        self._others_card: QFrame = frame("card", col(self.others, gap=0, margins=(1, 5, 1, 5)))
        self._compared_title = Label(msg("Beside the visit before"), "strong", "ink2")
        self._compared_card: QFrame = frame("card", col(self.compared, gap=0, margins=(1, 5, 1, 5)))
        words = Label(
            msg("Sample programme: everything in it is invented, and no real programme signs its reports."),
            "body", wrap=True,
        )  # fmt: skip
        flask = Symbol("flask", "ink2", 22, cut="fill")
        self._sample = frame("well", row(flask, (words, 1), gap=12, margins=(14, 10, 14, 10)))
        left = col(
            row(self._day, None, self.new_button), self._sample, self.hero, self.empty, self.enrol, 10,
            self._others_title, self._others_card, 10, self._compared_title, self._compared_card, None, gap=8,
        )  # fmt: skip
        self._side = pane(col(self.only_here, self.ready, None, gap=16))
        self._left = left
        self._columns = row((left, 1), self._side, gap=24, margins=(24, 20, 24, 20))
        inner = pane(self._columns, (24, 20, 24, 20))
        self.setLayout(col(scroll(inner), gap=0))

    def use(self, presenter: HomePresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.new_button.clicked.connect(self._new)
        if self.empty.action is not None:
            self.empty.action.clicked.connect(self._new)
        if self.enrol.action is not None:
            self.enrol.action.clicked.connect(presenter.enrol)
        self.hero.pressed.connect(presenter.open)
        self.hero.conflict.connect(presenter.settle)
        self.hero.compare.connect(presenter.compare)
        self.compared.picked.connect(presenter.compare)
        self.offer.wanted.connect(presenter.update)
        self.offer.kept.connect(presenter.keep)
        self.others.picked.connect(presenter.open)
        self.only_here.send.connect(presenter.send)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self.presenter.load()

    def fit(self, size: SizeClass) -> None:
        narrow = size == "narrow"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        self._columns.setStretchFactor(self._left, 0 if narrow else 1)
        self._columns.setStretchFactor(self._side, 1 if narrow else 0)
        self._side.setMaximumWidth(16777215 if narrow else 400 if size == "wide" else 340)
        self._side.setMinimumWidth(0 if narrow else 400 if size == "wide" else 340)
        self.hero.fit(size)

    def retranslate(self) -> None:
        self._day.say(heading(self._today()))
        if self._state is not None:
            self.show_state(self._state)

    # What the presenter asks for

    def show_state(self, state: HomeState) -> None:
        """Shows how things stand."""
        self._state = state
        self._visible(state)
        if state.current is not None:
            self.hero.show_card(state.current)
        self._visits.set_values(state.others)
        self._compared.set_values(compared_of(state.others))
        self.only_here.show_counts(state.only_here)
        self.ready.show_facts(state.facts, state.protection)

    def show_sending(self, state: SendingState) -> None:
        """Says whether what is only here is being sent, and how it leaves otherwise."""
        self.only_here.show_sending(state)
        self._enrolled = state.enrolled or state.busy  # whoever is being asked may be
        self._visible(self._state)

    def show_offer(self, card: VisitCard, offer: PackOffer) -> None:
        """Offers a visit a later version of its checklist."""
        self.offer.offer(card, offer)

    def refresh(self) -> None:
        self.presenter.load()

    def landing(self) -> QWidget | None:
        return next(
            (w for w in (self.hero.button, self.others, self.enrol.action) if w and w.isVisible()),
            self.new_button,
        )

    def destinations(self) -> tuple[Destination, ...]:
        """The comparisons, wherever one is."""
        state = self._state
        cards = () if state is None else (*((state.current,) if state.current else ()), *state.others)
        return tuple(
            Destination(
                msg("Compare {plant} with the visit before", plant=card.plant.name), "stack",
                Compare(card.assessment_id), sub=about(card),
            )
            for card in cards if card.previous_id is not None and card.trouble is None
        )  # fmt: skip

    def show_error(self, error: GreenAuditError) -> None:
        """Errors of Home have no nearer place than the notices."""
        self._notices.error(error)

    def leave_for(self, route: Route) -> None:
        """Goes elsewhere."""
        self.go.emit(route)

    def _visible(self, state: HomeState | None) -> None:
        others = state is not None and bool(state.others)
        compared = state is not None and bool(compared_of(state.others))
        self._sample.setVisible(state is not None and state.sample)
        self._compared_title.setVisible(compared)
        self._compared_card.setVisible(compared)
        self.hero.setVisible(state is not None and state.current is not None)
        nothing = state is not None and state.current is None and not others
        self.empty.setVisible(nothing and self._enrolled)
        self.enrol.setVisible(nothing and not self._enrolled)
        self._others_title.setVisible(others)
        self._others_card.setVisible(others)
        self._side.setVisible(state is not None)

    def _new(self) -> None:
        self.go.emit(NewVisit())


def build(tools: Tools) -> Page:
    """Home with its presenter."""
    page = HomePage(tools.notices, date.today)
    app = tools.app
    page.use(HomePresenter(app.visits, app.status, tools.sending, tools.tasks, page))
    return page
