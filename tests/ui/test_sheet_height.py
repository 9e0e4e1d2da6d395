"""A sheet is as tall as what stands on it, also when that grows while it is up."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.ui import settle
from ui.pages.walk.sheets import FindingSheet

pytestmark = pytest.mark.window


def test_the_field_for_who_was_told_makes_the_sheet_taller(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    sheet = FindingSheet(page)
    sheet.ask("CHEM-STO-02")
    settle()
    sheet.rows["stop_and_tell"].click()
    settle()
    assert not sheet.told_to.visibleRegion().isEmpty()
    assert sheet.told_to.visibleRegion().boundingRect().height() == sheet.told_to.height()
