"""What the sign page shows and asks for, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from greenaudit.domain.signatures import Drawn
from greenaudit.i18n import Language
from greenaudit.messages import Message
from greenaudit.services.views import (
    ClosingState,
    Consents,
    OnlyHere,
    ReportPreview,
    Representative,
    Visit,
)
from ui.ports import ErrorView, Frame
from ui.routes import Route

ThemeName = Literal["light", "dark", "daylight"]
"""The colours a chart is drawn in."""
Signer = Literal["assessor", "representative"]
"""Who signs on this page."""


class Verdict(Protocol):
    """What verification says of the signed report."""

    @property
    def accepted(self) -> bool: ...

    @property
    def summary(self) -> Message: ...

    @property
    def unchanged(self) -> Message: ...

    @property
    def signed(self) -> Message: ...

    @property
    def when(self) -> Message: ...


class Visits(Protocol):
    """Reading a whole visit."""

    def open(self, assessment_id: UUID) -> Visit: ...


class Status(Protocol):
    """What exists on this device alone."""

    def only_here(self) -> OnlyHere: ...


class Closing(Protocol):
    """The last stage of a visit."""

    def state(self, assessment_id: UUID) -> ClosingState: ...

    def chart(self, assessment_id: UUID, locale: str, theme: ThemeName, width: float) -> str: ...

    def consent(self, role: Signer, language: Language) -> str: ...

    def preview(
        self, assessment_id: UUID, language: Language, consents: Consents | None
    ) -> ReportPreview: ...

    def sign(
        self,
        *,
        assessment_id: UUID,
        assessor: Drawn,
        representative: Representative,
        representative_drawn: Drawn,
        language: Language,
        consents: Consents | None,
    ) -> ClosingState: ...

    def decline(
        self,
        *,
        assessment_id: UUID,
        assessor: Drawn,
        representative: Representative,
        reason: str,
        language: Language,
        consents: Consents | None,
    ) -> ClosingState: ...

    def verified(self, assessment_id: UUID) -> Verdict: ...

    def signed_pdf(self, assessment_id: UUID) -> bytes: ...

    def start_revision(self, *, assessment_id: UUID, reason: str) -> None: ...


class Copies(Protocol):
    """Copies of signed reports that carry a time stamp."""

    def has_stamped(self, assessment_id: UUID) -> bool: ...

    def stamped(self, assessment_id: UUID) -> bytes | None: ...


@dataclass(frozen=True)
class SignState:
    """A visit at its closing; `language` is the one its report is made in, `stamped` whether a time-stamped copy is there."""

    visit: Visit
    closing: ClosingState
    chart: str
    only_here: OnlyHere
    areas_complete: tuple[int, int]
    language: Language
    stamped: bool = False


@dataclass(frozen=True)
class Draft:
    """What is written and drawn so far; it lives on this page alone until both sides have signed."""

    name: str = ""
    position: str = ""
    identity_checked: str = ""
    consent: bool = False
    assessor: Drawn | None = None
    representative: Drawn | None = None

    @property
    def is_signed(self) -> bool:
        """Whether somebody has agreed to what stood there."""
        return self.consent or self.assessor is not None or self.representative is not None


@dataclass(frozen=True)
class Agreement:
    """What a signer agrees to, in the language they read it in."""

    language: Language
    sentence: str


class SignView(ErrorView, Protocol):
    """What the presenter asks of its page."""

    def show_nothing(self) -> None:
        """Another visit is being read: what is there is not its."""

    def show_state(self, state: SignState) -> None: ...

    def show_verdict(self, verdict: Verdict) -> None: ...

    def show_unverified(self, said: Message) -> None:
        """The file could not be judged, and why."""

    def show_agreement(self, signer: Signer, agreement: Agreement) -> None: ...

    def withdraw(self, signer: Signer) -> None:
        """What this signer agreed to is no more what stands there."""

    def show_chart(self, svg: str) -> None: ...

    def show_frame(self, frame: Frame) -> None: ...

    def show_missing(self, said: Message | None) -> None:
        """Says what the primary button still waits for; None: nothing."""

    def is_free(self) -> bool:
        """Whether no sheet lies over the page: what it shows of the visit stays until it is put away."""

    def show_busy(self, said: Message | None) -> None:
        """Says what is being done, and keeps hands off it; None: it is done."""

    def show_report(self, pdf: bytes) -> None: ...

    def show_saved(self, path: Path) -> None: ...

    def show_problem(self, said: Message | None) -> None: ...

    def leave_for(self, route: Route) -> None: ...
