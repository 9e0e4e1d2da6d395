"""What a sheet holds besides texts: weight, gate, areas, condition … as fields in a draft, as a list otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from greenaudit.messages import Message, msg
from greenaudit.services.pack_sheets import Sheet
from ui.i18n import Said
from ui.pages.checklist.values import Marks, Shown
from ui.pages.checklist.words import FACTS, GATES, fact_value, title_of
from ui.theme import SizeClass
from ui.widgets.boxes import col, pane, row
from ui.widgets.checks import Check
from ui.widgets.choices import Segmented
from ui.widgets.fields import Field
from ui.widgets.note_edit import MOMENT
from ui.widgets.texts import Label

CONDITION = msg(
    "Empty: always asked. Otherwise what must hold, for example P_PAINT and not U_WWT, or sum(chemicals.voc_kg) > 100."
)
_TYPED = ("areas", "when", "test.minutes", "minutes")
_EDITED = frozenset({"weight", "critical", "gate", *_TYPED})
_WEIGHTS: tuple[tuple[str, Said], ...] = tuple((str(weight), str(weight)) for weight in range(4))


class FactField(Field):
    """A line that hands over what was typed a moment after the last key, and at once when it is left.

    Signals:
        typed (str): what was typed.
    """

    typed = Signal(str)

    def __init__(self, label: Message, *, kind: str = "", hint: Message | None = None) -> None:
        super().__init__(label, kind=kind, hint=hint or "")
        self._kept = ""
        self._timer = QTimer(self, singleShot=True, interval=MOMENT)
        self._timer.timeout.connect(self.flush)
        self.input.textEdited.connect(lambda _text: self._timer.start())
        self.input.editingFinished.connect(self.flush)

    def show_value(self, value: str, *, anew: bool) -> None:
        """Shows what is stored; what is being typed stays."""
        if not anew and self.input.hasFocus():
            return
        self._timer.stop()
        self._kept = value
        if self.input.text() != value:
            self.input.setText(value)

    def flush(self) -> None:
        """Hands over what was typed."""
        self._timer.stop()
        if self.input.text() != self._kept:
            self._kept = self.input.text()
            self.typed.emit(self._kept)


class FactFields(QWidget):
    """The facts of a question or an area that a draft lets one change.

    Signals:
        changed (str, str): the path of a fact and its new value.
    """

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.weight = Segmented(_WEIGHTS, FACTS["weight"])
        self.gate = Segmented(GATES, FACTS["gate"])
        self.critical = Check(FACTS["critical"])
        self.inputs = {
            "test.minutes": FactField(FACTS["test.minutes"]),
            "minutes": FactField(FACTS["minutes"]),
            "areas": FactField(FACTS["areas"], hint=msg("Codes such as A03, with commas between them.")),
            "when": FactField(FACTS["when"], kind="code", hint=CONDITION),
        }
        self._wrong = {
            name: Label("", "small", "danger", wrap=True) for name in ("weight", "gate", "critical")
        }
        for label in self._wrong.values():
            label.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        weight = pane(
            col(Label(FACTS["weight"], "caption", "ink2"), self.weight, self._wrong["weight"], gap=4)
        )
        gate_column = pane(
            col(Label(FACTS["gate"], "caption", "ink2"), self.gate, self._wrong["gate"], gap=4)
        )
        gate = pane(row(gate_column, None))
        critical = pane(col(19, self.critical, self._wrong["critical"], gap=4))
        self._choices_box = row(row(weight, critical, None, gap=24), gate, None, gap=32)
        self._choices = pane(self._choices_box)
        minutes = pane(col(self.inputs["test.minutes"], self.inputs["minutes"], None, gap=0))
        minutes.setMaximumWidth(120)
        areas, when = (pane(col(self.inputs[name], None, gap=0)) for name in ("areas", "when"))
        self._lines_box = row((row((areas, 1), minutes, gap=16), 1), (when, 1), gap=16)
        self._lines = pane(self._lines_box)
        self.setLayout(col(self._choices, self._lines, gap=12, margins=(0, 0, 0, 12)))

    def _connect(self) -> None:
        self.weight.chosen.connect(partial(self._choose, "weight"))
        self.gate.chosen.connect(partial(self._choose, "gate"))
        self.critical.toggled.connect(self._tick)
        for path, field in self.inputs.items():
            field.typed.connect(partial(self.changed.emit, path))

    def fit(self, size: SizeClass) -> None:
        """Fields beside each other where there is room."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._choices_box.setDirection(across if size == "wide" else down)
        self._choices_box.setSpacing(32 if size == "wide" else 12)
        self._lines_box.setDirection(across if size == "wide" else down)

    def show_sheet(self, shown: Shown, *, anew: bool) -> None:
        """Shows the facts of a sheet; a section has none."""
        facts = {**shown.sheet.facts, **shown.unsaved}
        question = shown.sheet.kind == "question"
        self.setVisible(shown.editable and shown.sheet.kind in {"question", "area"})
        self._choices.setVisible(question)
        for path, field in self.inputs.items():
            field.setVisible(path in facts)
            field.show_value(facts.get(path, ""), anew=anew)
        self.name_areas(shown)
        choose(self.weight, facts.get("weight", ""))
        choose(self.gate, facts.get("gate") or "record")
        with QSignalBlocker(self.critical):
            self.critical.setChecked(facts.get("critical") == "true")
        self.show_marks(shown.marks)

    def name_areas(self, shown: Shown) -> None:
        """Names the areas under their codes, in the window's language."""
        facts = {**shown.sheet.facts, **shown.unsaved}
        self.inputs["areas"].set_hint(area_names(facts.get("areas", ""), shown.areas))

    def show_marks(self, marks: Marks) -> None:
        """Says what is wrong under each field."""
        for path, field in self.inputs.items():
            field.show_error(marks.fields.get(path, ""))
        for path, label in self._wrong.items():
            label.say(marks.fields.get(path, ""))
            label.setVisible(path in marks.fields)

    def field(self, path: str) -> QWidget | None:
        """The field of a fact, to be reached by a jump."""
        if path in self.inputs:
            return self.inputs[path].input
        buttons = {"weight": self.weight, "gate": self.gate}
        return (
            buttons[path].buttons()[0] if path in buttons else self.critical if path == "critical" else None
        )

    def stops(self) -> list[QWidget]:
        """The fields in the order in which Tab reaches them."""
        lines = [self.inputs[path].input for path in ("areas", "test.minutes", "minutes", "when")]
        return [*self.weight.buttons(), self.critical, *self.gate.buttons(), *lines]

    def flush(self) -> None:
        """Hands over what is still in a field."""
        for field in self.inputs.values():
            if not field.isHidden():
                field.flush()

    def _choose(self, path: str, value: object) -> None:
        self.changed.emit(path, str(value))

    def _tick(self, on: bool) -> None:
        self.changed.emit("critical", "true" if on else "false")


def area_names(codes: str, areas: Mapping[str, Sheet]) -> Said:
    """The areas that a question names, by their names; how to write them where there is none."""
    named = [part.strip() for part in codes.split(",")]
    known = [f"{code} {title_of(areas[code])}" for code in named if code in areas]
    return " · ".join(known) or msg("Codes such as A03, with commas between them.")


def choose(segmented: Segmented, value: str) -> None:
    """Shows a value as chosen; one that isn't offered leaves nothing chosen."""
    for button in segmented.buttons():
        button.setAutoExclusive(False)
        button.setChecked(False)
        button.setAutoExclusive(True)
    segmented.choose(value)


class FactList(QWidget):
    """Facts to read: a name over each value, as many beside each other as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 12)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._pairs = {path: self._pair(path) for path in FACTS}
        self._columns = 4
        self.setLayout(self._grid)

    def _pair(self, path: str) -> tuple[QWidget, Label]:
        value = Label("", "body", wrap=True, mono=path == "when")
        return pane(col(Label(FACTS[path], "caption", "ink2"), value, None, gap=2)), value

    def set_columns(self, columns: int) -> None:
        """How many facts stand beside each other."""
        self._columns = columns

    def show_sheet(self, shown: Shown) -> None:
        """Shows what can't be edited here; all facts when nothing can."""
        facts = shown.sheet.facts
        wanted = [path for path in FACTS if path in facts and _worth(shown.sheet, path)]
        if shown.editable:
            wanted = [path for path in wanted if path not in _EDITED]
        for pair, _ in self._pairs.values():
            self._grid.removeWidget(pair)
            pair.hide()
        for place, path in enumerate(wanted):
            pair, value = self._pairs[path]
            text = facts[path]
            unit = facts.get("unit", "") if path == "cuts" else ""
            value.say(f"{text} {unit}".strip() if unit else fact_value(path, text))
            self._grid.addWidget(pair, place // self._columns, place % self._columns)
            pair.show()
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self.setVisible(bool(wanted))


def _worth(sheet: Sheet, path: str) -> bool:
    """Cuts, metrics and opportunities are shown where there are some."""
    return bool(sheet.facts[path]) or path not in {"cuts", "metrics", "opportunity"}
