""" "Go to…": one field that finds questions, areas, plants, visits and actions. Ctrl+K anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from greenaudit.messages import msg
from ui.i18n import tr
from ui.main_window.matching import Findable, findable, found
from ui.models.tree import TreeModel
from ui.ports import Destination
from ui.theme import color, metrics
from ui.widgets.boxes import col, frame, row, rule
from ui.widgets.focus import focus_back
from ui.widgets.lists import TouchList
from ui.widgets.painting import put, put_icon
from ui.widgets.signs import Symbol
from ui.widgets.texts import Label

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class _DestinationRows:
    """How a line of the list looks: icon, title, where it is; the mark stands right."""

    def height(self, value: Destination, width: int) -> int:
        return 56

    def draw(self, p: QPainter, rect: QRectF, value: Destination, *, selected: bool) -> None:
        tint = color("accent" if selected else "ink2")
        put_icon(p, QPointF(rect.x() + 20, rect.center().y() - 11), value.icon, tint, 22)
        sub, room = tr(value.sub), rect.width() - 76
        mark = metrics("caption", mono=True).horizontalAdvance(value.mark) + 16 if value.mark else 0
        title = QRectF(rect.x() + 56, rect.y() + (7 if sub else 16), room - mark, 24)
        put(p, title, tr(value.title), "strong", "accent" if selected else "ink")
        if sub:
            put(p, QRectF(title.x(), rect.y() + 30, room - mark, 20), sub, "small", "ink2")
        if value.mark:
            put(p, QRectF(rect.x(), rect.y(), rect.width() - 20, rect.height()), value.mark, "caption", "ink3", "right", mono=True)  # fmt: skip


class GoTo(QWidget):
    """Covers the window with a veil and offers destinations; Esc or a tap outside closes it.

    Signals:
        chosen (Destination): the line that was picked.
    """

    chosen = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._before: QWidget | None = None
        self._all: list[Findable] = []
        self.input = QLineEdit()
        self.input.setProperty("kind", "search")
        self.model: TreeModel[Destination] = TreeModel(
            lambda place: f"{tr(place.title)} {tr(place.sub)}", parent=self
        )
        self.list = TouchList(self.model, _DestinationRows(), msg("Go to…"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = Label(msg("Nothing here has that name."), "body", "ink2")
        head = row(Symbol("magnifying-glass", "ink2", 22), (self.input, 1), gap=8, margins=(20, 6, 12, 6))
        inner = col(head, rule(), self._none, (self.list, 1), gap=0, margins=(2, 2, 2, 8))
        self._none.setContentsMargins(20, 14, 20, 14)
        self._box = frame("popup", inner)
        self._box.setParent(self)
        self.input.textChanged.connect(self._find)
        self.input.installEventFilter(self)
        self.list.picked.connect(self._pick)
        over.installEventFilter(self)
        self.hide()

    def open_with(self, destinations: Iterable[Destination]) -> None:
        """Opens with what can be reached from here."""
        self.input.setPlaceholderText(tr(msg("Question, area, plant, action")))
        self.input.setAccessibleName(tr(msg("Go to…")))
        self.offer(destinations)
        self.input.clear()
        self._place()
        if not self.isVisible():
            self._before = self._over.focusWidget()
        self.show()
        self.raise_()
        self.input.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, destinations: Iterable[Destination]) -> None:
        """Offers other destinations for the same words: more arrived."""
        self._all = findable(destinations)
        self._find(self.input.text())

    def _find(self, typed: str) -> None:
        hits = found(typed, self._all)
        self.model.set_values(hits)
        self._none.setVisible(not hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def leave(self) -> None:
        """Takes the list away and gives the focus back."""
        focus_back(self._before, self._over)
        self.hide()

    def _pick(self, place: Destination) -> None:
        self.leave()
        self.chosen.emit(place)

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width, height = min(640, self.width() - 48), min(560, self.height() - 96)
        self._box.setGeometry((self.width() - width) // 2, 48, width, height)

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.list.currentIndex()
            if index.isValid():
                self._pick(index.data(TreeModel.VALUE))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            pass  # the focus stays in the field while the list is open
        elif (step := _MOVES.get(Qt.Key(key))) and self.model.rowCount():
            row_ = max(0, min(self.model.rowCount() - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self.model.index(row_, 0))
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        veil = color("ink" if color("canvas").lightness() > 127 else "canvas")
        veil.setAlphaF(0.45)
        p.fillRect(self.rect(), veil)
        p.end()
