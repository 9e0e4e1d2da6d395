"""Numbers, dates and money in the locale that is on. Apart, because Babel is imported after the first frame."""

from __future__ import annotations

from functools import lru_cache

from greenaudit.formats import Formats
from ui.i18n.speaking import locale


@lru_cache(maxsize=8)
def _of(name: str) -> Formats:
    return Formats(name)


def formats() -> Formats:
    """The formats of the locale that is on; ask each time something is shown."""
    return _of(locale())
