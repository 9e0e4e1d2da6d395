"""The sheet around the text: header, footer with 'page n of m', and a canvas that embeds every font it lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from greenaudit import __version__
from greenaudit.messages import msg
from greenaudit.reports import fonts, words
from greenaudit.reports.desk import Desk
from greenaudit.reports.styles import BOTTOM, MARGIN, PAGE, TOP, WIDTH
from greenaudit.reports.text import one_line, printable

rl_config.useA85 = 0
"""Photos are stored as they are; the default wraps them in text, which costs 15 times the time."""

FOOT = 34.0


class Sheets(Canvas):
    """A canvas whose pages learn their number of pages at the end, dated by the content and not by the printer."""

    # reportlab's own parts that the stubs leave out
    _doc: Any
    _code: list[str]
    _pageNumber: int

    def __init__(
        self, stream: Any, *, footer: Callable[[Canvas, int, int], None], at: datetime, **settings: Any
    ) -> None:
        super().__init__(stream, **settings)
        self._footer = footer
        self._doc._timeStamp = _Stamp(at)

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """Every drawing begins by asking for reportlab's own font, which would be listed and not embedded."""
        super().setFont(psfontname if psfontname in fonts.FACES else fonts.SANS, size, leading)

    def save(self) -> None:
        """Draws each page's footer (a form that the page has named already), then writes the file."""
        if self._code:
            self.showPage()
        total = self._pageNumber - 1
        for page in range(1, total + 1):
            self.beginForm(footer_name(page), 0, 0, *PAGE)
            self._footer(self, page, total)
            self.endForm()
        super().save()


class _Stamp(TimeStamp):
    """A moment as the PDF's date, so that one content gives one file."""

    def __init__(self, at: datetime) -> None:
        super().__init__(invariant=1)
        self.t, self.lt = at.timestamp(), at.utctimetuple()
        self.YMDhms = tuple(self.lt)[:6]


class Document(BaseDocTemplate):
    """Letter pages: a cover without header, then pages with one."""

    def __init__(self, stream: Any, desk: Desk) -> None:
        content = desk.content
        name = printable(content.plant.name).replace("\n", " ")
        super().__init__(
            stream,
            pagesize=PAGE,
            lang={"en": "en", "es": "es-MX", "fr": "fr-CA"}[content.language],
            title=f"{content.number} · {name}",
            author=printable(content.lead),
            subject=desk.say(msg("Environmental assessment report")),
            keywords=[content.number, desk.fingerprint],
            creator=f"GreenAudit {__version__}",
            initialFontName=fonts.SANS,
            invariant=1,
        )
        self._desk = desk
        plain = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        cover = Frame(MARGIN, BOTTOM, WIDTH, PAGE[1] - BOTTOM, id="cover", **plain)
        inner = Frame(MARGIN, BOTTOM, WIDTH, PAGE[1] - TOP - BOTTOM, id="inner", **plain)
        self.addPageTemplates(
            [
                PageTemplate("cover", [cover], onPage=self._foot, autoNextPageTemplate="inner"),
                PageTemplate("inner", [inner], onPage=self._head_and_foot),
            ]
        )

    def make_canvas(self, stream: Any, **settings: Any) -> Sheets:
        """The canvas that `build` asks for."""
        return Sheets(stream, footer=self._page_count, at=self._desk.content.prepared_at, **settings)

    def _head_and_foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        content, palette = self._desk.content, self._desk.palette
        y = PAGE[1] - 40
        canvas.saveState()
        canvas.setFillColor(palette.colour("ink2"))
        canvas.setFont(fonts.MEDIUM, 8)
        number = self._desk.number()
        if content.sample:
            number = f"{self._desk.say(words.SAMPLE)} · {number}"
        canvas.drawRightString(PAGE[0] - MARGIN, y, number)
        room = WIDTH - fonts.width(number, fonts.MEDIUM, 8) - 24
        canvas.drawString(MARGIN, y, one_line(content.plant.name, fonts.MEDIUM, 8, room))
        canvas.setStrokeColor(palette.colour("line"))
        canvas.setLineWidth(0.7)
        canvas.line(MARGIN, y - 7, PAGE[0] - MARGIN, y - 7)
        canvas.restoreState()
        self._foot(canvas, document)

    def _foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        palette, fingerprint = self._desk.palette, self._desk.fingerprint
        canvas.saveState()
        canvas.setFillColor(palette.colour("ink3"))
        canvas.setFont(fonts.MONO, 7)
        canvas.drawString(MARGIN, FOOT, " ".join(fingerprint[at : at + 4] for at in range(0, 32, 4)))
        canvas.restoreState()
        canvas.doForm(footer_name(canvas.getPageNumber()))

    def _page_count(self, canvas: Canvas, page: int, total: int) -> None:
        canvas.setFillColor(self._desk.palette.colour("ink2"))
        canvas.setFont(fonts.MEDIUM, 8)
        text = self._desk.say(msg("Page {n} of {m}", n=page, m=total))
        canvas.drawRightString(PAGE[0] - MARGIN, FOOT, text)


def footer_name(page: int) -> str:
    """The form that holds a page's number."""
    return f"foot{page}"
