"""One maturity level as a row across the whole column: numeral, stair, name, anchor, and what its proof still lacks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from greenaudit.domain.checklists import LEVEL_NAMES
from ui.i18n import Said, tr
from ui.theme import TOUCH, SizeClass, border, color, level_color, metrics
from ui.widgets.choices import Choice
from ui.widgets.painting import paint_key, paint_stair, painter_of, put, put_icon, put_wrapped

_NUMBER, _LEFT, _RIGHT, _NAME = 82, 98, 56, 22
_WRAPS = int(Qt.TextFlag.TextWordWrap)


class LevelRow(Choice):
    """A level that can be chosen. `hint` shows only while it is chosen; `prior` only once an answer is given."""

    def __init__(self, level: int) -> None:
        self.level = level
        self._anchor: Said = ""
        self._hint: Said = ""
        self._prior = ""
        self._size: SizeClass = "wide"
        super().__init__(LEVEL_NAMES[level])
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._toggled)

    def show_level(self, anchor: Said, hint: Said = "", prior: str = "") -> None:
        """Shows what the level means here, what its proof lacks, and when the last visit gave it."""
        if (anchor, hint, prior) != (self._anchor, self._hint, self._prior):
            self._anchor, self._hint, self._prior = anchor, hint, prior
            self._name_it()
            self.updateGeometry()
            self.update()

    def fit(self, size: SizeClass) -> None:
        """Tighter on the smallest tablet; no pictures of keys where there are none."""
        self._size = size
        self.updateGeometry()

    def set_name(self, name: Said) -> None:
        super().set_name(name)
        self._name_it()

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self.level} {tr(self._name)}. {tr(self._anchor)}")
        self.setAccessibleDescription(" ".join(filter(None, (tr(self._hint), self._prior))))

    def _toggled(self, _on: bool) -> None:
        self.updateGeometry()

    # Measures

    def _hint_shown(self) -> str:
        return tr(self._hint) if self.isChecked() else ""

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(80, width - _LEFT - _RIGHT)
        anchor, hint = tr(self._anchor), self._hint_shown()
        first = metrics("body").boundingRect(0, 0, room, 999, _WRAPS, anchor).height() if anchor else 0
        second = metrics("caption").boundingRect(0, 0, room, 999, _WRAPS, hint).height() + 2 if hint else 0
        return first, second

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(TOUCH["row"], _NAME + sum(self._heights(width)) + (10 if self._size == "medium" else 18))

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), 480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, TOUCH["row"])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter_of(self)
        on = self.isChecked()
        rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        self._paint_ground(p, rect, on=on)
        ink = color("onAccent" if on else "ink")
        faint = QColor(ink)
        faint.setAlphaF(0.28)
        put(p, QRectF(rect.x() + 9, rect.y(), 26, rect.height()), str(self.level), "question", ink, "mid")
        stair = QRectF(rect.x() + 40, rect.center().y() - 11, 32, 22)
        paint_stair(
            p, stair, self.level, ink if on else level_color(self.level), faint if on else color("track")
        )
        self._paint_words(p, rect, on=on)
        self._paint_end(p, rect, on=on)
        p.end()

    def _paint_ground(self, p: QPainter, rect: QRectF, *, on: bool) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(rect, 8, 8)
        hover = self.underMouse()
        p.fillPath(outline, color("accentSoft" if on else "sunken" if hover else "surface"))
        p.save()
        p.setClipPath(outline)
        p.fillRect(QRectF(rect.x(), rect.y(), _NUMBER, rect.height()), color("accent" if on else "sunken"))
        p.restore()
        line = "accent" if on else "ink2" if hover else "edge"
        p.setPen(QPen(color(line), 3 if on else border()))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(outline)

    def _paint_words(self, p: QPainter, rect: QRectF, *, on: bool) -> None:
        first, second = self._heights(self.width())
        room = self.width() - _LEFT - _RIGHT
        top = rect.center().y() - (_NAME + first + second) / 2
        prior = metrics("caption").horizontalAdvance(self._prior)
        if self._prior:
            right = QRectF(_LEFT + room - prior, top, prior + 2, _NAME)
            put(p, right, self._prior, "caption", "ink2", "right")
        put(
            p,
            QRectF(_LEFT, top, room - prior - 8, _NAME),
            tr(self._name),
            "strong",
            "accent" if on else "ink",
        )
        put_wrapped(
            p, QRectF(_LEFT, top + _NAME, room, first), tr(self._anchor), "body", "ink" if on else "ink2"
        )
        if second:
            below = QRectF(_LEFT, top + _NAME + first + 2, room, second - 2)
            put_wrapped(p, below, self._hint_shown(), "caption", "warn")

    def _paint_end(self, p: QPainter, rect: QRectF, *, on: bool) -> None:
        if on:
            corner = QPointF(rect.right() - 38, rect.center().y() - 11)
            put_icon(p, corner, "check-circle", color("accent"), 22, "fill")
        elif self._size != "narrow":
            paint_key(p, QRectF(rect.right() - 41, rect.center().y() - 13, 27, 26), str(self.level))


def choose_among(rows: list[LevelRow], level: int | None) -> None:
    """Shows a level as chosen, or none: Qt doesn't let go of the last of an exclusive group by itself."""
    for line in rows:
        if line.isChecked() != (line.level == level):
            line.setAutoExclusive(False)
            line.setChecked(line.level == level)
            line.setAutoExclusive(True)
