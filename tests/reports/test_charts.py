"""The charts: plain shapes, exact colours, the same figures as the rules'."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction

import pytest
from reportlab.graphics.shapes import String

from greenaudit.formats import Formats
from greenaudit.i18n import LOCALE_OF, Language, translator
from greenaudit.reports import charts
from greenaudit.reports.figures import Figures
from greenaudit.reports.palette import Theme, palette
from greenaudit.reports.svg import to_svg
from greenaudit.rules.scoring import rating_of
from tests.helpers.reports import STAIRS, report_content
from tests.helpers.small_checklist import checklist

SVG = "{http://www.w3.org/2000/svg}"


def figures(language: Language = "en", theme: Theme = "light") -> Figures:
    content = report_content(language)
    return Figures(content.score, translator(language), Formats(LOCALE_OF[language]), palette(theme))


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("theme", ["light", "dark", "daylight"])
def test_every_chart_is_clean_svg_in_every_theme(theme: Theme) -> None:
    drawn = figures("en", theme)
    for drawing in (
        drawn.modules({"CHEM": Decimal(41)}),
        drawn.sections("CHEM", checklist()),
        drawn.stair(STAIRS["CHEM"], 2),
    ):
        svg = to_svg(drawing, "Results & more")
        root = ET.fromstring(svg)
        assert len(list(root.iter(f"{SVG}rect"))) >= 4
        assert root.findtext(f".//{SVG}title") == "Results & more"
        for forbidden in ("clip", "Plex-", "Helvetica", "rgb(", "pattern", "gradient"):
            assert forbidden not in svg
        assert "font-family: 'IBM Plex Sans'; font-weight: 600;" in svg


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("width", [330, 560, 800])
def test_a_chart_is_drawn_for_the_width_it_is_shown_at_with_words_one_can_read(
    width: int, language: Language
) -> None:
    drawing = figures(language).modules({"CHEM": Decimal(41)}, width)
    assert drawing.width == width
    written = [shape for shape in drawing.contents if isinstance(shape, String)]
    assert len(written) >= 12
    for shape in written:
        assert shape.fontSize >= 12
        left, _, right, _ = shape.getBounds()
        assert left >= -1
        assert right <= width + 1, shape.text


def test_themes_use_their_own_colours() -> None:
    assert "#a5216b" in to_svg(figures("en", "light").modules()).lower()
    assert "#e66ba6" in to_svg(figures("en", "dark").modules()).lower()


@pytest.mark.parametrize(("language", "figure"), [("en", "37.5"), ("es", "37.5"), ("fr", "37,5")])
def test_figures_are_printed_as_the_language_writes_them(language: Language, figure: str) -> None:
    content = report_content(language)
    assert content.score.modules["CHEM"].score == Decimal("37.5")
    assert figure in texts(to_svg(figures(language).modules()))


def test_a_cap_shows_as_stripes_and_in_words() -> None:
    row = charts.ModuleBar("CHEM", "Chemicals", Decimal("61.2"), "61.2", "D")
    capped = charts.ModuleBar("CHEM", "Chemicals", Decimal("61.2"), "61.2", "D", "D", note="capped at D")
    plain = to_svg(charts.module_bars((row,), palette()))
    striped = to_svg(charts.module_bars((capped,), palette()))
    assert striped.count("<path") > plain.count("<path")
    assert "capped at D" in texts(striped)


def test_a_score_under_its_cap_has_no_stripes() -> None:
    free = charts.ModuleBar("CHEM", "Chemicals", Decimal("41.2"), "41.2", "D")
    capped = charts.ModuleBar("CHEM", "Chemicals", Decimal("41.2"), "41.2", "D", "D")
    assert to_svg(charts.module_bars((free,), palette())) == to_svg(charts.module_bars((capped,), palette()))


def test_nothing_assessed_draws_a_track_and_a_dash() -> None:
    row = charts.ModuleBar("ENER", "Energy", None, "–")
    assert "–" in texts(to_svg(charts.module_bars((row,), palette())))


def test_the_axis_is_the_rules_scale() -> None:
    for rating, lowest in charts.LOWEST.items():
        assert rating_of(Fraction(lowest)) == rating
        if lowest:
            assert rating_of(Fraction(lowest * 10 - 1, 10)) != rating
    for rating, ceiling in charts.CEILING.items():
        assert rating_of(Fraction(ceiling * 10 - 1, 10)) == rating


def test_the_stair_marks_what_is_reached() -> None:
    shares = STAIRS["CHEM"]
    none, two = to_svg(figures().stair(shares, 0)), to_svg(figures().stair(shares, 2))
    assert none != two
    assert "97\u00a0%" in texts(two)


def test_a_name_that_is_too_long_is_wrapped() -> None:
    row = charts.SectionBar("CHEM", "word " * 60, Decimal(50), "50.0", "3 / 3")
    svg = to_svg(charts.section_bars((row,), palette(), "assessed"))
    assert any(text.endswith("…") for text in texts(svg))
