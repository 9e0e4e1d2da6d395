"""How the window looks: tokens in; palette, style sheet, fonts and recoloured icons out.

Painted widgets ask `color("ink2")`, `module_color("ENER")`, `level_color(3)` and `font("strong")` while they paint.
`ui.theme.switching.apply(app, theme)` puts a theme on and may be called at any time; icons are in `ui.theme.icons`. These
two are apart, because the first painted frame does without them (and without Qt's namespace `Qt`, which costs 20 ms).
"""

from ui.theme.colors import border, color, current, level_color, module_color
from ui.theme.fonts import font, load_first_font, load_fonts, metrics
from ui.theme.sizes import SizeClass, size_class
from ui.theme.tokens import FAMILY, MODULES, MOTION, RADIUS, SPACE, THEMES, TOUCH, TYPE, Role, Theme

__all__ = [
    "FAMILY",
    "MODULES",
    "MOTION",
    "RADIUS",
    "SPACE",
    "THEMES",
    "TOUCH",
    "TYPE",
    "Role",
    "SizeClass",
    "Theme",
    "border",
    "color",
    "current",
    "font",
    "level_color",
    "load_first_font",
    "load_fonts",
    "metrics",
    "module_color",
    "size_class",
]
