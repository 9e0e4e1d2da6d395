"""A chart as SVG text that QtSvg and browsers draw alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.colors import Color

from greenaudit.reports.fonts import FACES

_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
_CLIPPED = re.compile(r"\s*clip-path:\s*url\(#clip\);?")
_FAMILY = re.compile(r"font-family:\s*'?([A-Za-z-]+)'?;")
_ROUNDED = re.compile(r"rgb\(\d+%,\d+%,\d+%\)")


def to_svg(drawing: Drawing, title: str = "") -> str:
    """The drawing as SVG; `title` is what a screen reader says.

    The clip path that reportlab writes is dropped (QtSvg paints it black), its rounded colours are made exact.
    """
    text: str = renderSVG.drawToString(drawing)
    text = _CLIPPED.sub("", _CLIP.sub("", text))
    text = text.replace("<title>...</title>", f"<title>{escape(title)}</title>").replace(
        "<desc>...</desc>", ""
    )
    exact = {_rounded(colour): f"#{colour.hexval()[2:]}" for colour in _colours(drawing)}
    text = _ROUNDED.sub(lambda found: exact.get(found.group(0), found.group(0)), text)
    return _FAMILY.sub(_family, text)


def _family(found: re.Match[str]) -> str:
    """reportlab's own name of a face, as family and weight."""
    face = FACES.get(found.group(1))
    if face is None:
        return found.group(0)
    return f"font-family: '{face.family}'; font-weight: {face.weight};"


def _rounded(colour: Color) -> str:
    """A colour as reportlab writes it: cut to whole per cents."""
    return "rgb({:d}%,{:d}%,{:d}%)".format(*(int(part * 100) for part in colour.rgb()))


def _colours(group: Group) -> Iterator[Color]:
    """Every colour that a drawing uses."""
    for node in group.contents:
        if isinstance(node, Group):
            yield from _colours(node)
            continue
        for name in ("fillColor", "strokeColor"):
            colour = getattr(node, name, None)
            if isinstance(colour, Color):
                yield colour
