"""Where one signs: strokes are kept as points with pressure, for the PDF, never as a picture. Pen, finger and mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from greenaudit.domain.signatures import Drawn
from ui.i18n import Said, tr
from ui.theme import color
from ui.widgets.painting import painter_of, put, put_icon, shape

HAND = 0.5
"""The pressure of a finger or a mouse, which have none."""
Point = tuple[float, float, float]
_STEP = 8.0
_MOVES = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)


class SignaturePad(QWidget):
    """Signals:

    drawn: a stroke was finished, or all were cleared.
    """

    drawn = Signal()

    def __init__(self, hint: Said, height: int = 132) -> None:
        super().__init__()
        self._hint = hint
        self._strokes: list[list[Point]] = []
        self._size = QSize()
        self._drawing = False
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._nib: QPointF | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr(hint))

    def strokes(self) -> Drawn | None:
        """What was drawn; None while there is nothing that could be a signature."""
        kept = tuple(tuple(stroke) for stroke in self._strokes if len(stroke) > 1)
        return Drawn(width=self.width(), height=self.height(), strokes=kept) if kept else None

    def clear(self) -> None:
        """Takes all strokes away."""
        self._strokes, self._nib = [], None
        self._drawing = False
        self.update()
        self.drawn.emit()

    # Drawing

    def _begin(self, at: QPointF, pressure: float) -> None:
        self._drawing = True
        self._strokes.append([(at.x(), at.y(), pressure)])
        self.update()

    def _move(self, at: QPointF, pressure: float) -> None:
        if self._drawing:
            inside = QPointF(min(max(at.x(), 0.0), self.width()), min(max(at.y(), 0.0), self.height()))
            self._strokes[-1].append((inside.x(), inside.y(), pressure))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.drawn.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen. Accepted, so that Qt doesn't send each stroke again as a mouse's."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure() or HAND)
        elif event.type() == QEvent.Type.TabletMove and event.pressure() > 0:
            self._move(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; a palm beside it doesn't."""
        point = event.points()[0]
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(point.position(), HAND)
        elif point.state() == QEventPoint.State.Updated:
            self._move(point.position(), HAND)
        if event.type() == QEvent.Type.TouchEnd:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With keys alone: Space sets the nib down and lifts it, the arrows move it."""
        step = _MOVES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            self._lift_or_set()
        elif step is not None and self._nib is not None:
            x = min(max(self._nib.x() + step[0], 0.0), float(self.width()))
            y = min(max(self._nib.y() + step[1], 0.0), float(self.height()))
            self._nib = QPointF(x, y)
            self._move(self._nib, HAND)
            self.update()
        else:
            super().keyPressEvent(event)

    def _lift_or_set(self) -> None:
        if self._drawing:
            self._end()
            return
        self._nib = self._nib or QPointF(64, self.height() / 2)
        self._begin(self._nib, HAND)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._begin(event.position(), HAND)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position(), HAND)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another layout: the strokes keep their shape and their place."""
        super().resizeEvent(event)
        old, new = self._size, event.size()
        self._size = new
        if old.isEmpty() or old == new or not self._strokes:
            return
        scale = min(new.width() / old.width(), new.height() / old.height())
        left = (new.width() - old.width() * scale) / 2
        top = (new.height() - old.height() * scale) / 2
        self._strokes = [[(left + x * scale, top + y * scale, f) for x, y, f in s] for s in self._strokes]

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape(p, rect, color("surface"), color("edge"), 1.5)
        base = rect.height() * 0.74
        p.setPen(QPen(color("ink3"), 1))
        p.drawLine(QPointF(32, base), QPointF(rect.width() - 32, base))
        put_icon(p, QPointF(32, base - 26), "x", color("ink3"), 18)
        if not self._strokes:
            put(p, QRectF(32, base + 4, rect.width() - 64, 26), tr(self._hint), "small", "ink3")
        if self._nib is not None and self.hasFocus():
            shape(p, QRectF(self._nib.x() - 4, self._nib.y() - 4, 8, 8), color("accent"), radius=4)
        for stroke in self._strokes:
            for (x0, y0, f0), (x1, y1, f1) in pairwise(stroke):
                pen = QPen(color("ink"), 1.4 + 1.6 * (f0 + f1))
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                p.setPen(pen)
                p.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        p.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._hint))
        super().changeEvent(event)
