"""Rows, columns, frames and scrolling panes, written as they look."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QScroller, QWidget

Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
"""A widget, a layout, a gap in pixels, None for what stretches, or a part with its stretch."""
Margins = tuple[int, int, int, int]
Look = Literal[
    "", "card", "well", "warn", "danger", "good", "chosen", "hero", "bar", "foot", "side", "proof", "popup"
]


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QBoxLayout:
    """Parts beside each other."""
    return _filled(QBoxLayout(QBoxLayout.Direction.LeftToRight), parts, gap, margins)


def col(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QBoxLayout:
    """Parts one under the other."""
    return _filled(QBoxLayout(QBoxLayout.Direction.TopToBottom), parts, gap, margins)


def _filled(box: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: Margins) -> QBoxLayout:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            item, stretch = part if isinstance(part, tuple) else (part, 0)
            if isinstance(item, QLayout):
                box.addLayout(item, stretch)
            else:
                box.addWidget(item, stretch)
    return box


def frame(look: Look, layout: QLayout | None = None) -> QFrame:
    """A framed part of a page: a card, a well, a bar."""
    result = QFrame()
    result.setProperty("look", look)
    if layout is not None:
        result.setLayout(layout)
    return result


def pane(layout: QLayout, margins: Margins = (0, 0, 0, 0)) -> QWidget:
    """A layout as a widget, without a frame."""
    layout.setContentsMargins(*margins)
    result = QWidget()
    result.setLayout(layout)
    return result


def rule() -> QFrame:
    """A thin line that separates."""
    result = QFrame()
    result.setProperty("look", "rule")
    result.setFixedHeight(1)
    return result


def scroll(widget: QWidget) -> QScrollArea:
    """Scrolls up and down: flick with a finger, wheel and keys.

    Only the touch gesture is grabbed; grabbing the mouse would eat selection and the pen.
    """
    result = QScrollArea()
    result.setWidgetResizable(True)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setProperty("look", "inner")
    result.setWidget(widget)
    QScroller.grabGesture(result.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    return result


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
