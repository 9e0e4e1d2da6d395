"""Painted signs: icon, ring, tile, stair mark, bar and meter. Each has an accessible name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import Said, tr
from ui.theme import color
from ui.theme.icons import Cut
from ui.widgets.boxes import col, row
from ui.widgets.painting import paint_fill, paint_ring, paint_stair, paint_tile, painter_of, put_icon
from ui.widgets.texts import Label

MODULE_NAMES: dict[str, Message] = {
    "CHEM": msg("Chemicals"),
    "WAST": msg("Waste & water"),
    "ENER": msg("Energy"),
    "FOUN": msg("Foundation"),
}


class Painted(QWidget):
    """A drawing of fixed size. A subclass draws; `name` is what a screen reader says (empty: decoration)."""

    _name: Said = ""

    def __init__(self, width: int, height: int, name: Said = "") -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self.set_name(name)

    def set_name(self, name: Said) -> None:
        """What a screen reader says."""
        self._name = name
        self.setAccessibleName(tr(name))

    def draw(self, p: QPainter, rect: QRectF) -> None:
        """Paints into the whole rectangle."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        self.draw(p, QRectF(self.rect()))
        p.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        super().changeEvent(event)


class Symbol(Painted):
    """An icon as a sign. Give it a name when no words beside it say the same."""

    def __init__(
        self, icon: str, tint: str = "ink2", size: int = 20, *, cut: Cut = "bold", name: Said = ""
    ) -> None:
        super().__init__(size, size, name)
        self._icon, self._tint, self._cut = icon, tint, cut

    def show_icon(self, icon: str, tint: str, cut: Cut = "bold") -> None:
        """Shows another icon."""
        self._icon, self._tint, self._cut = icon, tint, cut
        self.update()

    def draw(self, p: QPainter, rect: QRectF) -> None:
        put_icon(p, rect.topLeft(), self._icon, color(self._tint), round(rect.width()), self._cut)


class Ring(Painted):
    """A part of a whole as a ring; full shows a tick."""

    def __init__(self, part: float = 0.0, size: int = 40, name: Said = "") -> None:
        super().__init__(size, size, name)
        self._part = part
        self.set_part(part)

    def set_part(self, part: float) -> None:
        """Shows another share of one."""
        self._part = part
        if not self._name:
            self.setAccessibleName(f"{part:.0%}")
        self.update()

    def draw(self, p: QPainter, rect: QRectF) -> None:
        paint_ring(p, rect, self._part, color("accent"), rect.width() / 9)


class StairMark(Painted):
    """The house mark."""

    def __init__(self, size: int = 28) -> None:
        super().__init__(size, size, "GreenAudit")

    def draw(self, p: QPainter, rect: QRectF) -> None:
        paint_stair(p, rect, 4, color("accent"), color("track"))


class ModuleTile(Painted):
    """A module's colour and symbol, named for screen readers; `on_deep` for the dark green card."""

    def __init__(self, code: str, size: int = 32, *, on_deep: bool = False) -> None:
        super().__init__(size, size, MODULE_NAMES[code])
        self._code, self._on_deep = code, on_deep

    def show_module(self, code: str) -> None:
        """Shows another module."""
        self._code = code
        self.set_name(MODULE_NAMES[code])
        self.update()

    def draw(self, p: QPainter, rect: QRectF) -> None:
        paint_tile(p, rect, self._code, on_deep=self._on_deep)


@dataclass(frozen=True)
class BarPart:
    """A part of a bar: its share of one, its colour's token, and stripes for what is only estimated."""

    share: float
    tint: str = "accent"
    hatched: bool = False


class Bar(QWidget):
    """A thin bar of stacked parts; `on_deep` for the dark green card."""

    def __init__(
        self, parts: tuple[BarPart, ...] = (), height: int = 8, *, on_deep: bool = False, name: Said = ""
    ) -> None:
        super().__init__()
        self._parts, self._on_deep = parts, on_deep
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(name))

    def set_parts(self, *parts: BarPart) -> None:
        """Shows other parts."""
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        p.setClipPath(clip)
        p.fillRect(self.rect(), self._track())
        x = 0.0
        for part in self._parts:
            width = part.share * self.width()
            paint_fill(p, QRectF(x, 0, width, self.height()), color(part.tint), hatched=part.hatched)
            x += width
        p.end()

    def _track(self) -> QColor:
        if not self._on_deep:
            return color("track")
        pale = color("onDeep")
        pale.setAlphaF(0.28)
        return pale


class Meter(QWidget):
    """A title, a value and a thin bar under them."""

    def __init__(self, title: Said, value: str = "", part: float = 0.0) -> None:
        super().__init__()
        self._title = Label(title, "caption", "ink2")
        self._value = Label(value, "caption")
        self._bar = Bar(height=6)
        self.setLayout(col(row(self._title, None, self._value, gap=6), self._bar, gap=4))
        self.show_value(value, part)

    def show_value(self, value: str, part: float) -> None:
        """Shows the value as written and its share of one."""
        self._value.say(value)
        self._bar.set_parts(BarPart(max(0.0, min(1.0, part))))
        self.setAccessibleName(f"{self._title.text()} {value}")
