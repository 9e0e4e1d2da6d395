"""The ring around what the keyboard has reached, when what it surrounds goes away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.widgets.focus import FocusRing

pytestmark = pytest.mark.window


def test_a_ring_whose_widget_was_deleted_with_its_row_lets_go_of_it(qtbot: QtBot) -> None:
    window, row = QWidget(), QWidget()
    qtbot.addWidget(window)
    line = QVBoxLayout(window)
    line.addWidget(row)
    inner, other = QPushButton("inner"), QPushButton("other")
    QVBoxLayout(row).addWidget(inner)
    line.addWidget(other)
    ring = FocusRing(window)
    window.show()
    ring.point_at(inner)
    assert ring.isVisible()

    delete(row)
    ring.forget()
    assert not ring.isVisible()
    ring.point_at(other)
    assert ring.isVisible()


def test_a_ring_survives_that_its_widget_is_moved_before_its_row_is_deleted(qtbot: QtBot) -> None:
    window, row = QWidget(), QWidget()
    qtbot.addWidget(window)
    line = QVBoxLayout(window)
    line.addWidget(row)
    inner = QPushButton("inner")
    inside = QVBoxLayout(row)
    inside.addWidget(inner)
    ring = FocusRing(window)
    window.show()
    ring.point_at(inner)

    line.addWidget(inner)
    delete(row)
    ring.forget()
    assert not ring.isVisible()
