"""The findings of a question on its card. A tap on one opens it, to be corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.domain.findings import Finding
from greenaudit.messages import msg
from ui.pages.walk.words import FINDINGS
from ui.widgets.boxes import col
from ui.widgets.choices import OptionRow
from ui.widgets.texts import Label


class FindingLines(QWidget):
    """Hidden while there is none.

    Signals:
        opened (Finding): a finding was tapped.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Finding, ...] = ()
        self.lines: list[OptionRow] = []
        self._box = col(Label(msg("Findings"), "strong"), gap=8)
        self.setLayout(self._box)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows them; those that are shown already stay."""
        if tuple(findings) != self._shown:
            self._shown = tuple(findings)
            for line in self.lines:
                self._box.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = [self._line(found) for found in findings]
        self.setVisible(bool(self.lines))

    def _line(self, found: Finding) -> OptionRow:
        line = OptionRow(FINDINGS[found.kind], found.what.text)
        line.setAutoExclusive(False)
        line.setCheckable(False)
        line.clicked.connect(partial(self._open, found))
        self._box.addWidget(line)
        return line

    def _open(self, found: Finding, _checked: object = None) -> None:
        self.opened.emit(found)
