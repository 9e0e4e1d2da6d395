"""The report's typographic steps, in points."""

from __future__ import annotations

from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from greenaudit.reports import fonts
from greenaudit.reports.palette import Palette

PAGE = (612.0, 792.0)
"""Letter: what the United States, Canada and Mexico print on."""
MARGIN = 54.0
WIDTH = PAGE[0] - 2 * MARGIN
TOP, BOTTOM = 66.0, 58.0
GUTTER = 46.0


class Styles:
    """Paragraph styles of one palette."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.body = self._style("body", 9.5, 13.5)
        self.small = self._style("small", 8.2, 11.5, colour="ink2")
        self.strong = self._style("strong", 9.5, 13.5, fonts.SEMI)
        self.caption = self._style("caption", 7.6, 10.2, colour="ink2")
        self.mono = self._style("mono", 7.8, 11.5, fonts.MONO, "ink2")
        self.mono_right = self._style("mono_right", 7.8, 11.5, fonts.SANS, "ink2", alignment=TA_RIGHT)
        self.title = self._style("title", 19, 24, fonts.SEMI, spaceBefore=24, spaceAfter=8)
        self.heading = self._style("heading", 12.5, 16, fonts.SEMI, spaceBefore=14, spaceAfter=5)
        self.label = self._style("label", 7.8, 10.5, fonts.SEMI, "ink3", spaceBefore=4)
        self.question = self._style("question", 10.2, 14, fonts.SEMI, spaceAfter=3)
        self.answer = self._style("answer", 9.5, 13.5, leftIndent=GUTTER, spaceAfter=1)
        self.aside = self._style("aside", 8.2, 11.5, colour="ink2", leftIndent=GUTTER)
        self.needs = self._style("needs", 8.6, 12, fonts.MEDIUM, "warn", leftIndent=GUTTER + 14)
        self.note = self._style(
            "note", 9.2, 13.2, leftIndent=GUTTER + 9, rule="edge", ruleAt=GUTTER, spaceBefore=2
        )
        self.alarm = self._style("alarm", 9.5, 13.5, leftIndent=11, rule="danger", ruleAt=1, ruleWidth=2.5)
        self.plain_rule = self._style("plain_rule", 9.5, 13.5, leftIndent=11, rule="edge", ruleAt=1)
        self.fact = self._style(
            "fact",
            9.2,
            13,
            leftIndent=138,
            bulletIndent=0,
            bulletFontName=fonts.SANS,
            bulletFontSize=9.2,
            bulletColor=palette.colour("ink3"),
            spaceAfter=2.5,
        )
        self.point = self._style(
            "point",
            9.2,
            12.8,
            leftIndent=12,
            bulletIndent=1,
            bulletFontName=fonts.SANS,
            bulletFontSize=9.2,
            spaceAfter=3,
        )

    def sized(self, name: str, size: float, colour: str, face: str = fonts.SEMI) -> ParagraphStyle:
        """A style of a given size, for the cover."""
        return self._style(name, size, round(size * 1.16, 1), face, colour)

    def _style(
        self,
        name: str,
        size: float,
        leading: float,
        face: str = fonts.SANS,
        colour: str = "ink",
        **more: object,
    ) -> ParagraphStyle:
        settings: dict[str, Any] = {"bulletFontName": fonts.SANS, "splitLongWords": 1, **more}
        return ParagraphStyle(
            name,
            fontName=face,
            fontSize=size,
            leading=leading,
            textColor=self._palette.colour(colour),
            **settings,
        )
