"""The last page: who is expected to sign, what each confirms, and the boxes into which the signatures go."""

from __future__ import annotations

from typing import NamedTuple

from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from greenaudit.domain.assessments import ExpectedSigner, SignerRole
from greenaudit.i18n import translator
from greenaudit.messages import msg
from greenaudit.reports import words
from greenaudit.reports.blocks import Ruled
from greenaudit.reports.desk import Desk
from greenaudit.reports.parts.cover import grouped, place

BOX_WIDTH, BOX_HEIGHT = 300.0, 84.0
SIDE = 16.0


class SignatureBox(NamedTuple):
    """Where a signature goes: the signer's role, the page counted from 0, and the box in points from the lower left."""

    role: str
    page: int
    x1: float
    y1: float
    x2: float
    y2: float


def signatures(desk: Desk, boxes: list[SignatureBox]) -> list[Flowable]:
    """The chapter of signatures; `boxes` is filled while the page is drawn."""
    content = desk.content
    flow: list[Flowable] = [
        desk.title(msg("Signatures")),
        desk.para(
            msg(
                "After all signatures nothing in this visit can change. A correction is a new revision that names this one."
            )
        ),
        Spacer(1, 4),
        desk.fact(msg("Report"), desk.number()),
        desk.fact(msg("Place"), place(desk)),
        desk.fact(msg("Report fingerprint"), grouped(desk.fingerprint)),
        Spacer(1, 6),
    ]
    for signer in content.signers:
        flow += _signer(desk, signer, boxes)
    flow.append(
        desk.para(
            msg(
                "The time of each signature is inside it: claimed by the device’s clock, and proved once a time stamp is added."
            ),
            desk.styles.small,
        )
    )
    return flow


def _signer(desk: Desk, signer: ExpectedSigner, boxes: list[SignatureBox]) -> list[Flowable]:
    """Role, name and consent, then the box; a refusal is recorded instead, with its reason in full."""
    head = desk.para(words.ROLES[signer.role], desk.styles.heading)
    head.keepWithNext = 1
    named = " · ".join(part for part in (signer.name, signer.position) if part)
    name = desk.para(named or "–", desk.styles.strong)
    name.keepWithNext = 1
    if signer.refused:
        return [
            head,
            name,
            Ruled(
                desk.text(msg("Declined to sign. The refusal is part of the signed data.")), desk.styles.alarm
            ),
            Ruled(desk.text(msg("Reason given: {reason}", reason=signer.reason or "–")), desk.styles.alarm),
            Spacer(1, 8),
        ]
    return [
        CondPageBreak(220),
        head,
        name,
        *_consent(desk, signer.role),
        Spacer(1, 4),
        Box(desk, signer.role, boxes),
        Spacer(1, 6),
    ]


def _consent(desk: Desk, role: SignerRole) -> list[Flowable]:
    """The sentence as the signer read it; in another language than the report's, its meaning stands under it."""
    sentence, read_in = words.CONSENTS[role], desk.content.consents.get(role, desk.content.language)
    said: list[Flowable] = [desk.para(sentence)]
    if read_in != desk.content.language:
        agreed = translator(read_in)(sentence)
        said = [
            desk.para(words.AGREED[read_in], desk.styles.label),
            desk.para(agreed),
            desk.para(sentence, desk.styles.small),
        ]
    return said


class Box(Flowable):
    """The framed place of one signature, with the witness's words at its side."""

    def __init__(self, desk: Desk, role: str, boxes: list[SignatureBox]) -> None:
        super().__init__()
        self._desk, self._role, self._boxes = desk, role, boxes
        self._words: Paragraph = desk.para(words.WITNESS[role], desk.styles.small)
        self._room = desk.width - BOX_WIDTH - SIDE
        self.width = desk.width
        self.height = max(BOX_HEIGHT, self._words.wrap(self._room, 10_000)[1])

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        palette = self._desk.palette
        bottom = self.height - BOX_HEIGHT
        self.canv.saveState()
        self.canv.setStrokeColor(palette.colour("edge"))
        self.canv.setLineWidth(0.9)
        self.canv.roundRect(0, bottom, BOX_WIDTH, BOX_HEIGHT, 5, stroke=1, fill=0)
        self.canv.setStrokeColor(palette.colour("line"))
        self.canv.line(16, bottom + 20, BOX_WIDTH - 16, bottom + 20)
        self.canv.restoreState()
        self._words.drawOn(self.canv, BOX_WIDTH + SIDE, self.height - self._words.height)
        left, low = self.canv.absolutePosition(2, bottom + 2)
        right, high = self.canv.absolutePosition(BOX_WIDTH - 2, bottom + BOX_HEIGHT - 2)
        page = self.canv.getPageNumber() - 1
        self._boxes.append(SignatureBox(self._role, page, left, low, right, high))
