"""What one signs: the report's number, what it covers, its chart; and the report itself to read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from greenaudit.i18n import Language
from greenaudit.messages import Message, msg
from ui.i18n import Said, tr
from ui.pages.sign.values import SignState
from ui.widgets.boxes import Part, col, frame, row, rule
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.choices import Segmented
from ui.widgets.signs import Symbol
from ui.widgets.svg_view import SvgView
from ui.widgets.texts import Label

LANGUAGES: tuple[tuple[Language, str], ...] = (("en", "English"), ("es", "Español"), ("fr", "Français"))


class SummaryCard(Card):
    """Signals:

    read (str): the report is to be read, in this language.
    """

    read = Signal(str)

    def __init__(self) -> None:
        self._lines = {
            key: _Line(title)
            for key, title in (
                ("report", msg("Report")),
                ("checklist", msg("Checklist")),
                ("areas", msg("Areas seen")),
                ("findings", msg("Findings")),
            )
        }
        self._print_title = Label(msg("Fingerprint"), "caption", "ink3")
        self._print = Label("", "small", mono=True, wrap=True)
        self.chart = SvgView(msg("Score by module"))
        self.language = Segmented([*LANGUAGES], msg("Language of the report"))
        self.language_title = Label(msg("Language of the report"), "caption", "ink2")
        self.read_button = Button(msg("Read the report"), "big", "file-text")
        self._title = Label(msg("What you sign"), "title", wrap=True)
        head = row(Symbol("file-text", "accent", 28), (self._title, 1), gap=12)
        lines: list[Part] = [part for line in self._lines.values() for part in (line, rule())]
        chart = frame("well", col(self.chart, margins=(10, 8, 10, 8)))
        super().__init__(
            col(
                head, *lines, self._print_title, self._print, 2, chart, None, self.language_title, self.language,
                self.read_button, gap=8,
            ),
            (24, 16, 24, 18),
        )  # fmt: skip
        self.read_button.clicked.connect(self._read)

    def show_state(self, state: SignState) -> None:
        """Shows what the report will be, or what it was."""
        visit, closing = state.visit, state.closing
        self._title.say(msg("What was signed") if closing.closed else msg("What you sign"))
        self._lines["report"].show_value(msg("{number} · rev {n}", number=closing.number, n=closing.revision))
        self._lines["checklist"].show_value(visit.checklist.version)
        self._lines["areas"].show_value("{} / {}".format(*state.areas_seen))
        self._lines["findings"].show_value(str(len(visit.findings)))
        self._print.say(_grouped(closing.fingerprint))
        for part in (self._print, self._print_title):
            part.setVisible(closing.closed)
        self.chart.show_svg(state.chart)
        self.language.setVisible(not closing.closed)
        self.language_title.setVisible(not closing.closed)
        if self.language.value() is None:
            self.language.choose(visit.plant.language)

    def chosen_language(self) -> Language:
        """The language that the report is made in."""
        value = self.language.value()
        return next((code for code, _ in LANGUAGES if code == value), "en")

    def _read(self) -> None:
        self.read.emit(self.chosen_language())


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
