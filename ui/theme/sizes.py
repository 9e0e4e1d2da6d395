"""The three size classes, by the window's logical width. A page changes its layout by class, never by pixel."""

from __future__ import annotations

from typing import Literal

from ui.theme.tokens import BREAKPOINTS

SizeClass = Literal["wide", "medium", "narrow"]


def size_class(width: int) -> SizeClass:
    """Wide: laptop, tablet at 150 %; medium: tablet at 200 %; narrow: portrait."""
    if width < BREAKPOINTS["narrow"]:
        return "narrow"
    return "medium" if width < BREAKPOINTS["medium"] else "wide"
