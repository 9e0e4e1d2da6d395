"""What one signs: the report's number, what it covers, its chart; and the report itself to read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.messages import Message, msg
from ui.i18n import Said, tr
from ui.pages.sign.consents import LanguagePick
from ui.pages.sign.values import SignState
from ui.theme import SizeClass
from ui.widgets.boxes import Part, col, row, rule
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.signs import Symbol
from ui.widgets.svg_view import SvgView
from ui.widgets.texts import Label

CHART_WIDTHS: dict[SizeClass, int] = {"wide": 330, "medium": 800, "narrow": 560}
"""The width at which the chart is drawn: about what it is shown at, so that its words keep their size."""


class SummaryCard(Card):
    """Signals:

    read: the report is to be read.
    chosen (str, as the picker gives it): the report is to be made in this language.
    """

    read = Signal()
    chosen = Signal(object)

    def __init__(self) -> None:
        self._lines = {
            key: _Line(title)
            for key, title in (
                ("report", msg("Report")),
                ("checklist", msg("Checklist")),
                ("areas", msg("Areas complete")),
                ("findings", msg("Findings")),
            )
        }
        self._print_title = Label(msg("Fingerprint"), "caption", "ink3")
        self._print = Label("", "small", mono=True, wrap=True)
        self.chart = SvgView(msg("Score by module"))
        self.language = LanguagePick(msg("Language of the report"))
        self.language_title = Label(msg("Language of the report"), "caption", "ink2")
        self.read_button = Button(msg("Read the report"))
        self._title = Label(msg("What you sign"), "title", wrap=True)
        head = row(Symbol("file-text", "accent", 28), (self._title, 1), gap=12)
        lines: list[Part] = [part for line in self._lines.values() for part in (line, rule())]
        reading = row(self.language, (self.read_button, 1), gap=12)
        super().__init__(
            col(
                head, *lines, self._print_title, self._print, self.language_title, reading, 6, self.chart, None, gap=6,
            ),
            (20, 14, 20, 16),
        )  # fmt: skip
        self.read_button.clicked.connect(self.read)
        self.language.chosen.connect(self.chosen)

    def show_state(self, state: SignState) -> None:
        """Shows what the report will be, or what it was."""
        visit, closing = state.visit, state.closing
        self._title.say(msg("What was signed") if closing.closed else msg("What you sign"))
        self._lines["report"].show_value(msg("{number} · rev {n}", number=closing.number, n=closing.revision))
        version = visit.checklist.version
        rapid = visit.assessment.kind == "rapid"
        self._lines["checklist"].show_value(msg("{version} · rapid", version=version) if rapid else version)
        self._lines["areas"].show_value("{} / {}".format(*state.areas_complete))
        self._lines["findings"].show_value(str(len(visit.findings)))
        self._print.say(_grouped(closing.fingerprint))
        for part in (self._print, self._print_title):
            part.setVisible(closing.closed)
        self.chart.show_svg(state.chart)
        self.language.choose(state.language)
        self.language.setVisible(not closing.closed)
        self.language_title.setVisible(not closing.closed)


class _Line(QWidget):
    def __init__(self, title: Message) -> None:
        super().__init__()
        self._value = Label("", "strong")
        self.setLayout(row((Label(title, "body", "ink2", wrap=True), 1), self._value, gap=8))

    def show_value(self, said: Said) -> None:
        self._value.say(tr(said))


def _grouped(fingerprint: str) -> str:
    """The beginning of a fingerprint in groups of four, as it is printed."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 32, 4))
