"""The act of signing: prepare, sign for the assessor, countersign for the plant, and read back what was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from greenaudit.domain.assessments import ExpectedSigner, SignerRole
from greenaudit.domain.signatures import Drawn, FieldBox
from greenaudit.errors import BugError
from greenaudit.i18n import Language, translator
from greenaudit.reports.pdf import Rendered
from greenaudit.reports.words import CONSENTS
from greenaudit.services.views import Consents, Representative
from greenaudit.signing import attachments, sign
from greenaudit.signing.identities import Identity
from greenaudit.signing.verifying import verify


def consent_sentence(role: SignerRole, language: Language) -> str:
    """What a signer agrees to, in their language: shown beside the pad, printed, and bound into the signature."""
    return translator(language)(CONSENTS[role])


@dataclass(frozen=True)
class Signed:
    """A signed report, and the device's revocation list of that moment (DER) when the plant signed."""

    pdf: bytes
    crl: bytes | None


@dataclass(frozen=True)
class SigningAct:
    """Who signs where and when; `language` is the report's, `consents` the signers'."""

    identity: Identity
    roots: tuple[bytes, ...]
    moment: datetime
    location: str
    language: Language
    consents: Consents

    def sign(
        self,
        rendered: Rendered,
        title: str,
        data: bytes,
        signers: Sequence[ExpectedSigner],
        assessor: Drawn,
        representative: Representative,
        drawn: Drawn | None,
    ) -> Signed:
        """The signed PDF. It has been verified before it is given: a report that doesn't verify is our fault."""
        lead = next(signer for signer in signers if signer.role == "assessor")
        prepared = attachments.prepare(rendered.pdf, data, self.language, title)
        pdf = sign.start(
            prepared,
            self.identity,
            name=lead.name,
            position=lead.position,
            reason=consent_sentence("assessor", self.consents.assessor),
            location=self.location,
            drawn=assessor,
            boxes=self._boxes(rendered, signers),
            moment=self.moment,
        )
        crl: bytes | None = None
        if drawn is not None:
            countersigned = sign.countersign(
                pdf,
                self.identity,
                role="representative",
                name=representative.name.strip(),
                position=representative.position.strip(),
                consent=consent_sentence("representative", self.consents.representative),
                identity_checked=representative.identity_checked,
                location=self.location,
                drawn=drawn,
                moment=self.moment,
            )
            pdf, crl = countersigned.pdf, countersigned.device_crl
        verdict = verify(pdf, self.roots, self.moment)
        if not verdict.accepted:
            raise BugError(f"the report just signed does not verify: {verdict.status}")
        return Signed(pdf, crl)

    def _boxes(self, rendered: Rendered, signers: Sequence[ExpectedSigner]) -> tuple[FieldBox, ...]:
        places = {box.role: box for box in rendered.fields}
        return tuple(
            FieldBox(
                name=signer.role,
                page=places[signer.role].page,
                x1=places[signer.role].x1,
                y1=places[signer.role].y1,
                x2=places[signer.role].x2,
                y2=places[signer.role].y2,
            )
            for signer in signers
            if not signer.refused
        )
