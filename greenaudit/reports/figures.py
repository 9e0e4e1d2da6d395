"""The charts of one score: figures from `rules`, words of one language. The screen, the PDF and the pages call these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reportlab.graphics.shapes import Drawing

from greenaudit.domain.checklists import LEVEL_NAMES, Checklist, Module
from greenaudit.domain.scores import Cap, ModuleScore, Rating, Score
from greenaudit.formats import Formats
from greenaudit.i18n import Translator
from greenaudit.messages import Message, msg
from greenaudit.reports import charts, words
from greenaudit.reports.content import Shares
from greenaudit.reports.palette import Palette

NO_FIGURE = "–"
ASSESSED = msg("assessed")


class Figures:
    """Draws the charts of one score in one language and one palette."""

    def __init__(self, score: Score, say: Translator, formats: Formats, palette: Palette) -> None:
        self._score = score
        self._say = say
        self._formats = formats
        self._palette = palette

    def figure(self, score: Decimal | None) -> str:
        """A score as it is printed everywhere: one decimal, or a dash where nothing is assessed."""
        return NO_FIGURE if score is None else self._formats.number(score, 1)

    def modules(self, last: Mapping[Module, Decimal] | None = None, width: float = 620) -> Drawing:
        """Score and rating by module, with what a cap takes and the last visit's score."""
        rows = tuple(
            charts.ModuleBar(
                module,
                self._say(words.MODULES[module]),
                one.score,
                self.figure(one.score),
                one.rating or "",
                strictest(one.caps),
                _of(last, module),
                self._note(one),
            )
            for module, one in self._score.modules.items()
        )
        return charts.module_bars(rows, self._palette, width)

    def sections(
        self, module: str, checklist: Checklist, width: float = 620, counted: Message = ASSESSED
    ) -> Drawing:
        """Score and coverage of each section of a module, in the checklist's order; `counted` heads the coverage."""
        titles = {section.id: section.title for section in checklist.sections}
        scores = self._score.modules[module].sections
        order = [section for section in titles if section in scores]
        order += [section for section in scores if section not in titles]
        rows = tuple(
            charts.SectionBar(
                module,
                titles[name].in_(self._say.language) if name in titles else name,
                scores[name].score,
                self.figure(scores[name].score),
                "{} / {}".format(*scores[name].coverage),
            )
            for name in order
        )
        return charts.section_bars(rows, self._palette, self._say(counted), width)

    def stair(self, shares: Shares, reached: int, width: float = 330) -> Drawing:
        """The share of the weight on steps 1 to 4, and which of them are reached."""
        steps = tuple(
            charts.Step(
                LEVEL_NAMES[number].in_(self._say.language),
                share,
                self._formats.percent(share),
                number <= reached,
            )
            for number, share in enumerate(shares, start=1)
        )
        return charts.stair(steps, self._palette, width)

    def _note(self, one: ModuleScore) -> str:
        """Why the rating is less than the score says, or why there is none; both where both are so."""
        if one.score is None:
            return self._say(msg("nothing assessed"))
        cap = cap_that_binds(binding(one.caps, one.raw_rating))
        if one.rated:
            return "" if cap is None else self._say(short_cap(cap))
        if cap is None:
            return self._say(msg("indicative: too few questions assessed for a rating"))
        return f"{self._say(words.INDICATIVE)} · {self._say(short_cap(cap))}"


def binding(caps: tuple[Cap, ...], raw: Rating | None) -> tuple[Cap, ...]:
    """The caps that take something: a score that is a D anyway is capped by none."""
    if raw is None:
        return ()
    return tuple(cap for cap in caps if charts.LOWEST[cap.limit] < charts.LOWEST[raw])


def cap_that_binds(caps: tuple[Cap, ...]) -> Cap | None:
    """The cap with the lowest limit."""
    return min(caps, key=lambda cap: charts.LOWEST[cap.limit], default=None)


def strictest(caps: tuple[Cap, ...]) -> Rating | None:
    """The lowest limit that caps set."""
    cap = cap_that_binds(caps)
    return cap.limit if cap else None


def short_cap(cap: Cap) -> Message:
    """A cap in a few words, beside its bar."""
    ids = cap.ids[0] if len(cap.ids) == 1 else f"{', '.join(cap.ids[:2])}{' …' if len(cap.ids) > 2 else ''}"
    return replace(words.SHORT_CAPS[cap.cause], params={"limit": cap.limit, "ids": ids, "n": len(cap.ids)})


def _of(scores: Mapping[Module, Decimal] | None, module: str) -> Decimal | None:
    """A module's figure, where there is one."""
    return next((score for name, score in (scores or {}).items() if name == module), None)
