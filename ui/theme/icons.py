"""Icons: SVG text with `currentColor` replaced, drawn at the screen's ratio and kept.

QtSvg doesn't take `currentColor` from a style sheet, and a picture made at ratio 1 blurs at 150 %: what is kept
is kept by ratio and by colour.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from greenaudit.paths import resource

Cut = Literal["bold", "fill"]
"""Bold for actions, filled for states and modules."""


@lru_cache(maxsize=256)
def _svg(name: str, cut: Cut) -> str:
    return resource("icons", f"{name}-{cut}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, tint: str, size: int, cut: Cut, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    svg = _svg(name, cut).replace("currentColor", tint)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def pixmap(name: str, tint: QColor, size: int, ratio: float, cut: Cut = "bold") -> QPixmap:
    """The icon in one colour; `ratio` is the painting widget's `devicePixelRatioF()`, since screens differ."""
    return _drawn(name, tint.name(), size, cut, ratio)


def icon(
    name: str,
    tint: QColor,
    size: int,
    ratio: float,
    cut: Cut = "bold",
    *,
    on: QColor | None = None,
    off: QColor | None = None,
) -> QIcon:
    """An icon for a button; `on` is its colour while the button is checked, `off` while it can't be pressed."""
    result = QIcon(pixmap(name, tint, size, ratio, cut))
    result.addPixmap(pixmap(name, off or tint, size, ratio, cut), QIcon.Mode.Disabled)
    if on is not None:
        result.addPixmap(pixmap(name, on, size, ratio, cut), QIcon.Mode.Normal, QIcon.State.On)
    return result
