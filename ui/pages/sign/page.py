"""Closing as it is seen: what one signs beside where one signs it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QScrollPrepareEvent
from PySide6.QtWidgets import QBoxLayout

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.pages.sign.facts import FactsCard
from ui.pages.sign.pads import AssessorCard, RepresentativeCard
from ui.pages.sign.presenter import SignPresenter
from ui.pages.sign.signed import SignedCard
from ui.pages.sign.summary import SummaryCard
from ui.pages.sign.values import SignState
from ui.ports import Frame, Notices, Tools
from ui.routes import Route, Sign
from ui.theme import SizeClass, current
from ui.widgets.banners import Banner
from ui.widgets.boxes import col, pane, row, scroll
from ui.widgets.flowing import Flowing
from ui.widgets.page import Page
from ui.widgets.pickers import PickTarget, pick_target
from ui.widgets.report_sheet import ReportSheet
from ui.widgets.sentence_sheet import SentenceSheet
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.texts import Label


class SignPage(Page):
    """Wide: summary left, pads right. Else the pads first, the summary under them."""

    presenter: SignPresenter

    def __init__(self, notices: Notices, pick: PickTarget) -> None:
        super().__init__()
        self._notices, self._pick = notices, pick
        self._state: SignState | None = None
        self._theme = current()
        self.summary, self.facts = SummaryCard(), FactsCard()
        self.assessor, self.representative = AssessorCard(), RepresentativeCard()
        self.signed = SignedCard()
        self.problem, self.busy = Banner("danger"), Banner("well", icon="hard-drive")
        self._title = Label(msg("Sign the report"), "display", wrap=True)
        self._sub = Label("", "lead", "ink2", wrap=True)
        self._arrange()
        self.report = ReportSheet(self, msg("The report"))
        self.declining = SentenceSheet(
            self,
            msg("The plant declines to sign"),
            msg("The plant's reason, in its own words"),
            msg("Record it and sign alone"),
        )
        self.revision = SentenceSheet(
            self,
            msg("Start a revision"),
            msg("Why the signed report is corrected"),
            msg("Start the revision"),
        )

    def _arrange(self) -> None:
        self._pads_box = col(self.assessor, (self.representative, 1), gap=14)
        self._pads = pane(self._pads_box)
        self._left_box = col((self.summary, 1), self.facts, gap=14)
        self._left = pane(self._left_box)
        right = col(self.problem, self.busy, (self._pads, 1), (self.signed, 1), gap=12)
        self._both = row(self._left, (right, 1), gap=16)
        self._right = right
        inner = Flowing(
            col(self._title, self._sub, 10, (self._both, 1), gap=2, margins=(32, 10, 32, 20)),
            (32, 10, 32, 20),
        )
        area = scroll(inner)
        area.viewport().installEventFilter(self)
        self._viewport = area.viewport()
        self.setLayout(col(area, gap=0))
        self._pads.hide()
        self.signed.hide()
        self.summary.hide()

    def use(self, presenter: SignPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.facts.picked.connect(presenter.go_to)
        self.summary.read.connect(presenter.read_report)
        for card in (self.assessor, self.representative):
            card.changed.connect(self._changed)
        self.representative.sign.connect(self._sign)
        self.representative.decline.connect(partial(self.declining.ask, self._decline))
        self.signed.save.connect(self._save_copy)
        self.signed.revise.connect(partial(self.revision.ask, presenter.start_revision))

    def open(self, route: Route) -> None:
        if isinstance(route, Sign):
            self.presenter.open(route.assessment_id, current())

    def close_page(self) -> None:
        for sheet in (self.report, self.declining, self.revision):
            sheet.dismiss()

    def fit(self, size: SizeClass) -> None:
        wide = size == "wide"
        across, up = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.BottomToTop
        self._both.setDirection(across if wide else up)
        self._both.setStretchFactor(self._right, 1)
        self._left.setMinimumWidth(400 if wide else 0)
        self._left.setMaximumWidth(400 if wide else 16777215)
        if wide:
            self._left_box.addWidget(self.facts)
        else:
            self._pads_box.insertWidget(0, self.facts)
        self.representative.fit(size)

    def minimumSizeHint(self) -> QSize:
        """Small: a window that becomes narrower is laid out anew, and must not be held by the layout before."""
        return QSize(320, 320)

    def retranslate(self) -> None:
        if self._state is not None:
            self.show_state(self._state)
            self.presenter.redraw_chart(current())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._theme != current():
            self._theme = current()
            if self._state is not None:
                self.presenter.redraw_chart(self._theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A finger on a pad draws; anywhere else it scrolls."""
        if watched is self._viewport and isinstance(event, QScrollPrepareEvent):
            under = self._viewport.childAt(event.startPos().toPoint())
            if isinstance(under, SignaturePad):
                event.ignore()
                return True
        return False

    # What the presenter asks for

    def show_state(self, state: SignState) -> None:
        """Shows a visit at its closing."""
        before = self._state
        if (
            before is None
            or before.visit.assessment.id != state.visit.assessment.id
            or (before.closing.closed != state.closing.closed)
        ):
            self.assessor.begin_anew()
            self.representative.begin_anew()
        self._state = state
        closed = state.closing.closed
        self._title.say(msg("Signed") if closed else msg("Sign the report"))
        self._sub.say(
            msg("Nothing in this visit can change any more. A correction is a new revision.")
            if closed
            else msg(
                "After both signatures nothing in this visit can change. A correction is a new revision."
            )
        )
        self.summary.show_state(state)
        self.facts.show_facts(state.closing.facts)
        self.assessor.show_name(state.closing.lead)
        if closed:
            self.signed.show_state(state)
        self.summary.show()
        self._pads.setVisible(not closed)
        self.signed.setVisible(closed)

    def show_chart(self, svg: str) -> None:
        """Shows the chart in other colours or words."""
        self.summary.chart.show_svg(svg)

    def show_frame(self, frame: Frame) -> None:
        """Gives the visit bar what it shows."""
        self.framed.emit(frame)

    def show_missing(self, said: Message | None) -> None:
        """Says what the primary button still waits for, and whose turn it is."""
        self.representative.show_missing(said)
        first = self.presenter.draft.assessor is None
        self.assessor.set_turn(turn=first)
        self.representative.set_turn(turn=not first)

    def show_busy(self, said: Message | None) -> None:
        """Says what is being done, and keeps hands off it."""
        self.busy.say(
            said or "", msg("This takes a moment. Nothing is lost if it is interrupted.") if said else ""
        )
        for part in (self._pads, self.signed, self.summary.read_button):
            part.setEnabled(said is None)

    def show_report(self, pdf: bytes) -> None:
        """Shows the report to read."""
        self.report.show_pdf(pdf)

    def show_saved(self, path: Path) -> None:
        """Says where the copy is."""
        self.signed.show_saved(path)

    def show_problem(self, said: Message | None) -> None:
        """Says what was refused and what to do."""
        self.problem.say(said or "")

    def show_error(self, error: GreenAuditError) -> None:
        """What has no place here goes to the notices."""
        self._notices.error(error)

    def leave_for(self, route: Route) -> None:
        """Goes elsewhere."""
        self.go.emit(route)

    # What a person does

    def _changed(self, parts: dict[str, object]) -> None:
        if self._state is not None:
            self.presenter.change(**parts)

    def _sign(self) -> None:
        self.presenter.sign(self.summary.chosen_language())

    def _decline(self, reason: str) -> None:
        self.presenter.decline(reason, self.summary.chosen_language())

    def _save_copy(self) -> None:
        path = self._pick(self, self.presenter.proposed_name())
        if path is not None:
            self.presenter.save_copy(path)


def build(tools: Tools, pick: PickTarget = pick_target) -> Page:
    """The sign page with its presenter."""
    page = SignPage(tools.notices, pick)
    app = tools.app
    page.use(SignPresenter(app.visits, app.closing, app.status, tools.tasks, page))
    return page
