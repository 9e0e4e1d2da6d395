"""What a person's hand leaves on the signature page, and where on the page it belongs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from greenaudit.canonical import fingerprint
from greenaudit.domain.values import Value

SignerRole = Literal["assessor", "representative", "mentor"]
"""Who signs a report. The role is also the name of the signature's field in the PDF."""

Point = tuple[float, float, float]
"""x and y on the pad (y downwards) and the pressure, 0 to 1."""

_STEPS = 1000


class Drawn(Value):
    """A drawn signature: strokes of points, on a pad of width × height."""

    width: float = Field(gt=0)
    height: float = Field(gt=0)
    strokes: tuple[tuple[Point, ...], ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the strokes in whole thousandths of the pad's units: the form that is bound into a signature."""
        return fingerprint(
            {
                "pad": [round(self.width * _STEPS), round(self.height * _STEPS)],
                "strokes": [
                    [[round(part * _STEPS) for part in point] for point in stroke] for stroke in self.strokes
                ],
            }
        )


class FieldBox(Value):
    """The place of a signature field: page (from 0, negative from the end) and corners in points."""

    name: SignerRole
    page: int
    x1: float
    y1: float
    x2: float
    y2: float
