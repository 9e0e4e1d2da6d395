"""Text that people typed, made safe to set: no markup of theirs, no control signs, no sign the font lacks."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

from reportlab.lib.utils import simpleSplit

from greenaudit.reports import fonts

REPLACED = "\ufffd"
"""Stands, visibly, for a sign that the font cannot draw (the Sans has it)."""
REPLACED_MONO = "\u25ca"

_DROPPED = {"Cc", "Cf", "Cs", "Co"}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKS = re.compile(" (?=[?!:;%»])|(?<=«) ")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085\x0b\x0c]")


def printable(text: str, face: str = fonts.SANS) -> str:
    """The text with what cannot be set dropped (controls) or visibly replaced (emoji, scripts we don't have)."""
    known = fonts.signs(face)
    instead = REPLACED if ord(REPLACED) in known else REPLACED_MONO
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _SELECTORS.sub("", unicodedata.normalize("NFC", text))
    text = _BLANK_LINES.sub("\n\n", text).strip()
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(sign, known, instead) for sign in text)


def has_replaced(text: str) -> bool:
    """Whether `printable` has to replace a sign of this text."""
    return printable(text).count(REPLACED) > text.count(REPLACED)


def markup(text: str, face: str = fonts.SANS) -> str:
    """Text as a paragraph takes it: everything escaped, line breaks kept, no mark of French torn from its word."""
    return escape(_MARKS.sub("\u00a0", printable(text, face))).replace("\n", "<br/>")


def portions(text: str, most: int = 40) -> list[str]:
    """Text in portions of so many lines: one paragraph of thousands of lines takes seconds to break over pages."""
    written = printable(text).split("\n")
    return ["\n".join(written[at : at + most]) for at in range(0, len(written), most)]


def one_line(text: str, face: str, size: float, room: float) -> str:
    """Text on one line of that width; what does not fit ends in an ellipsis (headers only, never a figure)."""
    text = printable(text, face).replace("\n", " ")
    if fonts.width(text, face, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fonts.width(text[:middle].rstrip() + "…", face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def lines(text: str, face: str, size: float, room: float, most: int = 2) -> list[str]:
    """Text broken into lines of that width; beyond `most` the last one ends in an ellipsis."""
    broken: list[str] = simpleSplit(printable(text, face), face, size, room)
    broken = [one_line(line, face, size, room) for line in broken]
    if len(broken) <= most:
        return broken
    return [*broken[: most - 1], one_line(" ".join(broken[most - 1 :]), face, size, room)]


def _sign(sign: str, known: frozenset[int], instead: str) -> str:
    if sign == "\n":
        return sign
    category = unicodedata.category(sign)
    if category in _DROPPED:
        return ""
    if ord(sign) in known:
        return sign
    if category == "Zs":
        return "\u00a0" if sign in "\u202f\u2007" else " "
    return instead
