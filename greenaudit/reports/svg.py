"""A chart as SVG text that QtSvg and browsers draw alike."""

from __future__ import annotations

import re

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing

from greenaudit.reports.fonts import FACES

_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
_CLIPPED = re.compile(r"\s*clip-path:\s*url\(#clip\);?")
_FAMILY = re.compile(r"font-family:\s*'?([A-Za-z-]+)'?;")


def to_svg(drawing: Drawing) -> str:
    """The drawing as SVG. The clip path that reportlab writes is dropped: QtSvg paints it black."""
    text: str = renderSVG.drawToString(drawing)
    text = _CLIPPED.sub("", _CLIP.sub("", text))
    return _FAMILY.sub(_family, text)


def _family(found: re.Match[str]) -> str:
    """reportlab's own name of a face, as family and weight."""
    face = FACES.get(found.group(1))
    if face is None:
        return found.group(0)
    return f"font-family: '{face.family}'; font-weight: {face.weight};"
