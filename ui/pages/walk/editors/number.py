"""A reading: typed large, read back in words, set on the stair, checked against what is already known."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from greenaudit.domain.assessments import Response
from greenaudit.domain.checklists import CutsAnswer, NumberAnswer, PointsAnswer
from greenaudit.messages import msg
from greenaudit.services import reading
from ui.i18n import tr
from ui.i18n.formatting import formats
from ui.pages.walk.answering import with_confirmed, with_instead, with_quantity
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.editors.units import UnitButtons
from ui.pages.walk.expected import expected, outside
from ui.pages.walk.numbers import Understood, limits, meant, place_on_step, understand, unit_of
from ui.pages.walk.values import CardState
from ui.widgets.banners import Banner
from ui.widgets.boxes import clear, col, pane, row
from ui.widgets.buttons import Button
from ui.widgets.checks import Check
from ui.widgets.choices import OptionRow
from ui.widgets.note_edit import MOMENT
from ui.widgets.signs import Symbol
from ui.widgets.stair_bands import Bands
from ui.widgets.texts import Label

Numeric = CutsAnswer | PointsAnswer | NumberAnswer


class NumberEditor(Editor):
    """What can be meant in two ways is asked about, never guessed."""

    def __init__(self) -> None:
        super().__init__()
        self._card: CardState | None = None
        self._kept = ""
        self.entry = QLineEdit()
        self.entry.setProperty("kind", "reading")
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.entry.textEdited.connect(self._typed)
        self.entry.returnPressed.connect(self.flush)
        self.entry.installEventFilter(self)
        self.units = UnitButtons()
        self.units.chosen.connect(self._unit_chosen)
        self._expected = Label("", "small", "ink2", wrap=True)
        self._echo = Label("", "small", "ink2", wrap=True)
        self._unread: dict[UUID, str] = {}
        self._wrong = Label("", "small", "danger", wrap=True)
        self._wrong_line = pane(
            row(Symbol("warning-octagon", "danger", 20, cut="fill"), (self._wrong, 1), gap=8)
        )
        self._which = [Button("", "", "check"), Button("", "", "check")]
        self.ask = Banner("warn", *self._which, icon="question")
        self.bands = Bands()
        self._needs = Label("", "small", "warn", wrap=True)
        self.again, self.right = (
            Button(msg("Measure again"), "", "timer"),
            Button(msg("It is right, because…"), "", "note-pencil"),
        )
        self.doubt = Banner("warn", self.again, self.right)
        self.confirm = Check("")
        self._instead = col(gap=8)
        self._instead_rows: list[tuple[str, OptionRow]] = []
        self._choices: tuple[Decimal, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT)
        self._timer.timeout.connect(self._hand_over)
        self._arrange()

    def _arrange(self) -> None:
        for place, button in enumerate(self._which):
            button.clicked.connect(partial(self._choose_meaning, place))
        self.again.clicked.connect(self._measure_again)
        self.right.clicked.connect(self.note_wanted)
        self.confirm.clicked.connect(self._confirmed)
        typed = row(self.entry, (self.units, 1), gap=12)
        self.setLayout(
            col(
                typed, self._expected, self._echo, self._wrong_line, self.ask, self.bands, self._needs, self.confirm,
                self.doubt, self._instead, gap=8,
            )
        )  # fmt: skip

    # Showing

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, Numeric):
            return
        response = card.state.answer.response
        given = response if response is not None and response.state == "answered" else None
        if anew:
            self._note_unread()
            self._begin(answer, card)
        self._card = card
        quantity = given.quantity if given is not None else None
        if anew or not (self.entry.hasFocus() or self._timer.isActive() or self._is_unread()):
            self._kept = self._shown(quantity.entered if quantity else "", answer.unit)
            self.entry.setText(self._kept)
            self._show_understood(Understood())
            if quantity is not None:
                self._show_understood(
                    meant(card.state.question, quantity.value, answer.unit, card.unit_words)
                )
        self._show_place(quantity.value if quantity else None)
        self._needs.say(card.state.needs or "")
        self._needs.setVisible(card.state.needs is not None)
        self._show_rest(answer, given)
        waiting = self._unread.pop(card.state.answer.id, "") if anew else ""
        if waiting:
            self.entry.setText(waiting)
            self._show_understood(self._understand(waiting))

    def _note_unread(self) -> None:
        """What could not be taken waits until its question is shown again."""
        if self._card is not None and self._is_unread():
            self._unread[self._card.state.answer.id] = self.entry.text().strip()

    def _is_unread(self) -> bool:
        """Whether something stands here that was not handed over."""
        return self.entry.text().strip() != self._kept

    def _shown(self, entered: str, unit: str) -> str:
        """What was typed, without the unit it was typed in; the unit's button says that."""
        for other in reading.other_units(unit):
            if entered.endswith(f" {other}"):
                self.units.choose(other)
                return entered.removesuffix(f" {other}")
        return entered

    def _begin(self, answer: Numeric, card: CardState) -> None:
        self._timer.stop()
        said = expected(answer) if isinstance(answer, NumberAnswer) else None
        self._expected.say(said or "")
        self._expected.setVisible(said is not None)
        self.units.show_units(answer.unit, reading.other_units(answer.unit), card.unit_words)
        self.entry.setAccessibleName(tr(msg("Number in {unit}", unit=card.unit_words(answer.unit))))
        stair = isinstance(answer, CutsAnswer)
        self.bands.setVisible(stair)
        if isinstance(answer, CutsAnswer):
            self.bands.show_limits(limits(answer))
        clear(self._instead)
        self._instead_rows = []
        for option in answer.instead if isinstance(answer, CutsAnswer) else ():
            line = OptionRow(option.label)
            line.clicked.connect(partial(self._say_instead, option.id))
            self._instead.addWidget(line)
            self._instead_rows.append((option.id, line))

    def _show_rest(self, answer: Numeric, given: Response | None) -> None:
        asks = isinstance(answer, CutsAnswer) and answer.confirm_4 is not None
        reaches = given is not None and given.quantity is not None and self._level(given.quantity.value) == 4
        self.confirm.setVisible(asks and (reaches or bool(given and given.confirmed)))
        if isinstance(answer, CutsAnswer) and answer.confirm_4 is not None:
            self.confirm.say(answer.confirm_4)
        self.confirm.setChecked(bool(given and given.confirmed))
        for option_id, line in self._instead_rows:
            line.setAutoExclusive(False)
            line.setChecked(given is not None and option_id in given.options)
            line.setAutoExclusive(True)

    def _show_understood(self, found: Understood) -> None:
        self._echo.say(found.echo or "")
        self._echo.setVisible(found.echo is not None)
        self._wrong.say(found.problem or "")
        self._wrong_line.setVisible(found.problem is not None)
        self.entry.setProperty("wrong", found.problem is not None)
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)
        self.entry.setAccessibleDescription(tr(found.problem or found.echo or ""))
        self._choices = found.choices
        for button, value in zip(self._which, found.choices, strict=False):
            button.say(formats().quantity(value, self._words(self.units.unit())))
        self.ask.say(msg("Which number do you mean?") if found.choices else "")
        if found.value is not None:
            self._show_place(found.value)

    def _show_place(self, value: Decimal | None) -> None:
        card = self._card
        if card is None:
            return
        question = card.state.question
        level = None if value is None else reading.level_at(question, value)
        if isinstance(question.answer, CutsAnswer):
            at = 0.5 if value is None or level is None else place_on_step(question.answer, value, int(level))
            shown = "" if value is None else formats().number(value)
            self.bands.show_value(shown, None if level is None else int(level), at)
        past = card.state.previous
        unit = unit_of(question)
        limits = question.answer if isinstance(question.answer, NumberAnswer) else None
        odd = None if value is None or limits is None else outside(limits, value)
        if value is not None and odd is None:
            odd = reading.doubt(unit, value, level, past.level if past else None)
        self.doubt.say(msg("Does this fit?") if odd else "", odd or "")

    def _level(self, value: Decimal) -> Decimal | None:
        return None if self._card is None else reading.level_at(self._card.state.question, value)

    def _words(self, unit: str) -> str:
        return unit if self._card is None else self._card.unit_words(unit)

    # What a person does

    def _understand(self, text: str) -> Understood:
        if self._card is None:
            return Understood()
        return understand(self._card.state.question, text, self.units.unit(), self._words)

    def _typed(self, text: str) -> None:
        if self._card is None:
            return
        found = self._understand(text)
        self._show_understood(found)
        if found.value is not None:
            self._timer.start()
        else:
            self._timer.stop()

    def _unit_chosen(self, _unit: str) -> None:
        self._kept = ""
        self._typed(self.entry.text())
        self._hand_over()

    def _choose_meaning(self, place: int, _checked: object = None) -> None:
        if self._card is not None and place < len(self._choices):
            found = meant(self._card.state.question, self._choices[place], self.units.unit(), self._words)
            self._show_understood(found)
            self._give(found)

    def _hand_over(self) -> None:
        self._timer.stop()
        text = self.entry.text().strip()
        if self._card is None or not self._is_unread():
            return
        found = self._understand(text)
        if found.value is not None:
            self._give(found)
        elif not text:
            self._kept = ""
            self.taken_back.emit()

    def _give(self, found: Understood) -> None:
        if self._card is None or found.value is None:
            return
        own, unit = unit_of(self._card.state.question), self.units.unit()
        text = self.entry.text().strip()
        self._kept = text
        entered = text if unit == own else f"{text} {unit}"
        self.given.emit(partial(with_quantity, value=found.value, unit=own, entered=entered))

    def flush(self) -> None:
        self._hand_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and event.type() == QEvent.Type.FocusOut:
            self._hand_over()
        return False

    def _confirmed(self, checked: bool) -> None:
        self.given.emit(partial(with_confirmed, confirmed=checked))

    def _say_instead(self, option: str, _checked: object = None) -> None:
        self._kept = ""
        self.entry.clear()
        self.given.emit(lambda _before: with_instead(option))

    def _measure_again(self) -> None:
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entry.selectAll()

    def press_digit(self, digit: int) -> bool:
        """A digit begins the number anew, wherever the focus was: nobody has to reach for the field first."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()
        key = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.NoModifier, str(digit)
        )
        QApplication.sendEvent(self.entry, key)
        return True

    def first(self) -> QWidget | None:
        return self.entry
