"""The colours of the theme that is on. Painted widgets ask at each painting, so a switch needs no restart."""

from __future__ import annotations

from PySide6.QtGui import QColor

from ui.theme.tokens import BORDER, MODULES, Theme, levels, named

_on: dict[str, Theme] = {"theme": "light"}


def current() -> Theme:
    """The theme that is on."""
    return _on["theme"]


def set_current(theme: Theme) -> None:
    """Notes which theme is on; `ui.theme.apply` also paints it."""
    _on["theme"] = theme


def color(name: str) -> QColor:
    """A colour of the theme that is on, by its token's name; `level0` to `level4` are the stair's."""
    if name.startswith("level"):
        return level_color(int(name[-1]))
    return QColor(named(current())[name])


def level_color(level: int) -> QColor:
    """The stair's colour of a maturity level (0 to 4)."""
    return QColor(levels(current())[level])


def module_color(code: str, part: str = "") -> QColor:
    """The fill of a module; `Soft` is its tint, `Ink` its text (amber needs a darker one on white)."""
    key, names = MODULES[code]["key"], named(current())
    return QColor(names.get(key + part, names[key]))


def border() -> int:
    """How wide a border is: two pixels in daylight."""
    return BORDER[current()]
