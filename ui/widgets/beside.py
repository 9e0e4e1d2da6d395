"""Two buttons beside each other; one under the other where their words don't fit. Nothing is cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8


class Beside(QWidget):
    """Decides by the words as they are in this language and this font, not by a class of size."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._evenly = True
        for part in (first, second):
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def share(self, *, evenly: bool) -> None:
        """Both as wide as each other, or the first as narrow as its words."""
        self._evenly = evenly
        self._place()

    def _left(self, width: int) -> int:
        """How wide the first one is beside the second; 0 where they don't fit beside each other."""
        first, second = self._first.sizeHint().width(), self._second.sizeHint().width()
        room = width - GAP
        left = room // 2 if self._evenly else first
        return left if first <= left and second <= room - left else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        first, second = self._first.sizeHint().height(), self._second.sizeHint().height()
        return max(first, second) if self._left(width) else first + GAP + second

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        first, second = self._first.sizeHint(), self._second.sizeHint()
        return QSize(max(first.width(), second.width()), max(first.height(), second.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, another font
            self._place()
            self.updateGeometry()
        return super().event(event)

    def _place(self) -> None:
        left, width = self._left(self.width()), self.width()
        first, second = self._first.sizeHint().height(), self._second.sizeHint().height()
        if left:
            self._first.setGeometry(0, 0, left, first)
            self._second.setGeometry(left + GAP, 0, width - left - GAP, second)
        else:
            self._first.setGeometry(0, 0, width, first)
            self._second.setGeometry(0, first + GAP, width, second)
