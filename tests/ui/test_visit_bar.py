"""The bar of a visit: its stages stand still, whatever is said beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from greenaudit.ids import natural_id
from tests.helpers.ui import LOCALES, SIZES, application, settle
from ui.main_window.preferences import WindowPreferences
from ui.main_window.visit_bar import VisitBar
from ui.ports import Frame
from ui.theme import size_class

FRAME = Frame(natural_id("test assessment"), "Planta Saltillo Norte", "Visit 2", "walk", "", 0)


@pytest.mark.parametrize("size", [size for size in SIZES if size_class(size[0]) != "narrow"])
@pytest.mark.parametrize("locale", LOCALES)
def test_stages_stand_still_when_something_is_saved_or_signed(
    qtbot: QtBot, locale: str, size: tuple[int, int]
) -> None:
    WindowPreferences(application()).choose_locale(locale)
    bar = VisitBar()
    bar.fit(size_class(size[0]))
    bar.resize(size[0], bar.height())
    bar.show()
    places = set()
    invented = replace(FRAME, sample=True)
    for frame in (
        invented,
        replace(invented, saved_at="10:42:07"),
        replace(invented, saved_at="10:42:07", only_here=1243),
        replace(invented, signed=True),
    ):
        bar.show_frame(frame)
        settle()
        tab = bar.tabs["walk"]
        places.add(tab.mapTo(bar, tab.rect().topLeft()).x())
    assert len(places) == 1
    bar.close()


def test_a_signed_visit_is_not_said_to_be_saved(qtbot: QtBot) -> None:
    WindowPreferences(application()).choose_locale("en_US")
    bar = VisitBar()
    bar.show_frame(replace(FRAME, signed=True))
    assert bar._saved_row.accessibleName() == "Signed"
    bar.close()
