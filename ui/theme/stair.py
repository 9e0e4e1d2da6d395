"""The house mark's geometry: five ascending steps."""

from __future__ import annotations

from PySide6.QtCore import QRectF

STEPS = 5
_GAP = 2.0


def stair_steps(rect: QRectF) -> list[QRectF]:
    """The steps of the mark in a rectangle, from the lowest to the highest."""
    width = (rect.width() - _GAP * (STEPS - 1)) / STEPS
    heights = [rect.height() * (0.28 + 0.18 * step) for step in range(STEPS)]
    return [
        QRectF(rect.x() + step * (width + _GAP), rect.bottom() - height, width, height)
        for step, height in enumerate(heights)
    ]
