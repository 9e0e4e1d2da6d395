"""Closing as it is seen: what one signs beside where one signs it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QScrollPrepareEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.pages.sign.facts import FactsCard
from ui.pages.sign.pads import LEAST, MOST, AssessorCard, RepresentativeCard
from ui.pages.sign.presenter import SignPresenter
from ui.pages.sign.signed import SignedCard
from ui.pages.sign.summary import CHART_WIDTHS, SummaryCard
from ui.pages.sign.values import Agreement, Signer, SignState, Verdict
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
from ui.widgets.sheets import Sheet
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.texts import Label

SIDE, HEAD_GAP = 400, 8
MARGINS = (32, 10, 32, 16)
PAD_HEIGHTS: dict[SizeClass, int] = {"medium": 132, "narrow": 160}


class SignPage(Page):
    """Wide: what is signed stands left and scrolls on its own, and all that signing needs is in sight at its right.
    Else the pads come first, the summary under them, and what ends the page stays at its foot.
    """

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
        self._cards = {"assessor": self.assessor, "representative": self.representative}
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
        # Pads are fitted afterwards: what changes its size while layouts are at work isn't laid out again.
        self._fitting = QTimer(self, singleShot=True)
        self._fitting.timeout.connect(self._fit_pads)
        self._pads_box = col(self.assessor, self.representative, None, gap=12)
        self._pads = pane(self._pads_box)
        self._left_box = col((self.summary, 1), gap=12)
        self._left = Flowing(self._left_box)
        self._side = scroll(QWidget())
        self._side.setFixedWidth(SIDE)
        self._side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._right = col(self.problem, self.busy, (self._pads, 1), (self.signed, 1), gap=12)
        self._both = row(self._side, (self._right, 1), gap=16)
        self._head = row(self._title, (self._sub, 1), gap=20)
        self._body = pane(col(self._head, (self._both, 1), gap=HEAD_GAP))
        self._inner = Flowing(col(self._body, gap=0), MARGINS)
        self._area = scroll(self._inner)
        for watched in (self._area.viewport(), self._inner):
            watched.installEventFilter(self)
        self._foot_place = col(gap=0)
        self.setLayout(col((self._area, 1), self._foot_place, gap=0))
        self.show_nothing()

    def use(self, presenter: SignPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.facts.picked.connect(presenter.go_to)
        self.summary.read.connect(presenter.read_report)
        self.summary.chosen.connect(presenter.choose_language)
        self.assessor.picked.connect(partial(presenter.choose_consent, "assessor"))
        self.representative.picked.connect(partial(presenter.choose_consent, "representative"))
        for card in (self.assessor, self.representative):
            card.changed.connect(self._changed)
        foot = self.representative.foot
        foot.sign.connect(presenter.sign)
        foot.decline.connect(partial(self.declining.ask, presenter.decline))
        self.signed.save.connect(partial(self._save_copy, stamped=False))
        self.signed.save_stamped.connect(partial(self._save_copy, stamped=True))
        for sheet in self._sheets():
            sheet.closed.connect(presenter.settled)
        self.signed.revise.connect(partial(self.revision.ask, presenter.start_revision))

    def open(self, route: Route) -> None:
        if isinstance(route, Sign):
            self.presenter.open(route.assessment_id, current())

    def close_page(self) -> None:
        for sheet in self._sheets():
            sheet.dismiss()

    def refresh(self) -> None:
        self.presenter.catch_up()

    def is_free(self) -> bool:
        """Whether no sheet lies over the page."""
        return not any(sheet.isVisible() for sheet in self._sheets())

    def _sheets(self) -> tuple[Sheet, ...]:
        return self.report, self.declining, self.revision

    def fit(self, size: SizeClass) -> None:
        wide = size == "wide"
        across, up, down = (
            QBoxLayout.Direction.LeftToRight,
            QBoxLayout.Direction.BottomToTop,
            QBoxLayout.Direction.TopToBottom,
        )
        self._head.setDirection(across if wide else down)
        self._head.setSpacing(20 if wide else 0)
        self._both.setDirection(across if wide else up)
        self._place_side(wide=wide)
        if not wide:
            self._foot_place.addWidget(self.representative.foot)
        self.representative.fit(size)
        self._show_foot()
        self.presenter.fit_chart(CHART_WIDTHS[size])
        self._fitting.start()

    def _place_side(self, *, wide: bool) -> None:
        """What is signed: in wide beside the pads, in a pane that scrolls on its own; else under them."""
        if wide:
            self._left_box.insertWidget(0, self.facts)
            if self._side.widget() is not self._left:
                self._side.setWidget(self._left)
        else:
            self._pads_box.insertWidget(0, self.facts)
            if self._side.widget() is self._left:
                self._side.takeWidget()
            self._both.insertWidget(0, self._left)
            self._left.show()
        self._side.setVisible(wide)

    def _fit_pads(self) -> None:
        """Both pads are equally high: as high as there is room for without scrolling, and never less than a hand needs."""
        height = PAD_HEIGHTS.get(self.size_class, LEAST)
        if self.size_class == "wide":
            height = min(MOST, max(LEAST, self._room_for_pads() // 2))
        for pad in (self.assessor.pad, self.representative.pad):
            if pad.minimumHeight() != height:
                pad.setFixedHeight(height)

    def _room_for_pads(self) -> int:
        """What the rest of the page leaves. It is asked for part by part: layouts around them know it only later."""
        width = self._area.width() - MARGINS[0] - MARGINS[2]
        beside = width - SIDE - self._both.spacing()
        cards = (self.assessor, self.representative)
        banners = [banner for banner in (self.problem, self.busy) if not banner.isHidden()]
        taken = (
            MARGINS[1] + self._head.heightForWidth(width) + HEAD_GAP + self._pads_box.spacing() + MARGINS[3]
        )
        taken += sum(banner.heightForWidth(beside) + self._right.spacing() for banner in banners)
        taken += sum(card.heightForWidth(beside) - card.pad.minimumHeight() for card in cards)
        return self._area.height() - taken

    def _show_foot(self) -> None:
        closed = self._state is None or self._state.closing.closed
        self.representative.foot.setVisible(not closed)

    def minimumSizeHint(self) -> QSize:
        """Small: a window that becomes narrower is laid out anew, and must not be held by the layout before."""
        return QSize(320, 320)

    def retranslate(self) -> None:
        if self._state is not None:
            self._show_texts(self._state)
            self.presenter.speak()
            self.presenter.redraw_chart(current())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._theme != current():
            self._theme = current()
            if self._state is not None:
                self.presenter.redraw_chart(self._theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A finger on a pad draws; anywhere else it scrolls. Another size, and longer sentences, leave other room for pads."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fitting.start()
        viewport = self._area.viewport()
        if watched is viewport and isinstance(event, QScrollPrepareEvent):
            under = viewport.childAt(event.startPos().toPoint())
            if isinstance(under, SignaturePad):
                event.ignore()
                return True
        return False

    # What the presenter asks for

    def show_nothing(self) -> None:
        """Another visit is being read: nothing is better than what isn't its."""
        self._state = None
        self._body.hide()
        self._show_foot()

    def show_state(self, state: SignState) -> None:
        """Shows a visit at its closing."""
        anew = self._state is None or self._state.closing.closed != state.closing.closed
        if anew:
            self.assessor.begin_anew()
            self.representative.begin_anew()
            self._area.verticalScrollBar().setValue(0)
        self._state = state
        self.facts.show_facts(state.closing.facts, anew=anew)
        self._show_texts(state)
        closed = state.closing.closed
        if closed:
            self.signed.show_state(state)
        self._pads.setVisible(not closed)
        self.signed.setVisible(closed)
        self._body.show()
        self._show_foot()

    def _show_texts(self, state: SignState) -> None:
        """What is put together from the visit, in the language that is on."""
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
        self.assessor.show_name(state.closing.lead)
        if closed:
            self.signed.show_texts(state)

    def show_verdict(self, verdict: Verdict) -> None:
        """Says what verification found."""
        self.signed.show_verdict(verdict)

    def show_unverified(self, said: Message) -> None:
        """Says why there is no verdict."""
        self.signed.show_unverified(said)

    def show_agreement(self, signer: Signer, agreement: Agreement) -> None:
        """Shows what a signer agrees to, in their language."""
        self._cards[signer].show_agreement(agreement)

    def withdraw(self, signer: Signer) -> None:
        """What this signer agreed to is no more what stands there."""
        self._cards[signer].withdraw()

    def show_chart(self, svg: str) -> None:
        """Shows the chart in other colours or words."""
        self.summary.chart.show_svg(svg)

    def show_frame(self, frame: Frame) -> None:
        """Gives the visit bar what it shows."""
        self.framed.emit(frame)

    def show_missing(self, said: Message | None) -> None:
        """Says what the primary button still waits for, and whose turn it is."""
        self.representative.foot.show_missing(said)
        first = self.presenter.draft.assessor is None
        self.assessor.set_turn(turn=first)
        self.representative.set_turn(turn=not first)

    def show_busy(self, said: Message | None) -> None:
        """Says what is being done, and keeps hands off it."""
        self.busy.say(
            said or "", msg("This takes a moment. Nothing is lost if it is interrupted.") if said else ""
        )
        for part in (self._pads, self.representative.foot, self.signed, self.summary.read_button):
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

    def _save_copy(self, *, stamped: bool) -> None:
        path = self._pick(self, self.presenter.proposed_name(stamped=stamped))
        if path is not None:
            self.presenter.save_copy(path, stamped=stamped)


def build(tools: Tools, pick: PickTarget = pick_target) -> Page:
    """The sign page with its presenter."""
    page = SignPage(tools.notices, pick)
    app = tools.app
    page.use(SignPresenter(app.visits, app.closing, app.extending, app.status, tools.tasks, page))
    return page
