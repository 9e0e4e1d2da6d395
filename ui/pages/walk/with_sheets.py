"""The sheets that lie over the walk when they are asked for."""

from __future__ import annotations

from greenaudit.messages import msg
from ui.pages.walk.choosing_sheet import ChoosingSheet
from ui.pages.walk.row_sheet import RowSheet
from ui.pages.walk.sheets import EffectSheet, FindingSheet, PhotoSheet, ReasonSheet
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button
from ui.widgets.page import Page
from ui.widgets.sentence_sheet import SentenceSheet
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label


class WithSheets(Page):
    """A page with the sheets of the walk."""

    def _make_sheets(self) -> None:
        self.not_applicable = ReasonSheet(self, "not_applicable")
        self.not_seen = ReasonSheet(self, "not_seen")
        self.finding = FindingSheet(self)
        self.danger_gone = SentenceSheet(
            self, msg("The danger is gone"), msg("What was done about it"), msg("Record it")
        )
        self.revision = SentenceSheet(
            self,
            msg("Start a revision"),
            msg("Why the signed report is corrected"),
            msg("Start the revision"),
        )
        self.effect = EffectSheet(self)
        self.photo = PhotoSheet(self)
        self.row = RowSheet(self)
        self.choosing = ChoosingSheet(self)
        self.area_sheet = Sheet(self, msg("Areas"))
        self.choose_button = Button("", "", "caret-down")
        self.total_time = Label("", "small", "ink2")
        self._area_box = col(row(self.choose_button, None, self.total_time))
        self.area_sheet.fill(self._area_box)

    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets of the page."""
        return (
            self.not_applicable, self.not_seen, self.finding, self.danger_gone, self.revision, self.effect,
            self.photo, self.row, self.choosing, self.area_sheet,
        )  # fmt: skip

    def dismiss_sheets(self) -> None:
        """Takes away whatever lies over the page."""
        for sheet in self.sheets():
            sheet.dismiss()
