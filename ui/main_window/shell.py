"""The top-level window, and what it shows first: the bar with mark and name, before the rest is imported.

The first frame is made of plain labels and a small style sheet. Any call that takes a colour would make PySide read
Qt's namespace `Qt`, which costs a sixth of a bare window's whole start.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow

from ui.theme import FAMILY, TYPE, border, current
from ui.theme.stair import stair_steps
from ui.theme.tokens import named

SMALLEST = QSize(640, 600)
BAR, MARK, LEFT = 64, 28, 24


class FirstFrame(QFrame):
    """The bar as it will be, without its buttons.

    Signals:
        painted: it was painted for the first time; what costs more may begin.
    """

    painted = Signal()
    _was_painted = False

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet(first_sheet())
        self.bar = QFrame(self)
        self.bar.setObjectName("bar")
        mark = QRectF(LEFT, (BAR - MARK) / 2, MARK, MARK)
        for step in stair_steps(mark):
            QFrame(self.bar).setGeometry(step.toAlignedRect())
        self.name = QLabel("GreenAudit", self.bar)
        self.name.setGeometry(QRect(LEFT + MARK + 8, 0, 200, BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.bar.setGeometry(0, 0, self.width(), BAR)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)


def first_sheet() -> str:
    """The few rules of the first frame, from the tokens of the theme that is on."""
    c, (size, weight) = named(current()), TYPE["title"]
    return f"""
QFrame {{ background:{c["canvas"]}; border:0; }}
QFrame#bar {{ background:{c["surface"]}; border-bottom:{border()}px solid {c["line"]}; }}
QFrame#bar > QFrame {{ background:{c["accent"]}; border-radius:1px; }}
QFrame#bar > QLabel {{ background:transparent; color:{c["ink"]}; font-family:"{FAMILY}"; font-size:{size}px;
  font-weight:{weight}; }}"""


class Shell(QMainWindow):
    """The window that the system knows.

    Signals:
        closing: it was asked to close; what is still in a field is to be handed over.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = FirstFrame()
        self.setCentralWidget(self.first)
        self.setWindowTitle("GreenAudit")
        self.setMinimumSize(SMALLEST)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
