"""What verification says, as values: three answers (unchanged? by whom? when?), a status, and sentences for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from greenaudit.messages import Message, msg
from greenaudit.signing.revocation import Revocation

Status = Literal[
    "genuine",
    "incomplete",
    "not_signed",
    "altered",
    "not_this_programme",
    "unknown_signer",
    "revoked",
    "expired",
    "not_a_report",
    "unreadable",
]

Standing = Literal["holds", "declined", "missing", "foreign", "unknown", "revoked", "expired"]
"""How one signer stands: `declined` is declared in the report; `foreign` is under another root."""


@dataclass(frozen=True)
class SignerFact:
    """One signer, declared or found.

    `root` names the root that the signature reaches (empty: none that is trusted here). `claimed_at` is what the signing
    device's clock said; `proved_at` what a trusted time stamp proves, or none.
    """

    role: str
    name: str
    position: str
    standing: Standing
    root: str
    claimed_at: datetime | None
    proved_at: datetime | None
    text: Message
    time: Message
    revocation: Revocation


@dataclass(frozen=True)
class Verdict:
    """The answer to 'is this report genuine?'. `code` names the reason for scripts and tests."""

    status: Status
    code: str
    summary: Message
    unchanged: Message
    signed: Message
    when: Message
    revocation: Message
    signers: tuple[SignerFact, ...] = ()
    number: str = ""
    fingerprint: str = ""

    @property
    def accepted(self) -> bool:
        """Whether all declared signatures hold, cover the file and reach a trusted root."""
        return self.status == "genuine"

    @property
    def by_whom(self) -> tuple[Message, ...]:
        """Who signed, a sentence a signer; where nobody could be judged, why."""
        return tuple(signer.text for signer in self.signers) or (self.signed,)

    @property
    def times(self) -> tuple[Message, ...]:
        """When, once where all who signed say the same; else each by name."""
        signed = [signer for signer in self.signers if signer.standing not in ("declined", "missing")]
        if len({signer.time for signer in signed}) < 2:
            return (self.when,)
        return tuple(msg("{name}: {time}", name=signer.name, time=signer.time) for signer in signed)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """The verdict in words: the summary, the answers, and what is known of revocation; nothing twice."""
        return (self.summary, self.unchanged, *self.by_whom, *self.times, self.revocation)


class ObjectionError(Exception):
    """A rule is broken: the file isn't genuine, whatever else it says."""

    def __init__(self, status: Status, code: str, reason: Message) -> None:
        super().__init__(f"{status}: {code}: {reason}")
        self.status: Status = status
        self.code = code
        self.reason = reason


SUMMARIES: dict[Status, Message] = {
    "genuine": msg("Genuine: unchanged since it was signed, and signed by everyone it names."),
    "incomplete": msg("Incomplete: a signature that the report announces is missing."),
    "not_signed": msg("Not signed."),
    "altered": msg("Not genuine: the file was changed after signing."),
    "not_this_programme": msg("Signed, but not by this programme."),
    "unknown_signer": msg("Not genuine: someone signed whom the report or the programme does not know."),
    "revoked": msg("Not accepted: a signer's certificate was revoked."),
    "expired": msg(
        "Not accepted: a signer's certificate is not in force, and nothing proves when it signed."
    ),
    "not_a_report": msg("This is not a GreenAudit report."),
    "unreadable": msg("This file can't be read as a PDF."),
}

NO_ROOT = msg("Signed, but no programme root is known here.")
"""Instead of "not by this programme" where no root was there to check under."""


def objection_verdict(objection: ObjectionError) -> Verdict:
    """The verdict on a file that broke a rule before its signers could be judged."""
    return Verdict(
        status=objection.status,
        code=objection.code,
        summary=SUMMARIES[objection.status],
        unchanged=objection.reason,
        signed=msg("Who signed was not judged."),
        when=msg("When it was signed was not judged."),
        revocation=Revocation("unchecked").text,
    )


def moment_text(moment: datetime) -> str:
    """A moment as all three languages read it without a mistake."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
