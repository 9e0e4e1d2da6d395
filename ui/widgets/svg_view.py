"""A chart as it comes from the one place that draws charts: vectors, sharp at any scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.i18n import Said, tr
from ui.widgets.painting import painter_of


class SvgView(QWidget):
    """As wide as its place; its height follows."""

    def __init__(self, name: Said) -> None:
        super().__init__()
        self._name = name
        self._renderer = QSvgRenderer()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_svg(self, svg: str) -> None:
        """Shows a drawing."""
        self._renderer.load(QByteArray(svg.encode()))
        self.setAccessibleName(tr(self._name))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._renderer.viewBoxF().size()
        return round(width * size.height() / size.width()) if size.width() else 0

    def sizeHint(self) -> QSize:
        return QSize(340, self.heightForWidth(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        width = self.width()
        self._renderer.render(p, QRectF(0, 0, width, self.heightForWidth(width)))
        p.end()
