"""The tokens keep their contrasts in all three themes, and a theme can be switched while the window stands."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme.icons import pixmap
from ui.theme.switching import apply
from ui.theme.tokens import THEMES, TOKENS, Theme, named
from ui.widgets.buttons import Button

TEXT, SHAPE = 4.5, 3.0
"""WCAG: text, and what is not text."""

TEXTS = (
    ("ink", "surface"),
    ("ink2", "surface"),
    ("ink3", "canvas"),
    ("ink3", "surface"),
    ("ink3", "sunken"),
    ("accent", "surface"),
    ("accent", "accentSoft"),
    ("accent", "canvas"),
    ("onAccent", "accent"),
    ("onAccent", "accentHover"),
    ("onDeep", "accentDeep"),
    ("onDeep2", "accentDeep"),
    ("accentDeep", "onDeep2"),
    ("warn", "warnSoft"),
    ("warn", "accentSoft"),
    ("warn", "surface"),
    ("warn", "canvas"),
    ("danger", "dangerSoft"),
    ("danger", "surface"),
    ("enerInk", "surface"),
    ("chem", "surface"),
    ("surface", "ink"),
)
SHAPES = (
    ("edge", "surface"),
    ("edge", "canvas"),
    ("focus", "surface"),
    ("focus", "canvas"),
    ("focus", "accentSoft"),
    ("accent", "track"),
    ("chem", "surface"),
    ("wast", "surface"),
    ("ener", "surface"),
    ("foun", "surface"),
    ("onModule", "chem"),
    ("onModule", "wast"),
    ("onModule", "ener"),
    ("onModule", "foun"),
)


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [part / 255 for part in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio between two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXTS)
def test_text_is_readable(name: Theme, front: str, back: str) -> None:
    assert contrast(named(name)[front], named(name)[back]) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_are_visible(name: Theme, front: str, back: str) -> None:
    assert contrast(named(name)[front], named(name)[back]) >= SHAPE


def test_known_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(named("light")["accent"], "#FFFFFF") == pytest.approx(6.7, abs=0.05)


@pytest.mark.parametrize("name", THEMES)
def test_modules_differ_in_grey_too(name: Theme) -> None:
    greys = sorted(luminance(named(name)[key]) for key in ("chem", "wast", "ener", "foun"))
    assert all(b - a > 0.005 for a, b in itertools.pairwise(greys))


def test_all_themes_name_the_same_colours() -> None:
    names = {frozenset(TOKENS["themes"][name]) for name in THEMES}
    assert len(names) == 1


def test_switching_changes_palette_sheet_and_icons(qapp: QApplication, qtbot: QtBot) -> None:
    button = Button("Send", "", "arrow-right")
    qtbot.addWidget(button)
    light = button.icon().pixmap(22).toImage()
    apply(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(named("dark")["canvas"])
    assert named("dark")["surface"] in qapp.styleSheet()
    assert button.icon().pixmap(22).toImage() != light


@pytest.mark.parametrize("name", THEMES)
def test_sheet_names_no_colour_of_its_own(qapp: QApplication, name: Theme) -> None:
    apply(qapp, name)
    ours = {value.upper() for value in named(name).values()}
    written = {word.upper() for word in re.findall(r"#[0-9A-Fa-f]{6}", qapp.styleSheet())}
    assert written <= ours


@pytest.mark.parametrize("role", ["body", "strong", "question", "money"])
def test_text_is_set_in_plex(role: theme.Role) -> None:
    assert QFontInfo(theme.font(role)).family().startswith("IBM Plex Sans")
    assert QFontInfo(theme.font(role, mono=True)).family().startswith("IBM Plex Mono")


def test_digits_are_equally_wide() -> None:
    measure = theme.metrics("body")
    assert len({measure.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("width", "size"),
    [
        (1280, "wide"),
        (1180, "wide"),
        (1179, "medium"),
        (960, "medium"),
        (900, "medium"),
        (899, "narrow"),
        (640, "narrow"),
    ],
)
def test_size_classes(width: int, size: str) -> None:
    assert theme.size_class(width) == size


def test_an_icon_is_drawn_anew_for_another_screen() -> None:
    once = pixmap("check", theme.color("accent"), 22, 1.0)
    sharp = pixmap("check", theme.color("accent"), 22, 1.5)
    assert (once.width(), sharp.width()) == (22, 33)
    assert pixmap("check", theme.color("accent"), 22, 1.0) is once
    assert pixmap("check", theme.color("danger"), 22, 1.0) is not once
