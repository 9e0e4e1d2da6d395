"""Lists whose rows are painted: a thousand cost what the visible twelve cost. Never a widget a row."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.i18n import Said, tr
from ui.theme import color

VALUE = Qt.ItemDataRole.UserRole
"""The role under which the models of `ui.models` give a row's value."""


class RowPainter(Protocol):
    """How a row is drawn and how tall it is. Measure with the font you draw with."""

    def height(self, value: Any, width: int) -> int: ...

    def draw(self, p: QPainter, rect: QRectF, value: Any, *, selected: bool) -> None: ...


class RowDelegate(QStyledItemDelegate):
    """Draws rows with a `RowPainter`; a selected row gets a tint and a bar at its left, `lines` part the rows."""

    def __init__(
        self, painter: RowPainter, view: QListView, *, mark: bool = True, lines: bool = False
    ) -> None:
        super().__init__(view)
        self._painter, self._view, self._mark, self._lines = painter, view, mark, lines

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        return QSize(60, self._painter.height(index.data(VALUE), width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        rect = QRectF(option.rect)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected and self._mark:
            painter.fillRect(rect, color("accentSoft"))
            painter.fillRect(QRectF(rect.x(), rect.y(), 4, rect.height()), color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("sunken"))
        if self._lines and index.row():
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
        self._painter.draw(painter, rect, index.data(VALUE), selected=selected and self._mark)
        painter.restore()


class TouchList(QListView):
    """A list for fingers and keys: flicks, scrolls by pixel, Enter or a tap picks.

    `whole` makes it as tall as its rows, for a list inside a page that scrolls.

    Signals:
        picked (object): the value of the row that was tapped or entered.
    """

    picked = Signal(object)
    _name: Said = ""

    def __init__(
        self,
        model: QAbstractItemModel,
        painter: RowPainter,
        name: Said,
        *,
        whole: bool = False,
        mark: bool = True,
        lines: bool = False,
    ) -> None:
        super().__init__()
        self._whole = whole
        self._name = name
        self.setModel(model)
        self.setItemDelegate(RowDelegate(painter, self, mark=mark, lines=lines))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr(name))
        self.clicked.connect(self._pick)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            model.modelReset.connect(self._fit)
        else:
            QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(VALUE))

    def _fit(self) -> None:
        width = self.viewport().width()
        delegate = self.itemDelegate()
        option = QStyleOptionViewItem()
        tall = sum(
            delegate.sizeHint(option, self.model().index(i, 0)).height()
            for i in range(self.model().rowCount())
        )
        if width and tall != self.height():
            self.setFixedHeight(tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.currentIndex().isValid()
        ):
            self._pick(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if self._whole:
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.scheduleDelayedItemsLayout()  # names wrap otherwise in another language
            self.setAccessibleName(tr(self._name))
            self.viewport().update()
        super().changeEvent(event)
