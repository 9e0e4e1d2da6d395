"""The packs of this device as a list: what ships, drafts, what was published here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from greenaudit.messages import msg
from greenaudit.services.drafts import PackLine
from ui.i18n import Said, tr
from ui.models.tree import TreeModel
from ui.pages.checklist.words import about, state_of
from ui.theme import color, metrics
from ui.widgets.boxes import col, frame, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.lists import TouchList
from ui.widgets.painting import put, put_icon, shape
from ui.widgets.texts import Label

_ICONS = {"shipped": "clipboard-text", "draft": "note-pencil", "published": "package", "received": "package"}
_HEIGHT = 76


class _PackRows:
    """Icon, title, what it is; whose it is stands right, or below where there is no room."""

    def height(self, value: PackLine, width: int) -> int:
        return _HEIGHT if width >= 560 else _HEIGHT + 34

    def draw(self, p: QPainter, rect: QRectF, value: PackLine, *, selected: bool) -> None:
        put_icon(p, QPointF(rect.x() + 20, rect.y() + 24), _ICONS[value.key.kind], color("ink2"), 28)
        state = tr(state_of(value))
        wide = metrics("caption").horizontalAdvance(state) + 24
        beside = rect.width() >= 560
        room = rect.width() - 84 - (wide + 24 if beside else 0)
        put(p, QRectF(rect.x() + 64, rect.y() + 13, room, 26), tr(title_of_line(value)), "strong")
        put(p, QRectF(rect.x() + 64, rect.y() + 40, room, 22), tr(about(value)), "small", "ink2")
        corner = QPointF(rect.right() - wide - 16, rect.y() + 25) if beside else QPointF(64, rect.y() + 70)
        box = QRectF(corner.x(), corner.y(), wide, 26)
        warn = value.key.kind in {"published", "received"} and value.standing == "unsigned"
        shape(p, box, color("warnSoft" if warn else "sunken"), None if warn else color("line"), 1, 13)
        put(p, box, state, "caption", "warn" if warn else "ink", "mid")


def title_of_line(line: PackLine) -> Said:
    """A pack's name; the folder's where the pack can't say one."""
    return line.title if line.title is not None else line.key.name


class Shelf(QWidget):
    """Signals:

    picked (PackLine): the pack that the person wants to open.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.import_button = Button(msg("Take in a form…"), "", "table")
        self.model: TreeModel[PackLine] = TreeModel(
            lambda line: f"{tr(title_of_line(line))}, {tr(state_of(line))}, {tr(about(line))}", parent=self
        )
        self.list = TouchList(self.model, _PackRows(), msg("Checklists"), whole=True, mark=False, lines=True)
        self.list.picked.connect(self.picked)
        card = frame("card", col(self.list, gap=0, margins=(1, 5, 1, 5)))
        hint = Label(
            msg("Open a checklist to read it in three languages. To change one, make a draft of it."),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        forms = Label(
            msg("A form of KoboToolbox, ODK or Survey123 (XLSForm) becomes a draft here."),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        content = col(
            Label(msg("Checklists"), "display"), hint, card, 4, row((forms, 1), self.import_button, gap=16),
            None, gap=12,
        )  # fmt: skip
        self.setLayout(col((scroll(pane(content, (24, 16, 24, 24))), 1), gap=0))

    def show_lines(self, lines: tuple[PackLine, ...]) -> None:
        """Shows the packs."""
        self.model.set_values(lines)
        if lines:
            self.list.setCurrentIndex(self.model.index(0, 0))
