"""The cover: which plant, when, how it stands, what was dangerous, and what this paper is not."""

from __future__ import annotations

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, Paragraph, Spacer

from greenaudit.domain.findings import Finding
from greenaudit.messages import Message, msg, msgs
from greenaudit.reports import icons, words
from greenaudit.reports.blocks import Figure
from greenaudit.reports.desk import Desk
from greenaudit.reports.parts.tiles import rating_tiles
from greenaudit.reports.styles import MARGIN, PAGE
from greenaudit.reports.text import printable

LONGEST_NAME = 400
QR = 74.0


def cover(desk: Desk) -> list[Flowable]:
    """The first page."""
    return [
        Band(desk),
        *_sample(desk),
        Spacer(1, 20),
        *_facts(desk),
        Spacer(1, 14),
        Figure(rating_tiles(desk), desk.width, 10),
        *_danger(desk),
        Verification(desk),
    ]


class Band(Flowable):
    """The deep green band over the whole width: mark, kind of paper, plant, supplier and place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        content, styles = desk.content, desk.styles
        name = printable(content.plant.name)
        shown = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rstrip() + "…"
        size = next(
            size for size, most in ((27, 46), (20, 90), (14, 200), (10.5, 10_000)) if len(shown) <= most
        )
        supplier = (
            content.supplier
            if len(content.supplier) <= LONGEST_NAME
            else content.supplier[:LONGEST_NAME] + "…"
        )
        self._lines = [
            desk.para(msg("Environmental assessment report"), styles.sized("kind", 11, "onDeep2")),
            desk.para(shown, styles.sized("plant", size, "onDeep")),
            desk.para(supplier, styles.sized("supplier", 11, "onDeep")),
            desk.para(place(desk), styles.sized("place", 10, "onDeep2")),
        ]
        self.width = desk.width
        text = sum(line.wrap(desk.width, 10_000)[1] for line in self._lines)
        self.height = 104 + text + 26

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        canvas, palette = self.canv, self._desk.palette
        canvas.saveState()
        canvas.setFillColor(palette.colour("accentDeep"))
        canvas.rect(-MARGIN, 0, PAGE[0], self.height, stroke=0, fill=1)
        canvas.restoreState()
        self._mark(0, self.height - 68)
        y = self.height - 94
        for number, line in enumerate(self._lines):
            y -= line.height
            line.drawOn(canvas, 0, y)
            y -= 6 if number in (0, 1) else 1

    def _mark(self, x: float, y: float) -> None:
        """The house mark: the stair, and the name beside it."""
        canvas, palette = self.canv, self._desk.palette
        canvas.saveState()
        canvas.setFillColor(palette.colour("onDeep"))
        for step in range(5):
            canvas.rect(x + step * 6.4, y, 5, 5 + step * 4.6, stroke=0, fill=1)
        canvas.setFont("Plex-Semi", 15)
        canvas.drawString(x + 42, y + 1, "GreenAudit")
        canvas.restoreState()


class Verification(Flowable):
    """What this report is not, and how to check it: a QR code when the endpoint has a page, a command otherwise."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._url = desk, desk.content.verify_url
        self._room = desk.width - (QR + 18 if self._url else 0)
        self._lines = [desk.para(text, desk.styles.small) for text in _what_it_is(desk)]
        tall = sum(line.wrap(self._room, 10_000)[1] + 4 for line in self._lines)
        self._tall = max(tall, QR if self._url else 0)
        self.width = desk.width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All the height that is left, so that it stands at the foot of the page."""
        self.height = max(self._tall + 12, height - 2)
        return self.width, self.height

    def draw(self) -> None:
        y = self._tall
        self.canv.setStrokeColor(self._desk.palette.colour("line"))
        self.canv.setLineWidth(0.7)
        self.canv.line(0, y + 9, self.width, y + 9)
        for line in self._lines:
            y -= line.height
            line.drawOn(self.canv, 0, y)
            y -= 4
        if self._url:
            Figure(qr_code(self._url), QR).drawOn(self.canv, self.width - QR, self._tall - QR)


def qr_code(url: str) -> Drawing:
    """The address as a QR code, black on white whatever the theme."""
    code = QrCodeWidget(url, barLevel="M", barBorder=0)
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(right - left, top - bottom)
    drawing.add(code)
    return drawing


def place(desk: Desk) -> Message:
    """City, region and country of the plant."""
    plant = desk.content.plant
    country = words.COUNTRIES[plant.country]
    where = ", ".join(part for part in (plant.city, plant.region) if part)
    return msg("{place} · {country}", place=where, country=country)


def dangers(desk: Desk) -> tuple[Finding, ...]:
    """The stop-and-tells of this visit."""
    return tuple(finding for finding in desk.content.findings if finding.kind == "stop_and_tell")


def _facts(desk: Desk) -> list[Flowable]:
    """Who, when and with what, in short."""
    content, formats = desk.content, desk.formats
    zone = content.plant.timezone
    lead = f"{content.lead} · {content.lead_organisation}" if content.lead_organisation else content.lead
    number = desk.number()
    checklist = f"{desk.text_of(content.checklist.title)} · {content.assessment.pack.version}"
    facts: list[tuple[Message, str]] = [
        (msg("Report"), number),
        (msg("Visit began"), formats.moment(content.assessment.started_at, zone)),
        (msg("Report made"), formats.moment(content.prepared_at, zone)),
        (msg("Lead assessor"), _cut(lead)),
        (msg("Car maker"), _cut(content.oem)),
        (msg("Programme"), _cut(content.programme)),
        (msg("Checklist"), _cut(checklist)),
        (msg("Kind of visit"), desk.say(words.kind_of_visit(content))),
    ]
    return [desk.fact(label, value) for label, value in facts if value]


def _sample(desk: Desk) -> list[Flowable]:
    """That all is invented, where it is, before anything else is read."""
    if not desk.content.sample:
        return []
    return [Spacer(1, 14), _Notice(desk, "warning", "warn", words.INVENTED)]


def _cut(text: str, most: int = 160) -> str:
    """The cover says long names in short; they stand in full in 'About this report'."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _danger(desk: Desk) -> list[Flowable]:
    """The notice of stop-and-tells, open ones first."""
    found = dangers(desk)
    if not found:
        return [_Notice(desk, "check-circle", "accent", msg("No stop-and-tell in this visit."))]
    still = sum(1 for finding in found if finding.resolved is None)
    text = msgs(
        "{n} stop-and-tell was told to the plant", "{n} stop-and-tells were told to the plant", len(found)
    )
    end = (
        msgs("it was resolved before the closing.", "all were resolved before the closing.", len(found))
        if not still
        else msgs("{n} is still open.", "{n} are still open.", still)
    )
    both = msg("{what}: {rest}", what=text, rest=end)
    return [_Notice(desk, "warning-octagon", "danger" if still else "ink", both)]


class _Notice(Flowable):
    """One sentence in a frame with its symbol."""

    def __init__(self, desk: Desk, icon: str, colour: str, text: Message) -> None:
        super().__init__()
        self._desk, self._icon, self._colour = desk, icon, colour
        self._text: Paragraph = desk.para(text, desk.styles.strong)
        tall = self._text.wrap(desk.width - 46, 10_000)[1]
        self.width, self.height = desk.width, tall + 16
        self.spaceAfter = 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        ink = self._desk.palette.colour(self._colour)
        self.canv.saveState()
        self.canv.setStrokeColor(ink)
        self.canv.setLineWidth(1.2)
        self.canv.roundRect(0, 0, self.width, self.height, 6, stroke=1, fill=0)
        self.canv.restoreState()
        icons.draw(self.canv, self._icon, 11, self.height / 2 - 9, 18, ink)
        self._text.drawOn(self.canv, 38, 8)


def _what_it_is(desk: Desk) -> list[Message]:
    """The honest small print."""
    said = [
        msg(
            "This is not a legal audit and no verdict on compliance. It shows a sample: what was seen, told and "
            "measured during the visit, and how well each answer could be proved."
        ),
    ]
    if desk.content.verify_url:
        said.append(
            msg("Check this file: scan the code, or run “greenaudit verify” on the file, without a network.")
        )
    else:
        said.append(msg("Check this file: run “greenaudit verify” on it. No network is needed."))
    said.append(msg("Fingerprint of the data inside: {fingerprint}", fingerprint=grouped(desk.fingerprint)))
    return said


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


__all__ = ["cover", "dangers", "grouped", "place", "qr_code"]
