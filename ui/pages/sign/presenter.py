"""What signing does: says what is missing, keeps both drawings until both are there, then closes in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from greenaudit.errors import BugError, GreenAuditError, KnownError
from greenaudit.i18n import Language
from greenaudit.messages import Message, msg
from greenaudit.services.files import save_file
from greenaudit.services.views import ClosingState, Consents, Representative, Visit
from ui.i18n import language as language_on
from ui.i18n import locale
from ui.pages.sign.agreeing import Agreeing
from ui.pages.sign.values import (
    Agreement,
    Closing,
    Copies,
    Draft,
    Signer,
    SignState,
    SignView,
    Status,
    ThemeName,
    Verdict,
    Visits,
)
from ui.ports import Done, Frame, Tasks
from ui.routes import Walk

CHANGED = msg("The visit has changed since it was signed on this page. Read the report and sign anew.")


class SignPresenter:
    """Nothing is half signed: until the one call that closes, drawings are only on the page."""

    def __init__(
        self, visits: Visits, closing: Closing, copies: Copies, status: Status, tasks: Tasks, view: SignView
    ) -> None:
        self._visits, self._closing, self._copies, self._status = visits, closing, copies, status
        self._tasks, self._view = tasks, view
        self._state: SignState | None = None
        self._draft = Draft()
        self._agreeing = Agreeing()
        self._language: Language | None = None
        self._busy = self._behind = False
        self._theme: ThemeName = "light"
        self._width = 330

    def open(self, assessment_id: UUID, theme: ThemeName) -> None:
        """Shows a visit at its closing; until it is read, nothing of another one."""
        self._theme = theme
        self._view.show_problem(None)
        if not self._shows(assessment_id):
            self._state, self._language = None, None
            self._view.show_nothing()
        self._read_anew(assessment_id, self._read_done)

    def _read_anew(self, assessment_id: UUID, done: Done[SignState]) -> None:
        work = partial(self._read, assessment_id, locale(), self._theme)
        self._tasks.run(work, done=done, failed=self._view.show_error)

    def catch_up(self) -> None:
        """Something came from elsewhere: what is shown follows, and what was signed on the page is asked for anew."""
        self._behind = True
        self.settled()

    def settled(self) -> None:
        """A sheet was put away or work is done: what came meanwhile may show."""
        if self._behind and self._state is not None and not self._busy and self._view.is_free():
            self._behind = False
            self._read_anew(self.state.visit.assessment.id, self._came)

    def _came(self, state: SignState) -> None:
        if self._state is None or not self._shows(state.visit.assessment.id):
            return
        if self._busy or not self._view.is_free():
            self._behind = True
        elif replace(self._state, only_here=state.only_here) == state:
            self._state = state
            self._view.show_frame(self._frame(state))
        else:
            self._read_done(state)

    def _read(self, assessment_id: UUID, name: str, theme: ThemeName) -> SignState:
        visit = self._visits.open(assessment_id)
        return SignState(
            visit=visit,
            closing=self._closing.state(assessment_id),
            chart=self._closing.chart(assessment_id, name, theme, self._width),
            only_here=self._status.only_here(),
            areas_complete=(sum(area.complete for area in visit.areas), len(visit.areas)),
            language=self._language or visit.plant.language,
            stamped=self._copies.has_stamped(assessment_id),
        )

    def _read_done(self, state: SignState) -> None:
        before = self._state
        if before is None:
            self._draft, self._agreeing = Draft(), Agreeing()
        self._state = state
        self._view.show_state(state)
        self._view.show_frame(self._frame(state))
        if state.closing.closed:
            self._verify(state.visit.assessment.id)
            return
        if before is not None and before.visit != state.visit and self._draft.is_signed:
            self._withdraw("assessor", "representative")
            self._view.show_problem(CHANGED)
        self._tell_agreements()
        self._tell_missing()

    def _shows(self, assessment_id: UUID) -> bool:
        return self._state is not None and self._state.visit.assessment.id == assessment_id

    def _verify(self, assessment_id: UUID) -> None:
        """Checks the signed file; it is shown what is closed before that is done."""

        def show(verdict: Verdict) -> None:
            if self._shows(assessment_id):
                self._view.show_verdict(verdict)

        def failed(error: GreenAuditError) -> None:
            if self._shows(assessment_id):
                self._view.show_unverified(error.message)
            self._failed(error)

        work = partial(self._closing.verified, assessment_id)
        self._tasks.run(work, done=show, failed=failed)

    @property
    def state(self) -> SignState:
        """The visit that is shown."""
        if self._state is None:
            raise BugError("no visit is open")
        return self._state

    @property
    def draft(self) -> Draft:
        """What is written and drawn so far."""
        return self._draft

    def fit_chart(self, width: int) -> None:
        """Another layout: the chart is drawn for it."""
        if width != self._width:
            self._width = width
            self.redraw_chart(self._theme)

    def redraw_chart(self, theme: ThemeName) -> None:
        """Another theme, language or width: the chart is drawn in it."""
        self._theme = theme
        if self._state is None:
            return
        work = partial(self._closing.chart, self.state.visit.assessment.id, locale(), theme, self._width)
        self._tasks.run(work, done=self._view.show_chart, failed=self._view.show_error)

    def change(self, **parts: object) -> None:
        """Something was written or drawn."""
        self._draft = replace(self._draft, **parts)  # type: ignore[arg-type]
        consents = self._consents()
        if "assessor" in parts:
            self._agreeing.agree("assessor", consents.assessor if parts["assessor"] else None)
        if "consent" in parts:
            self._agreeing.agree("representative", consents.representative if parts["consent"] else None)
        if self._consents() != consents:  # what is agreed to no more follows the window and the report again
            self._tell_agreements()
        self._tell_missing()

    def _tell_missing(self) -> None:
        self._view.show_missing(missing(self._draft, self.state.closing))

    # In which language

    @property
    def language(self) -> Language:
        """The language that the report is made in: the plant's, until another is chosen."""
        return self._language or self.state.visit.plant.language

    def choose_language(self, language: Language) -> None:
        """The report in another language is another paper: the representative agrees to it anew."""
        if language == self.language:
            return
        self._language = language
        if self._draft.consent:
            self._withdraw("representative")
        self._tell_agreements()

    def choose_consent(self, signer: Signer, language: Language) -> None:
        """A signer wants to read what they agree to in this language; what they had agreed to was another sentence."""
        if self._agreeing.choose(signer, language):
            self._withdraw(signer)
        self._tell_agreements()

    def speak(self) -> None:
        """The window's language has changed: what wasn't chosen follows it."""
        if self._state is not None and not self._state.closing.closed:
            self._tell_agreements()

    def _consents(self) -> Consents:
        return self._agreeing.consents(language_on(), self.language)

    def _tell_agreements(self) -> None:
        consents = self._consents()
        read: dict[Signer, Language] = {
            "assessor": consents.assessor,
            "representative": consents.representative,
        }
        for signer, language in read.items():
            sentence = self._closing.consent(signer, language)
            self._view.show_agreement(signer, Agreement(language, sentence))

    def _withdraw(self, *signers: Signer) -> None:
        for signer in signers:
            self._agreeing.agree(signer, None)
            self._view.withdraw(signer)

    # Reading the report

    def read_report(self) -> None:
        """Renders the report as it will be, or as it was signed."""
        self._begin(msg("Making the report …"))
        state, consents = self.state, self._consents()
        work = partial(
            self._report, state.visit.assessment.id, self.language, consents, closed=state.closing.closed
        )
        self._tasks.run(work, done=self._report_made, failed=self._failed)

    def _report(self, assessment_id: UUID, language: Language, consents: Consents, *, closed: bool) -> bytes:
        if closed:
            return self._closing.signed_pdf(assessment_id)
        return self._closing.preview(assessment_id, language, consents).pdf

    def _report_made(self, pdf: bytes) -> None:
        self._end()
        self._view.show_report(pdf)

    # Signing

    def sign(self) -> None:
        """Both sides sign, in one call."""
        draft = self._draft
        if self._busy or missing(draft, self.state.closing) is not None:
            return
        if draft.assessor is None or draft.representative is None:
            raise BugError("a signature is missing that was said to be there")
        self._begin(msg("Signing, checking and keeping the report …"))
        work = partial(
            self._closing.sign,
            assessment_id=self.state.visit.assessment.id,
            assessor=draft.assessor,
            representative=self._representative(),
            representative_drawn=draft.representative,
            language=self.language,
            consents=self._consents(),
        )
        self._close(work)

    def decline(self, reason: str) -> None:
        """The plant doesn't sign: that and its reason are recorded, and the assessor signs alone."""
        draft = self._draft
        lacking = declining_needs(draft, self.state.closing)
        if lacking is not None or draft.assessor is None:
            self._view.show_problem(lacking)
            return
        self._begin(msg("Signing, checking and keeping the report …"))
        work = partial(
            self._closing.decline,
            assessment_id=self.state.visit.assessment.id,
            assessor=draft.assessor,
            representative=self._representative(),
            reason=reason,
            language=self.language,
            consents=self._consents(),
        )
        self._close(work)

    def _close(self, act: Callable[[], ClosingState]) -> None:
        work = partial(self._close_as_seen, self.state.visit, act)
        self._tasks.run(work, done=self._closed, failed=self._not_closed)

    def _close_as_seen(self, seen: Visit, act: Callable[[], ClosingState]) -> ClosingState:
        """Nobody signs what they weren't shown: a synchronisation that is under way may have brought something."""
        if self._visits.open(seen.assessment.id) != seen:
            raise KnownError("visit_unseen", CHANGED)
        return act()

    def _not_closed(self, error: GreenAuditError) -> None:
        self._behind = True
        self._failed(error)

    def _representative(self) -> Representative:
        draft = self._draft
        return Representative(
            name=draft.name, position=draft.position, identity_checked=draft.identity_checked
        )

    def _closed(self, _closing: ClosingState) -> None:
        self._end()
        self._draft = Draft()
        self.open(self.state.visit.assessment.id, self._theme)

    # After it

    def save_copy(self, path: Path, *, stamped: bool = False) -> None:
        """Saves the signed PDF where the person wants it, as it was signed or with its time stamp."""
        assessment_id = self.state.visit.assessment.id
        work = partial(self._save, assessment_id, path, stamped=stamped)
        self._tasks.run(work, done=self._view.show_saved, failed=self._failed)

    def _save(self, assessment_id: UUID, path: Path, *, stamped: bool) -> Path:
        copy = self._copies.stamped(assessment_id) if stamped else None
        save_file(path, copy or self._closing.signed_pdf(assessment_id))
        return path

    def proposed_name(self, *, stamped: bool = False) -> str:
        """The file name that a copy gets."""
        closing = self.state.closing
        revision = f"-r{closing.revision}" if closing.revision > 1 else ""
        return f"{closing.number}{revision}{'-extended' if stamped else ''}.pdf"

    def start_revision(self, reason: str) -> None:
        """Opens the next revision of a signed visit."""
        assessment_id = self.state.visit.assessment.id
        work = partial(self._closing.start_revision, assessment_id=assessment_id, reason=reason)
        self._tasks.run(work, done=self._reopened, failed=self._failed)

    def _reopened(self, _nothing: None) -> None:
        self._view.leave_for(Walk(self.state.visit.assessment.id))

    def go_to(self, question_id: str) -> None:
        """Goes to the question of a fact."""
        self._view.leave_for(Walk(self.state.visit.assessment.id, question_id))

    # Progress

    def _begin(self, said: Message) -> None:
        self._busy = True
        self._view.show_problem(None)
        self._view.show_busy(said)

    def _end(self) -> None:
        self._busy = False
        self._view.show_busy(None)
        self.settled()

    def _failed(self, error: GreenAuditError) -> None:
        self._end()
        if isinstance(error, KnownError):
            self._view.show_problem(error.message)
        else:
            self._view.show_error(error)

    def _frame(self, state: SignState) -> Frame:
        only, visit = state.only_here, state.visit
        away = only.answers + only.photos or only.changes
        return Frame(
            visit.assessment.id,
            visit.plant.name,
            visit.title,
            "sign",
            "",
            away,
            signed=state.closing.closed,
            sample=visit.sample,
        )


def missing(draft: Draft, closing: ClosingState) -> Message | None:
    """What both signatures still wait for, the first thing first."""
    blocked = _blocked(closing)
    if blocked is not None:
        return blocked
    waits = (
        (draft.assessor is None, msg("The assessor's signature is missing.")),
        (not draft.name.strip(), msg("The name of the plant's representative is missing.")),
        (not draft.position.strip(), msg("The representative's role is missing.")),
        (not draft.identity_checked.strip(), msg("How the identity was checked is missing.")),
        (not draft.consent, msg("The representative has not agreed yet.")),
        (draft.representative is None, msg("The representative's signature is missing.")),
    )
    return next((said for lacks, said in waits if lacks), None)


def declining_needs(draft: Draft, closing: ClosingState) -> Message | None:
    """What is needed to record that the plant declines: the assessor signs that."""
    blocked = _blocked(closing)
    if blocked is not None:
        return blocked
    if draft.assessor is None:
        return msg("The assessor's signature is missing.")
    if not draft.name.strip():
        return msg("The name of the plant's representative is missing.")
    return None


def _blocked(closing: ClosingState) -> Message | None:
    return next((fact.text for fact in closing.facts if fact.must and not fact.ok), None)
