"""The checklist page fits five sizes in three languages and three themes, read, edited, wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from greenaudit.services.pack_sheets import Spot
from tests.helpers.ui import assert_fits
from tests.helpers.ui_checklist import checklist_page, write_tiny
from ui.routes import Checklists, Route
from ui.widgets.page import Page

FILE = "CHEM-STO.yaml"


def page(folder: Path, *, wrong: bool = False) -> Page:
    """The page over a draft, with mistakes if so asked."""
    key = write_tiny(folder)
    desk = checklist_page(folder)
    if wrong:
        for path, text, before in (
            ("text.es", "", "Is it shut? (es)"),
            ("test.minutes", "six", "6"),
            ("weight", "9", "2"),
            ("levels.2.fr", "", "Anchor 2. (fr)"),
        ):
            desk.drafts.edit(key, Spot(FILE, "CHEM-STO-01"), path, text, before)
    return desk.page


@pytest.mark.parametrize(
    ("route", "wrong"),
    [
        pytest.param(Checklists(), False, id="shelf"),
        pytest.param(Checklists("shipped", "", FILE, "CHEM-STO-02"), False, id="read"),
        pytest.param(Checklists("shipped", "", "CHEM-INV.yaml", "CHEM-INV-01"), False, id="table"),
        pytest.param(Checklists("draft", "tiny", FILE, "CHEM-STO-01"), False, id="draft"),
        pytest.param(Checklists("draft", "tiny", FILE, "CHEM-STO-01"), True, id="draft with mistakes"),
        pytest.param(Checklists("draft", "tiny", "areas.yaml", "A01"), False, id="area"),
    ],
)
def test_page_fits(tmp_path: Path, route: Route, wrong: bool) -> None:
    assert_fits(partial(page, tmp_path, wrong=wrong), route)
