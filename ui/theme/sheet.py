"""The one style sheet, made from the tokens of the theme that is on.

Heights stand here: a `min-height` in the sheet beats `setFixedHeight`, and it excludes the border, which is
therefore subtracted. Looks and kinds are dynamic properties: `QFrame[look]`, `QPushButton[kind]`, `QLabel[role]`.
"""

from __future__ import annotations

from greenaudit.paths import resource
from ui.theme.colors import border, current
from ui.theme.tokens import MONO, RADIUS, TOUCH, TYPE, named

TONES = (
    "ink", "ink2", "ink3", "accent", "onAccent", "warn", "danger", "onDeep", "onDeep2", "enerInk", "chem", "wast", "foun",
)  # fmt: skip


def style_sheet() -> str:
    """The whole sheet for the theme that is on."""
    colours = named(current())
    parts = (_texts, _frames, _pills, _buttons, _more_buttons, _fields, _checks, _lists, _tables, _bars)
    return "\n".join(part(colours, border()) for part in parts)


def _texts(c: dict[str, str], b: int) -> str:
    roles = "".join(
        f'QLabel[role="{name}"]{{font-size:{size}px;font-weight:{weight};}}'
        for name, (size, weight) in TYPE.items()
    )
    tones = "".join(f'QLabel[tone="{tone}"]{{color:{c[tone]};}}' for tone in TONES)
    return f"""{roles}{tones}
QLabel {{ background:transparent; }}
QPushButton, QToolButton, QCheckBox, QRadioButton {{ outline:0; }}
QLabel[mono="true"] {{ font-family:"{MONO}"; }}
QLabel[look="key"] {{ background:{c["sunken"]}; border:1px solid {c["edge"]}; border-radius:4px; padding:0 6px;
  font-family:"{MONO}"; font-size:13px; min-height:20px; color:{c["ink2"]}; }}
QToolTip {{ background:{c["ink"]}; color:{c["surface"]}; border:0; padding:6px 8px; font-size:14px; }}"""


def _frames(c: dict[str, str], b: int) -> str:
    card, control = RADIUS["card"], RADIUS["control"]
    looks = {
        "card": ("surface", "line", card),
        "well": ("sunken", "line", control),
        "warn": ("warnSoft", "warn", control),
        "danger": ("dangerSoft", "danger", control),
        "good": ("accentSoft", "accent", control),
        "chosen": ("accentSoft", "accent", card),
        "hero": ("accentDeep", "accentDeep", card),
    }
    frames = "".join(
        f'QFrame[look="{look}"]{{background:{c[fill]};border:{b}px solid {c[line]};border-radius:{radius}px;}}'
        for look, (fill, line, radius) in looks.items()
    )
    sides = {"bar": "bottom", "foot": "top", "side": "right", "proof": "left"}
    edges = "".join(
        f'QFrame[look="{look}"]{{background:{c["surface"]};border:0;border-{side}:{b}px solid {c["line"]};}}'
        for look, side in sides.items()
    )
    rule = f'QFrame[look="rule"]{{background:{c["line"]};border:0;}}'
    popup = f'QFrame[look="popup"]{{background:{c["surface"]};border:{max(b, 2)}px solid {c["edge"]};border-radius:{card}px;}}'
    return frames + edges + rule + popup + f'QWidget[look="canvas"]{{background:{c["canvas"]};}}'


def _pills(c: dict[str, str], b: int) -> str:
    tones = "".join(
        f'QLabel[look="pill"][tone="{tone}"]{{background:{c[tone + "Soft"]};border-color:{c[tone + "Soft"]};'
        f"color:{c[tone]};font-weight:600;}}"
        for tone in ("danger", "warn", "accent")
    )
    return f"""QLabel[look="pill"] {{ background:{c["sunken"]}; border:1px solid {c["line"]}; border-radius:13px;
  padding:2px 10px; font-size:13px; font-weight:500; min-height:20px; }}
{tones}"""


def _buttons(c: dict[str, str], b: int) -> str:
    low, tall = TOUCH["min"] - 2 * b, TOUCH["primary"] - 2 * b
    return f"""
QPushButton {{ background:{c["surface"]}; color:{c["ink"]}; border:{b}px solid {c["edge"]};
  border-radius:{RADIUS["control"]}px; padding:0 16px; min-height:{low}px; font-size:16px; font-weight:500; }}
QPushButton:hover {{ background:{c["sunken"]}; border-color:{c["ink2"]}; }}
QPushButton:pressed {{ background:{c["accentSoft"]}; }}
QPushButton[kind="primary"], QPushButton[kind="onDeep"] {{ border:0; font-weight:600; font-size:18px;
  min-height:{TOUCH["primary"]}px; padding:0 24px; }}
QPushButton[kind="primary"] {{ background:{c["accent"]}; color:{c["onAccent"]}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background:{c["accentHover"]}; }}
QPushButton[kind="onDeep"] {{ background:{c["onDeep"]}; color:{c["accentDeep"]}; }}
QPushButton[kind="onDeep"]:hover {{ background:{c["onDeep2"]}; }}
QPushButton[kind="lineOnDeep"] {{ background:transparent; color:{c["onDeep"]}; border-color:{c["onDeep2"]}; }}
QPushButton[kind="lineOnDeep"]:hover {{ border-color:{c["onDeep"]}; border-width:2px; padding:0 15px; }}
QPushButton[kind="big"] {{ min-height:{tall}px; font-size:18px; }}
QPushButton[tall="true"] {{ min-height:{tall}px; }}
QPushButton[kind="danger"] {{ color:{c["danger"]}; border-color:{c["danger"]}; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled {{ color:{c["ink3"]}; background:transparent;
  border:{b}px dashed {c["edge"]}; }}
QPushButton[kind="primary"]:disabled {{ min-height:{tall}px; }}"""


def _more_buttons(c: dict[str, str], b: int) -> str:
    return f"""
QPushButton[kind="quiet"] {{ background:transparent; border:0; color:{c["accent"]}; font-weight:600; padding:0 8px;
  min-height:{TOUCH["min"]}px; text-align:left; }}
QPushButton[kind="quiet"]:hover {{ background:{c["accentSoft"]}; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="icon"]:disabled {{ border:0; color:{c["ink3"]}; }}
QPushButton[kind="icon"] {{ background:transparent; border:0; padding:0; min-width:{TOUCH["min"]}px;
  min-height:{TOUCH["min"]}px; }}
QPushButton[kind="icon"]:hover {{ background:{c["accentSoft"]}; }}
QPushButton[kind="tab"] {{ background:transparent; border:0; border-radius:0; border-bottom:4px solid transparent;
  padding:4px 12px 0 12px; min-height:40px; color:{c["ink2"]}; }}
QPushButton[kind="tab"]:hover {{ color:{c["ink"]}; background:{c["sunken"]}; }}
QPushButton[kind="tab"]:checked {{ color:{c["accent"]}; border-bottom-color:{c["accent"]}; font-weight:600; }}
QPushButton[kind="choice"]:checked {{ background:{c["accent"]}; color:{c["onAccent"]}; border-color:{c["accent"]};
  font-weight:600; }}
QPushButton[kind="doubt"]:checked {{ background:{c["warnSoft"]}; color:{c["warn"]}; border:2px solid {c["warn"]};
  font-weight:600; }}
QToolButton {{ background:transparent; border:0; border-top:4px solid transparent; padding-top:4px; min-height:56px;
  min-width:88px; color:{c["ink2"]}; font-size:14px; font-weight:500; }}
QToolButton:checked {{ color:{c["accent"]}; border-top-color:{c["accent"]}; font-weight:600; }}
QFileDialog QToolButton {{ border:0; padding:4px; min-width:28px; min-height:28px; }}"""


def _fields(c: dict[str, str], b: int) -> str:
    return f"""
QLineEdit, QTextEdit, QPlainTextEdit {{ background:{c["surface"]}; color:{c["ink"]}; border:{b}px solid {c["edge"]};
  border-radius:{RADIUS["control"]}px; padding:8px 12px; font-size:16px;
  selection-background-color:{c["accent"]}; selection-color:{c["onAccent"]}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color:{c["ink3"]}; }}
QLineEdit {{ min-height:{TOUCH["min"] - 16 - 2 * b}px; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus {{ border-color:{c["accent"]}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border:2px solid {c["danger"]}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color:{c["ink3"]}; border:{b}px dashed {c["edge"]}; }}
QLineEdit[kind="reading"] {{ font-size:40px; font-weight:600; min-height:56px; max-width:168px;
  border:2px solid {c["accent"]}; }}
QLineEdit[kind="search"] {{ font-size:18px; border:0; background:transparent; min-height:{TOUCH["primary"] - 16}px; }}
QLineEdit[kind="code"] {{ font-family:"{MONO}"; font-size:18px; }}"""


def _checks(c: dict[str, str], b: int) -> str:
    tick = resource("icons", f"tick-{current()}.svg").as_posix()
    return f"""
QCheckBox, QRadioButton {{ spacing:12px; font-size:16px; min-height:{TOUCH["min"]}px; background:transparent; }}
QCheckBox::indicator {{ width:28px; height:28px; border:2px solid {c["edge"]}; border-radius:6px;
  background:{c["surface"]}; }}
QCheckBox::indicator:checked {{ background:{c["accent"]}; border-color:{c["accent"]}; image:url("{tick}"); }}
QCheckBox:disabled {{ color:{c["ink3"]}; }}"""


def _lists(c: dict[str, str], b: int) -> str:
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[look="inner"] {{ background:transparent; border:0; }}
QListView, QTreeView {{ background:transparent; border:0; outline:0; }}
QMenu {{ background:{c["surface"]}; color:{c["ink"]}; border:{b}px solid {c["edge"]};
  border-radius:{RADIUS["control"]}px; padding:6px; font-size:16px; }}
QMenu::item {{ padding:10px 20px 10px 12px; border-radius:6px; min-height:24px; }}
QMenu::item:selected {{ background:{c["accentSoft"]}; color:{c["accent"]}; }}
QMenu::separator {{ height:1px; background:{c["line"]}; margin:6px 4px; }}
QMessageBox, QDialog {{ background:{c["surface"]}; }}"""


def _tables(c: dict[str, str], b: int) -> str:
    return f"""
QTableView {{ background:{c["surface"]}; alternate-background-color:{c["sunken"]}; border:0;
  gridline-color:{c["line"]}; outline:0; font-size:15px; }}
QHeaderView {{ background:{c["sunken"]}; border:0; }}
QHeaderView::section {{ background:{c["sunken"]}; color:{c["ink2"]}; border:0; border-bottom:2px solid {c["edge"]};
  padding:4px 13px 4px 13px; font-size:13px; font-weight:600; }}
QHeaderView::section:vertical {{ border:0; color:{c["ink3"]}; font-weight:400; }}
QTableView::item {{ padding:0 10px; }}
QTableCornerButton::section {{ background:{c["sunken"]}; border:0; }}"""


def _bars(c: dict[str, str], b: int) -> str:
    return f"""
QScrollBar:vertical {{ background:transparent; width:10px; margin:0; }}
QScrollBar:horizontal {{ background:transparent; height:10px; margin:0; }}
QScrollBar::handle {{ background:{c["edge"]}; border-radius:3px; margin:2px; min-height:48px; min-width:48px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width:0; height:0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background:transparent; }}"""
