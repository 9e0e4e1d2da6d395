"""PySide6 6.12 loses a reference with each Python call that returns None; the process aborts. The pinned one doesn't."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.models.tree import TreeModel
from ui.widgets.texts import Label

CALLS = 1000
NOISE = 60
"""Counts of the singletons wander a little by themselves."""


class Teller(QObject):
    """Signals:

    told (object): anything.
    """

    told = Signal(object)

    @Slot(object)
    def hear(self, _value: object) -> None:
        """Returns None to Qt."""


class Listener(QWidget):
    """Its overrides return None to Qt."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)


def emitting(qtbot: QtBot) -> Callable[[], object]:
    teller = Teller()
    teller.told.connect(teller.hear)
    return lambda: teller.told.emit(None)


def overriding(qtbot: QtBot) -> Callable[[], object]:
    widget = Listener()
    qtbot.addWidget(widget)
    return lambda: (widget.setEnabled(False), widget.setEnabled(True))


def labelling(qtbot: QtBot) -> Callable[[], object]:
    label = Label("one")
    qtbot.addWidget(label)
    return lambda: label.say("two")


def reading(qtbot: QtBot) -> Callable[[], object]:
    model: TreeModel[str] = TreeModel(str)
    model.set_values(["one"])
    return lambda: model.index(0, 0).data(Qt.ItemDataRole.DecorationRole)


@pytest.mark.parametrize("prepare", [emitting, overriding, labelling, reading])
@pytest.mark.parametrize("single", [None, True, False])
def test_no_reference_is_lost(
    qtbot: QtBot, prepare: Callable[[QtBot], Callable[[], object]], single: object
) -> None:
    call = prepare(qtbot)
    call()
    before = sys.getrefcount(single)
    for _ in range(CALLS):
        call()
    assert abs(sys.getrefcount(single) - before) < NOISE
