"""A drawn signature as vector strokes, wide where the pen was pressed. Names and times stand on the page itself."""

from __future__ import annotations

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.stamp import StaticStampStyle

from greenaudit.domain.signatures import Drawn

_INK = "0.05 0.10 0.30 RG"
_THIN, _THICK = 0.004, 0.012
"""Widths as shares of the pad's longer side."""


def appearance(drawn: Drawn) -> StaticStampStyle:
    """What the signature's field shows."""
    return StaticStampStyle(
        border_width=0,
        background=RawContent(
            stroke_operators(drawn), box=BoxConstraints(round(drawn.width), round(drawn.height))
        ),
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID,
            y_align=AxisAlignment.ALIGN_MID,
            margins=Margins(2, 2, 2, 2),
            inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
        ),
    )


def stroke_operators(drawn: Drawn) -> bytes:
    """The strokes as drawing operators; y runs upwards in a PDF and downwards on a pad."""
    longest = max(drawn.width, drawn.height)
    lines = [f"{_INK} 1 J 1 j"]
    for stroke in drawn.strokes:
        ends = stroke[1:] or stroke
        for (x1, y1, _), (x2, y2, pressure) in zip(stroke, ends, strict=False):
            width = longest * (_THIN + (_THICK - _THIN) * min(max(pressure, 0.0), 1.0))
            lines.append(
                f"{width:.2f} w {x1:.2f} {drawn.height - y1:.2f} m {x2:.2f} {drawn.height - y2:.2f} l S"
            )
    return "\n".join(lines).encode("ascii")
