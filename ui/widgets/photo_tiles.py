"""A photo as a tile: its picture, and where and when it was taken. Tapping it opens it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import color
from ui.widgets.painting import painter_of, put, put_icon


class PhotoTile(QAbstractButton):
    """Shows a quiet field until the picture is there; a photo that isn't on this device says so by its sign."""

    def __init__(self, caption: str, name: str, size: QSize) -> None:
        super().__init__()
        self._caption = caption
        self._picture: QPixmap | None = None
        self._missing = False
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_picture(self, jpeg: bytes | None) -> None:
        """Shows the picture; None: it isn't on this device."""
        self._missing = jpeg is None
        if jpeg is not None:
            self._picture = QPixmap()
            self._picture.loadFromData(jpeg, "JPEG")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        rect = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(rect, 6, 6)
        p.setClipPath(clip)
        p.fillRect(rect, color("track"))
        if self._picture is not None and not self._picture.isNull():
            p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
            p.drawPixmap(rect, self._picture, _middle(self._picture, rect))
        elif self._missing:
            put_icon(
                p, rect.center() - QRectF(0, 0, 24, 24).bottomRight() / 2, "cloud-slash", color("ink3"), 24
            )
        bar = QRectF(0, rect.bottom() - 22, rect.width(), 22)
        p.fillRect(bar, QColor(0, 0, 0, 150))
        put(p, bar.adjusted(8, 0, -4, 0), self._caption, "caption", QColor("white"))
        p.end()


def _middle(picture: QPixmap, rect: QRectF) -> QRectF:
    """The part of a picture that fills the tile without distorting it."""
    width, height = float(picture.width()), float(picture.height())
    scale = min(width / rect.width(), height / rect.height())
    part = QRectF(0, 0, rect.width() * scale, rect.height() * scale)
    part.moveCenter(QRectF(0, 0, width, height).center())
    return part
