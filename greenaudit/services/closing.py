"""Closing a visit: what is missing, the report as it will be, and both signatures in one act.

Nothing is half signed: the drawn signatures are kept by the page until both sides have given theirs (or the plant has
declined), then the report is made, signed, checked and stored, and the closing change is written, all or nothing.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from greenaudit.domain.assessments import (
    ChainHead,
    ClosingAct,
    ExpectedSigner,
    Revision,
    SignedReport,
    SignerRole,
    revision_id,
)
from greenaudit.domain.signatures import Drawn
from greenaudit.errors import KnownError
from greenaudit.i18n import Language
from greenaudit.messages import msg, msgs
from greenaudit.reports.content import ReportContent
from greenaudit.reports.data import assessment_bytes, assessment_fingerprint
from greenaudit.reports.palette import Theme
from greenaudit.rules import completeness
from greenaudit.services.context import CLOCK_WRONG, Context
from greenaudit.services.desk import Desk
from greenaudit.services.identity import Identities
from greenaudit.services.numbering import next_number, take_number
from greenaudit.services.reporting import CHART_WIDTH, Reporting
from greenaudit.services.signing_act import SigningAct, consent_sentence
from greenaudit.services.views import ClosingState, Consents, Fact, ReportPreview, Representative, Visit
from greenaudit.signing.verdict import Verdict
from greenaudit.signing.verifying import verify
from greenaudit.store import errors

_LOOKS = 5
"""How often a visit is read again that is being written to meanwhile."""


class Closing:
    """The last stage of a visit."""

    def __init__(self, context: Context, desk: Desk, reporting: Reporting, identities: Identities) -> None:
        self._context = context
        self._desk = desk
        self._reporting = reporting
        self._identities = identities

    def state(self, assessment_id: UUID) -> ClosingState:
        """What is missing, and what will be signed by whom; for a closed visit what was."""
        visit = self._desk.visit(assessment_id)
        closing = visit.revision.closing
        if closing is not None:
            return ClosingState(
                facts=(),
                number=closing.number,
                revision=visit.revision.number,
                lead=visit.lead_name,
                fingerprint=closing.fingerprint,
                signers=closing.signers,
                closed=True,
                closed_at=closing.closed_at,
            )
        return ClosingState(
            facts=self._facts(visit),
            number=self._number(visit),
            revision=visit.revision.number,
            lead=visit.lead_name,
            fingerprint="",
            signers=(ExpectedSigner(role="assessor", name=visit.lead_name),),
            closed=False,
            closed_at=None,
        )

    def consent(self, role: SignerRole, language: Language) -> str:
        """The sentence that a signer agrees to, as the signature will carry it."""
        return consent_sentence(role, language)

    def preview(
        self, assessment_id: UUID, language: Language, consents: Consents | None = None
    ) -> ReportPreview:
        """The report as it will be, with the signature fields still empty."""
        signer = ExpectedSigner(role="representative", name="")
        now = self._context.clock.now()
        visit, content = self._gathered(assessment_id, language, consents, signer, now)
        rendered = self._reporting.render(content)
        return ReportPreview(
            number=content.number,
            revision=visit.revision.number,
            fingerprint=assessment_fingerprint(content),
            pages=rendered.pages,
            pdf=rendered.pdf,
        )

    def sign(
        self,
        *,
        assessment_id: UUID,
        assessor: Drawn,
        representative: Representative,
        representative_drawn: Drawn,
        language: Language,
        consents: Consents | None = None,
    ) -> ClosingState:
        """Both sides sign: the visit is closed for good, and the signed PDF is kept.

        `consents` says in which language each read what they agree to; without it, in the report's.
        """
        if not representative.name.strip() or not representative.position.strip():
            raise KnownError("signer_incomplete", msg("The plant's signature needs a name and a role."))
        signer = ExpectedSigner(
            role="representative", name=representative.name.strip(), position=representative.position.strip()
        )
        return self._close(
            assessment_id, assessor, signer, representative, representative_drawn, language, consents
        )

    def decline(
        self,
        *,
        assessment_id: UUID,
        assessor: Drawn,
        representative: Representative,
        reason: str,
        language: Language,
        consents: Consents | None = None,
    ) -> ClosingState:
        """The plant declines to sign: that and the reason are recorded, and the assessor signs alone."""
        if not reason.strip():
            raise KnownError("decline_reason", msg("Write the plant's reason for not signing."))
        signer = ExpectedSigner(
            role="representative",
            name=representative.name.strip(),
            position=representative.position.strip(),
            refused=True,
            reason=reason.strip(),
        )
        return self._close(assessment_id, assessor, signer, representative, None, language, consents)

    def signed_pdf(self, assessment_id: UUID) -> bytes:
        """The signed report of a closed visit."""
        report = self._desk.visit(assessment_id).revision.report
        if report is None:
            raise KnownError("not_signed", msg("This visit is not signed yet."))
        return self._context.blobs.read(report.sha256)

    def verified(self, assessment_id: UUID) -> Verdict:
        """What verification says of the signed report, under the roots that this device trusts.

        KnownError for a report that may be genuine and isn't the one that closed this visit.
        """
        pdf, blobs = self.signed_pdf(assessment_id), self._context.blobs
        revision = self._desk.visit(assessment_id).revision
        report, closing = revision.report, revision.closing
        lists = [blobs.read(report.crl)] if report and report.crl and blobs.has(report.crl) else []
        verdict = verify(
            pdf,
            self._identities.roots(),
            self._context.clock.now(),
            (*lists, *self._identities.lists()),
            stamp_roots=self._identities.stamp_roots(),
        )
        if closing is not None and verdict.accepted and verdict.fingerprint != closing.fingerprint:
            raise _another_report(closing.number)
        return verdict

    def chart(self, assessment_id: UUID, locale: str, theme: Theme, width: float = CHART_WIDTH) -> str:
        """The modules' scores as SVG, as they stand in the report, in the screen's language and colours."""
        return self._reporting.chart(self._desk.visit(assessment_id), locale, theme, width)

    def start_revision(self, *, assessment_id: UUID, reason: str) -> None:
        """Opens the next revision of a closed visit; it names the signed one and says why."""
        visit = self._desk.visit(assessment_id)
        closing = visit.revision.closing
        if closing is None:
            raise KnownError("still_open", msg("This visit is still open: change it where it stands."))
        if not reason.strip():
            raise KnownError("revision_reason", msg("Write why the signed report is corrected."))
        number = visit.revision.number + 1
        with self._context.store.unit(self._context.author_id) as unit:
            unit.save(
                Revision(
                    id=revision_id(assessment_id, number),
                    programme_id=visit.assessment.programme_id,
                    assessment_id=assessment_id,
                    number=number,
                    opened_at=self._context.clock.now(),
                    reason=reason.strip(),
                    corrects=closing.fingerprint,
                )
            )
        self._desk.forget(assessment_id)

    def _close(
        self,
        assessment_id: UUID,
        assessor: Drawn,
        signer: ExpectedSigner,
        representative: Representative,
        drawn: Drawn | None,
        language: Language,
        consents: Consents | None,
    ) -> ClosingState:
        now = self._context.clock.now()
        visit, content = self._gathered(assessment_id, language, consents, signer, now)
        if visit.revision.closing is not None:
            raise errors.closed(visit.revision.closing.number)
        blocking = [fact.text for fact in self._facts(visit) if fact.must and not fact.ok]
        if blocking:
            raise KnownError("closing_blocked", blocking[0])
        rendered = self._reporting.render(content)
        act = SigningAct(
            identity=self._identities.identity(),
            roots=self._identities.roots(),
            moment=now,
            location=f"{visit.plant.city}, {visit.plant.region}".strip(", "),
            language=language,
            consents=consents or Consents(assessor=language, representative=language),
        )
        signed = act.sign(
            rendered,
            f"{content.number} · {visit.plant.name}",
            assessment_bytes(content),
            content.signers,
            assessor,
            representative,
            drawn,
        )
        sha256 = self._context.blobs.put(signed.pdf)
        crl = self._context.blobs.put(signed.crl) if signed.crl else None
        self._write_closing(
            visit,
            ClosingAct(
                heads=content.heads,
                number=content.number,
                fingerprint=assessment_fingerprint(content),
                closed_at=now,
                closed_by=self._context.author_id,
                signers=content.signers,
            ),
            SignedReport(sha256=sha256, size=len(signed.pdf), language=language, crl=crl),
        )
        self._desk.forget(assessment_id)
        return self.state(assessment_id)

    def _gathered(
        self,
        assessment_id: UUID,
        language: Language,
        consents: Consents | None,
        signer: ExpectedSigner,
        moment: datetime,
    ) -> tuple[Visit, ReportContent]:
        """The visit as it stands on the disk and all that its report says, both exactly what the heads name.

        A synchronisation or a second window may write while it is being read; then it is read again.
        """
        visit = self._desk.reloaded(assessment_id)
        for _ in range(_LOOKS):
            heads = self._heads(visit)
            visit = self._desk.reloaded(assessment_id)
            signers = (ExpectedSigner(role="assessor", name=visit.lead_name), signer)
            content = self._reporting.content(visit, language, self._number(visit), signers, heads, moment)
            if self._heads(visit) == heads:
                agreed = consents.model_dump() if consents else {}
                return visit, content.model_copy(update={"consents": agreed})
        raise _changed_meanwhile()

    def _write_closing(self, visit: Visit, closing: ClosingAct, report: SignedReport) -> None:
        with self._context.store.unit(self._context.author_id) as unit:
            own = str(self._context.store.device_id)
            for scope, devices in unit.chain_heads(tuple(closing.heads)).items():
                if devices.get(own) != closing.heads.get(scope, {}).get(own):
                    raise _changed_meanwhile()
            revision = unit.get(Revision, visit.revision.id)
            if revision is None or revision.closing is not None:
                raise _changed_meanwhile()
            if revision.number == 1:
                take_number(unit, closing.number)
            unit.save(revision.model_copy(update={"closing": closing, "report": report}))

    def _facts(self, visit: Visit) -> tuple[Fact, ...]:
        states = visit.states
        lacks = completeness.missing(
            visit.checklist,
            {key: state.answer for key, state in states.items()},
            {key: state.applies for key, state in states.items()},
            {key: len(state.photos) for key, state in states.items()},
            visit.findings,
            rapid=visit.assessment.kind == "rapid",
        )
        facts = [
            Fact(ok=False, text=lack.text, must=lack.must, question_id=lack.question_id) for lack in lacks
        ]
        contested = [key for key, state in states.items() if state.conflicts]
        if contested:
            text = msgs(
                "One question has two answers that nobody has chosen between: choose before signing.",
                "{n} questions have two answers that nobody has chosen between: choose before signing.",
                len(contested),
            )
            facts.append(Fact(ok=False, text=text, must=True, question_id=contested[0]))
        if self._context.store.meta(CLOCK_WRONG):
            text = msg(
                "When this device last reached the endpoint, its clock was wrong. Check date and time before you sign: a "
                "report that is signed ahead of time isn't accepted before then."
            )
            facts.append(Fact(ok=False, text=text, must=False))
        trouble = self._identities.trouble(self._context.clock.now(), visit.lead_name)
        if trouble is not None:
            facts.append(Fact(ok=False, text=trouble, must=True))
        return tuple(facts)

    def _heads(self, visit: Visit) -> dict[str, dict[str, ChainHead]]:
        with self._context.store.read() as reader:
            return reader.chain_heads((visit.plant.scope, visit.assessment.scope))

    def _number(self, visit: Visit) -> str:
        """A later revision keeps the first one's number."""
        if visit.revision.number > 1:
            with self._context.store.read() as reader:
                first = reader.get(Revision, revision_id(visit.assessment.id, 1))
            if first is not None and first.closing is not None:
                return first.closing.number
        return next_number(self._context.store, visit.plant.country)


def _another_report(number: str) -> KnownError:
    return KnownError(
        "report_other",
        msg(
            "The report that is kept for {number} is not the one that was signed for this visit. Don't hand it on; ask whoever "
            "runs the programme.",
            number=number,
        ),
    )


def _changed_meanwhile() -> KnownError:
    return KnownError(
        "visit_changed",
        msg(
            "The visit was changed elsewhere while it was being signed (another window, or synchronising). "
            "Nothing was signed. Look at the report again, then sign."
        ),
    )
