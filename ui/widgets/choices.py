"""One of several: exclusive among its siblings, a radio button for screen readers, painted by hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Self

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from greenaudit.messages import msg
from ui.i18n import Said, tr
from ui.theme import TOUCH, border, color, metrics
from ui.widgets.buttons import Button
from ui.widgets.focus import focus_by_keys
from ui.widgets.painting import paint_key, painter_of, put, put_icon, put_wrapped, shape

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class Choice(QAbstractButton):
    """The base of level rows and evidence grades. Arrows only move; Space chooses.

    Qt would also click the next one on an arrow key, and here a click saves an answer.
    """

    _name: Said = ""

    def __init__(self, name: Said) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)

    def set_name(self, name: Said) -> None:
        """What it says, for screen readers too."""
        self._name = name
        self.setAccessibleName(tr(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        mates = self.mates()
        focus_by_keys(mates[(mates.index(self) + step) % len(mates)])

    def mates(self) -> list[Self]:
        """The choices beside this one, itself among them."""
        parent = self.parentWidget()
        return [self] if parent is None else [c for c in parent.findChildren(type(self)) if c.isVisible()]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
            self.updateGeometry()
        super().changeEvent(event)


class Segment(Choice):
    """A choice with symbol, code and word, e.g. an evidence grade; several make a bar."""

    def __init__(self, code: str, name: Said, icon: str) -> None:
        super().__init__(name)
        self._code, self._icon = code, icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_name(self, name: Said) -> None:
        super().set_name(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(120, self._needed()), TOUCH["primary"])

    def minimumSizeHint(self) -> QSize:
        return QSize(max(64, self._needed()), TOUCH["primary"])

    def _needed(self) -> int:
        return metrics("strong").horizontalAdvance(tr(self._name)) + 22

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        on = self.isChecked()
        edge = 3 if on else border()
        rect = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        line = "accent" if on else "ink2" if self.underMouse() else "edge"
        shape(p, rect, color("accentSoft" if on else "surface"), color(line), edge)
        tint = color("accent" if on else "ink2")
        put_icon(p, QRectF(12, 8, 20, 20).topLeft(), self._icon, tint, 20, "fill" if on else "bold")
        code = QRectF(0, 8, self.width() - 12, 20)
        put(p, code, self._code, "caption", "accent" if on else "ink3", "right", mono=True)
        put(p, QRectF(12, 30, self.width() - 16, 22), tr(self._name), "strong")
        p.end()


class OptionRow(Choice):
    """A choice across the whole column: a title, a sentence under it that wraps, and a tick when it is chosen.

    `key` is the picture of the key that chooses it. A row that is proposed is marked, and is no answer yet.
    """

    _PAD, _RIGHT = 16, 48

    def __init__(self, title: Said, sentence: Said = "", key: str = "") -> None:
        self._sentence, self._key, self._proposed = sentence, key, False
        super().__init__(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_name(self, name: Said) -> None:
        super().set_name(name)
        self.setAccessibleDescription(tr(msg("Proposed") if self._proposed else self._sentence))

    def propose(self, *, proposed: bool) -> None:
        """Marks the row as proposed: dashed, and without a tick."""
        if proposed != self._proposed:
            self._proposed = proposed
            self.set_name(self._name)
            self.update()

    def show_key(self, key: str) -> None:
        """Shows which key chooses the row; empty where there are no keys."""
        self._key = key
        self.update()

    def _heights(self, width: int) -> tuple[int, int]:
        room, wraps = max(80, width - self._PAD - self._RIGHT), int(Qt.TextFlag.TextWordWrap)
        title = metrics("strong").boundingRect(0, 0, room, 999, wraps, tr(self._name)).height()
        words = tr(self._sentence)
        below = metrics("small").boundingRect(0, 0, room, 999, wraps, words).height() if words else 0
        return title, below

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(TOUCH["row"], sum(self._heights(width)) + 20)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, TOUCH["row"])

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        on = self.isChecked()
        edge = 3 if on else border()
        rect = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        line = "accent" if on else "ink2" if self.underMouse() else "edge"
        shape(
            p, rect, color("accentSoft" if on else "surface"), None if self._proposed else color(line), edge
        )
        title, below = self._heights(self.width())
        if self._proposed and not on:
            self._paint_proposed(p, rect)
        top, room = (self.height() - title - below) / 2, self.width() - self._PAD - self._RIGHT
        put_wrapped(
            p, QRectF(self._PAD, top, room, title), tr(self._name), "strong", "accent" if on else "ink"
        )
        put_wrapped(p, QRectF(self._PAD, top + title, room, below), tr(self._sentence), "small", "ink2")
        if on:
            corner = QPointF(self.width() - 40, self.height() / 2 - 12)
            put_icon(p, corner, "check-circle", color("accent"), 24, "fill")
        elif self._key and not self._proposed:
            paint_key(p, QRectF(self.width() - 42, self.height() / 2 - 13, 27, 26), self._key)
        p.end()

    def _paint_proposed(self, p: QPainter, rect: QRectF) -> None:
        pen = QPen(color("accent"), 2, Qt.PenStyle.DashLine)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(rect, 8, 8)
        word = tr(msg("Proposed"))
        wide = metrics("caption").horizontalAdvance(word) + 2
        put(p, QRectF(self.width() - wide - 14, 4, wide, 18), word, "caption", "accent", "right")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_name(self._name)
        super().changeEvent(event)


class Segmented(QWidget):
    """Words of which one is chosen: units, languages, themes. In a row, or in so many columns.

    Signals:
        chosen (object): the value of the word that a person chose.
    """

    chosen = Signal(object)

    def __init__(self, choices: Iterable[tuple[object, Said]], name: Said = "", columns: int = 0) -> None:
        super().__init__()
        self._buttons: list[tuple[object, Button]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for value, said in choices:
            button = Button(said, "choice", checkable=True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self._choose, value))
            self._buttons.append((value, button))
        self.setLayout(self._grid)
        self.set_columns(columns or len(self._buttons))
        self.setAccessibleName(tr(name))

    def set_columns(self, columns: int) -> None:
        """Lays the words out in so many columns."""
        for place, (_, button) in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def _choose(self, value: object, _checked: object = None) -> None:
        self.chosen.emit(value)

    def choose(self, value: object) -> None:
        """Shows a value as chosen without telling anybody; one that is none of the words leaves all unchosen."""
        for other, button in self._buttons:
            # An exclusive button can't be let go: what another form had chosen would stay.
            button.setAutoExclusive(False)
            button.setChecked(other == value)
        for _, button in self._buttons:
            button.setAutoExclusive(True)

    def value(self) -> object:
        """The chosen value, None before any is."""
        return next((value for value, button in self._buttons if button.isChecked()), None)

    def buttons(self) -> list[Button]:
        """The buttons, in order."""
        return [button for _, button in self._buttons]
