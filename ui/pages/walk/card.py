"""The question card: what is asked, how to test it, and the answer. One card, reused for every question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.domain.findings import Finding
from greenaudit.messages import Message, msg, msgs
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.walk.answer_area import AnswerArea
from ui.pages.walk.conflicts import ConflictCards
from ui.pages.walk.finding_lines import FindingLines
from ui.pages.walk.guidance import Guidance, Remarks
from ui.pages.walk.values import CardState
from ui.pages.walk.words import REASONS
from ui.theme import SizeClass
from ui.widgets.banners import Banner
from ui.widgets.boxes import col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.signs import MODULE_NAMES, ModuleTile, Symbol
from ui.widgets.texts import ElidedLabel, Label

MARGINS: dict[SizeClass, tuple[int, int, int, int]] = {
    "wide": (28, 14, 28, 12),
    "medium": (20, 4, 20, 8),
    "narrow": (20, 8, 20, 12),
}

LONG_QUESTION = 84
"""Letters from which a question is set one step smaller."""


class QuestionCard(QWidget):
    """Signals:

    answered (Change), taken_back, note_wanted, row_wanted, row_unwanted, undo_wanted: from the answer.
    settled (str, UUID): a conflict's field and the change that was chosen.
    danger_gone (Finding): an open danger is to be recorded as gone.
    finding_wanted (Finding): a finding is to be corrected or withdrawn.
    revision_wanted: the person wants to correct a signed visit.
    """

    answered = Signal(object)
    taken_back = Signal()
    note_wanted = Signal()
    row_wanted = Signal(object)
    row_unwanted = Signal(object)
    undo_wanted = Signal()
    settled = Signal(str, object)
    danger_gone = Signal(object)
    finding_wanted = Signal(object)
    revision_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: CardState | None = None
        self._size: SizeClass = "wide"
        self._open_guide = False
        self._make_head()
        self._make_banners()
        self.guide = Guidance()
        self.before, self.after = Remarks(), Remarks()
        self.findings = FindingLines()
        self.answer = AnswerArea()
        self.conflicts = ConflictCards()
        self.clear_button = Button(msg("Clear answer"), "quiet", "x", tint="ink2")
        self._box = col(
            self._head, self.question, self.guide_button, self.guide, self.before, self.problem, self.signed,
            self.late, self.danger, self.aside, self.conflicts, self.answer, self.after, self.findings,
            row(None, self.clear_button), None, gap=8,
        )  # fmt: skip
        self.setLayout(self._box)
        self._connect()

    def _make_head(self) -> None:
        self._tile = ModuleTile("CHEM", 28)
        self._crumb = ElidedLabel("", "small", "ink2")
        self._star = Symbol("star", "danger", 16, cut="fill")
        self._critical = Label(msg("Critical"), "caption", "danger")
        self._required = Label(msg("Must be answered"), "caption", "ink2")
        self._place = Label("", "small", "ink2")
        self._id = Label("", "caption", "ink3", mono=True)
        self.head_guide = Button(msg("How to test"), "quiet", "caret-right")
        self._head = pane(
            row(
                self._tile, (self._crumb, 1), self._star, self._critical, self._required, 6, self._place, 6, self._id,
                self.head_guide, gap=6,
            )
        )  # fmt: skip
        self.question = Label("", "question", wrap=True)
        self.guide_button = Button("", "quiet", "caret-right")

    def _make_banners(self) -> None:
        self.problem = Banner("danger")
        self.revise = Button("", "", "pencil-simple-line")
        self.signed = Banner("well", self.revise)
        self.late = Banner("warn")
        self.gone = Button(msg("The danger is gone"), "", "check")
        self.correct = Button(msg("Correct it"), "", "pencil-simple-line")
        self.danger = Banner("danger", self.gone, self.correct)
        self.take_back = Button(msg("Take it back"), "", "x")
        self.aside = Banner("well", self.take_back, icon="prohibit")

    def _connect(self) -> None:
        self.answer.given.connect(self.answered)
        self.answer.taken_back.connect(self.taken_back)
        self.answer.note_wanted.connect(self.note_wanted)
        self.answer.row_wanted.connect(self.row_wanted)
        self.answer.row_unwanted.connect(self.row_unwanted)
        self.answer.undo_wanted.connect(self.undo_wanted)
        self.clear_button.clicked.connect(self.taken_back)
        self.take_back.clicked.connect(self.taken_back)
        self.conflicts.settled.connect(self.settled)
        self.revise.clicked.connect(self.revision_wanted)
        self.guide_button.clicked.connect(self.toggle_guide)
        self.head_guide.clicked.connect(self.toggle_guide)
        self.gone.clicked.connect(self._danger_gone)
        self.correct.clicked.connect(self._correct_danger)
        self.danger.tapped.connect(self._correct_danger)
        self.findings.opened.connect(self.finding_wanted)

    # Showing

    def show_card(self, card: CardState) -> None:
        """Shows a question as it stands."""
        before = self._card
        anew = before is None or (
            before.state.answer.id != card.state.answer.id or before.closed != card.closed
        )
        if anew and before is not None:
            self.answer.flush()
        self._card = card
        if anew:
            self._show_question(card)
        self._show_banners(card)
        self.conflicts.show_card(card, anew=anew)
        aside = card.state.answer.response is not None and card.state.answer.response.state != "answered"
        self.answer.setVisible(not aside or card.closed)
        self.answer.show_card(card, anew=anew)
        given = card.state.answer.response is not None and not aside
        rows = bool(card.state.rows)  # taken off one by one, never all with one tap
        self.clear_button.setVisible(given and not rows and not card.closed)

    def _show_question(self, card: CardState) -> None:
        question = card.state.question
        self._tile.show_module(question.module)
        self._id.say(question.id)
        self.question.say(question.text)
        self._size_question()
        self.guide.show_question(question)
        self._show_critical()
        self.retranslate()

    def _show_critical(self) -> None:
        critical = self._card is not None and self._card.state.question.critical
        self._star.setVisible(critical)
        self._critical.setVisible(critical)
        self._required.setVisible(self._card is not None and self._card.state.question.required)

    def _show_banners(self, card: CardState) -> None:
        self._place.say(msg("{place} of {places} here", place=card.place, places=card.places))
        response = card.state.answer.response
        if response is not None and response.state != "answered" and not card.closed:
            not_seen = response.state == "not_seen"
            title = msg("Not seen") if not_seen else msg("Not applicable")
            self.aside.say(title, REASONS.get(response.reason, response.reason))
        else:
            self.aside.say("")
        self._show_danger(card)
        danger = self._open_danger()
        self.findings.show_findings([f for f in card.findings if f is not danger and not card.closed])
        remarks = card.state.remarks
        self.before.show_remarks([remark.text for remark in remarks if not remark.after])
        self.after.show_remarks([remark.text for remark in remarks if remark.after])
        number = card.revision + 1
        self.revise.say(msg("Start revision {number}", number=number))
        self.signed.say(
            msg("Signed, revision {number}", number=card.revision) if card.closed else "",
            msg("This visit is closed. A correction is revision {number} and names this one.", number=number),
        )
        self.late.say(
            _late(card) if card.late else "", msg("They are kept. The next revision takes them up.")
        )

    def _show_danger(self, card: CardState) -> None:
        found = self._open_danger()
        if found is None or found.told is None:
            self.danger.say("")
            return
        told = msg(
            "Told to {who} at {time}.", who=found.told.to, time=formats().time(found.told.at, card.zone)[:5]
        )
        self.danger.say(found.what.text, told)
        self.gone.setVisible(not card.closed)
        self.correct.setVisible(not card.closed)

    def _open_danger(self) -> Finding | None:
        findings = self._card.findings if self._card is not None else ()
        return next((f for f in findings if f.kind == "stop_and_tell" and f.resolved is None), None)

    def _danger_gone(self) -> None:
        found = self._open_danger()
        if found is not None:
            self.danger_gone.emit(found)

    def _correct_danger(self) -> None:
        found = self._open_danger()
        if found is not None and self._card is not None and not self._card.closed:
            self.finding_wanted.emit(found)

    def show_problem(self, said: Message | None) -> None:
        """Says why an edit was not taken."""
        self.problem.say(said or "")

    def toggle_guide(self) -> None:
        """Opens or folds the guidance; it stays as it is from question to question."""
        self._open_guide = not self._open_guide
        self.guide.setVisible(self._open_guide)
        for button in (self.guide_button, self.head_guide):
            button.set_icon("caret-down" if self._open_guide else "caret-right")

    def retranslate(self) -> None:
        """Says anew what is put together."""
        if self._card is None:
            return
        question = self._card.state.question
        module, section = tr(MODULE_NAMES[question.module]), tr(self._card.section)
        self._crumb.say(section if self._size == "medium" else f"{module}  ›  {section}")
        minutes = formats().quantity(question.test.minutes, "min")
        self.guide_button.say(f"{tr(msg('How to test'))}  ·  {minutes}  ·  {tr(question.test.tool)}")

    def _size_question(self) -> None:
        """The question is the largest text; a long one gives way so that all five levels stay in sight."""
        short = len(self.question.text()) <= LONG_QUESTION
        role = "question" if self._size == "wide" and short else "questionCompact"
        if self.question.property("role") != role:
            self.question.setProperty("role", role)
            self.question.style().unpolish(self.question)
            self.question.style().polish(self.question)

    def again(self) -> None:
        """Shows everything anew, in another language."""
        card, self._card = self._card, None
        if card is not None:
            self.show_card(card)

    def fit(self, size: SizeClass) -> None:
        """Lays itself out for a size class."""
        self._size = size
        medium = size == "medium"
        self._box.setContentsMargins(*MARGINS[size])
        self._box.setSpacing(5 if medium else 8)
        self.head_guide.setVisible(medium)
        self.guide_button.setVisible(not medium)
        self._place.setVisible(not medium)
        self._id.setVisible(not medium)
        self._size_question()
        self.answer.fit(size)
        self.conflicts.fit(size)
        if self._card is not None:
            self.conflicts.show_card(self._card, anew=True)
        self.retranslate()


def _late(card: CardState) -> Message:
    return msgs(
        "{n} change came later. It is not in the signed report.",
        "{n} changes came later. They are not in the signed report.",
        card.late,
    )
