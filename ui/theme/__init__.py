"""How the window looks: tokens in; palette, style sheet, fonts and recoloured icons out.

`apply(app, theme)` puts a theme on and may be called at any time. Painted widgets ask `color("ink2")`,
`module_color("ENER")`, `level_color(3)` and `font("strong")` while they paint.
"""

from ui.theme.colors import border, color, current, level_color, module_color
from ui.theme.fonts import font, load_fonts, metrics
from ui.theme.icons import Cut, icon, pixmap
from ui.theme.sizes import SizeClass, size_class
from ui.theme.switching import apply, chosen_theme, system_theme
from ui.theme.tokens import MODULES, MOTION, RADIUS, SPACE, THEMES, TOUCH, Role, Theme

__all__ = [
    "MODULES",
    "MOTION",
    "RADIUS",
    "SPACE",
    "THEMES",
    "TOUCH",
    "Cut",
    "Role",
    "SizeClass",
    "Theme",
    "apply",
    "border",
    "chosen_theme",
    "color",
    "current",
    "font",
    "icon",
    "level_color",
    "load_fonts",
    "metrics",
    "module_color",
    "pixmap",
    "size_class",
    "system_theme",
]
