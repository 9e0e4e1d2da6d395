"""The left side: a field that searches ids and texts, and the tree module → section → questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from greenaudit.messages import msg
from greenaudit.services.pack_sheets import Sheet, Spot
from ui.i18n import tr
from ui.models.tree import TreeModel
from ui.pages.checklist.values import Node
from ui.pages.checklist.words import title_of
from ui.theme import color, metrics
from ui.widgets.boxes import col, row, rule
from ui.widgets.painting import paint_tile, put, put_icon
from ui.widgets.shapes import elided_lines
from ui.widgets.signs import MODULE_NAMES, Symbol
from ui.widgets.texts import Label

_TALL = {"question": 74, "area": 56, "section": 56, "module": 48, "areas": 48, "pack": 48}
_INSET = {"question": 50, "area": 50, "section": 50, "module": 44, "areas": 44, "pack": 44}


def _nothing_open(_spot: Spot) -> Sheet | None:
    """Before a pack is open."""
    return None


class _NodeDelegate(QStyledItemDelegate):
    """Draws a row: caret, sign, words; a mark where something is wrong."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(outline)
        self._outline = outline

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _TALL[index.data(TreeModel.VALUE).kind])

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        node: Node = index.data(TreeModel.VALUE)
        view = self._outline.tree
        rect = QRectF(0, option.rect.y(), view.viewport().width(), option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, color("accentSoft"))
            painter.fillRect(QRectF(0, rect.y(), 4, rect.height()), color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("sunken"))
        if node.under:
            expanded = isinstance(index, QModelIndex) and view.isExpanded(index)
            caret = "caret-down" if expanded else "caret-right"
            x = 12 if node.kind != "section" else 24
            put_icon(painter, QPointF(x, rect.center().y() - 9), caret, color("ink2"), 18)
        self._draw(painter, rect, node, tint="accent" if selected else "ink")
        painter.restore()

    def _draw(self, p: QPainter, rect: QRectF, node: Node, *, tint: str) -> None:
        wrong = self._outline.wrong(node)
        inner = rect.adjusted(_INSET[node.kind], 0, -40 if wrong else -14, 0)
        if wrong:
            corner = QPointF(rect.right() - 34, rect.center().y() - 10)
            put_icon(p, corner, "warning-octagon", color("danger"), 20, "fill")
        title = self._outline.title(node)
        if node.kind == "module":
            paint_tile(p, QRectF(inner.x(), rect.center().y() - 12, 24, 24), node.module)
            put(p, inner.adjusted(34, 0, 0, 0), title, "strong", tint)
        elif node.kind in {"areas", "pack"}:
            icon = "path" if node.kind == "areas" else "clipboard-text"
            put_icon(p, QPointF(inner.x(), rect.center().y() - 12), icon, color("ink2"), 24)
            put(p, inner.adjusted(34, 0, 0, 0), title, "strong", tint)
        elif node.kind == "section":
            self._put_lines(p, inner, title, tint)
        else:
            self._draw_leaf(p, inner, node, title, tint)

    def _draw_leaf(self, p: QPainter, inner: QRectF, node: Node, title: str, tint: str) -> None:
        name = node.spot.id if node.spot else ""
        top = QRectF(inner.x(), inner.y() + 7, inner.width(), 18)
        put(p, top, name, "caption", "accent" if tint == "accent" else "ink3", mono=True)
        sheet = self._outline.sheet_of(node.spot) if node.spot else None
        if sheet is not None and sheet.facts.get("critical") == "true":
            width = p.fontMetrics().horizontalAdvance(name)
            put_icon(p, QPointF(inner.x() + width + 8, inner.y() + 8), "star", color("danger"), 15, "fill")
        lines = elided_lines(metrics("small"), title, int(inner.width()), 2 if node.kind == "question" else 1)
        for number, line in enumerate(lines):
            put(p, QRectF(inner.x(), inner.y() + 27 + 19 * number, inner.width(), 20), line, "small", tint)

    def _put_lines(self, p: QPainter, inner: QRectF, title: str, tint: str) -> None:
        lines = elided_lines(metrics("strong"), title, int(inner.width()), 2)
        top = inner.center().y() - 11 * len(lines)
        for number, line in enumerate(lines):
            put(p, QRectF(inner.x(), top + 22 * number, inner.width(), 22), line, "strong", tint)


class _Tree(QTreeView):
    """A tree without decorations: rows are drawn whole. Enter goes to the fields.

    Signals:
        entered_row: the person wants to go on in what is shown.
    """

    entered_row = Signal()

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The rows draw their own carets."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
            return
        super().keyPressEvent(event)


class Outline(QWidget):
    """Search and tree.

    Signals:
        chosen (Spot): the row that the person moved to.
        searched (str): what was typed into the field.
        entered: the person wants to go on in what is shown.
    """

    chosen = Signal(object)
    searched = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet_of: Callable[[Spot], Sheet | None] = _nothing_open
        self._marks: Mapping[Spot, int] = {}
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.model: TreeModel[Node] = TreeModel(self.title, lambda node: node.under, self)
        self.tree = _Tree()
        self.none = Label(msg("Nothing here holds these words."), "body", "ink2", wrap=True)
        self.none.setContentsMargins(20, 14, 20, 14)
        self.none.hide()
        self._set_up_tree()
        head = row(Symbol("magnifying-glass", "ink2", 20), (self.search, 1), gap=6, margins=(14, 2, 8, 2))
        self.setLayout(col(head, rule(), self.none, (self.tree, 1), gap=0))
        self.search.textChanged.connect(self.searched)
        self.search.returnPressed.connect(self._to_tree)
        self.retranslate()

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegate(_NodeDelegate(self))
        tree.setHeaderHidden(True)
        tree.setIndentation(0)
        tree.setExpandsOnDoubleClick(False)
        tree.setMouseTracking(True)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setTabKeyNavigation(False)
        QScroller.grabGesture(tree.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        tree.selectionModel().currentChanged.connect(self._moved)
        tree.clicked.connect(self._clicked)
        tree.entered_row.connect(self.entered)

    def show_nodes(self, nodes: tuple[Node, ...], *, searched: bool) -> None:
        """Shows other rows: modules open, sections shut; everything open when it was searched."""
        with QSignalBlocker(self.tree.selectionModel()):
            self.model.set_values(nodes)
        self.none.setVisible(not nodes)
        if searched:
            self.tree.expandAll()
            return
        for number, node in enumerate(nodes):
            if node.kind == "module":
                self.tree.expand(self.model.index(number, 0))

    def show_marks(self, marks: Mapping[Spot, int]) -> None:
        """Shows where something is wrong."""
        self._marks = marks
        self.tree.viewport().update()

    def point_at(self, spot: Spot) -> None:
        """Shows a spot as the current row."""
        index = self._index(spot, QModelIndex())
        if index is None or index == self.tree.currentIndex():
            self.tree.viewport().update()
            return
        with QSignalBlocker(self.tree.selectionModel()):
            self.tree.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.tree.expand(index.parent())
        self.tree.scrollTo(index)
        self.tree.viewport().update()

    def title(self, node: Node) -> str:
        """What a row says."""
        if node.kind == "module":
            return tr(MODULE_NAMES[node.module]) if node.module in MODULE_NAMES else node.module or "–"
        if node.kind == "areas":
            return tr(msg("Areas"))
        sheet = self.sheet_of(node.spot) if node.spot else None
        return title_of(sheet) if sheet is not None else ""

    def wrong(self, node: Node) -> bool:
        """Whether something is wrong here or under it."""
        own = bool(node.spot and self._marks.get(node.spot, 0))
        return own or any(self.wrong(child) for child in node.under)

    def retranslate(self) -> None:
        """Says its names in the language that is on."""
        self.search.setPlaceholderText(tr(msg("Search ids and texts")))
        self.search.setAccessibleName(tr(msg("Search ids and texts")))
        self.tree.setAccessibleName(tr(msg("Questions of the checklist")))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _index(self, spot: Spot, under: QModelIndex) -> QModelIndex | None:
        for number in range(self.model.rowCount(under)):
            index = self.model.index(number, 0, under)
            if index.data(TreeModel.VALUE).spot == spot:
                return index
            found = self._index(spot, index)
            if found is not None:
                return found
        return None

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        node = now.data(TreeModel.VALUE)
        if node is not None and node.spot is not None:
            self.chosen.emit(node.spot)

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.rowCount(index):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
        node = index.data(TreeModel.VALUE)
        if node.spot is not None and node.kind in {"question", "area", "pack"}:
            self.entered.emit()

    def _to_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        first = self._first(QModelIndex())
        if first is not None:
            self.tree.setCurrentIndex(first)

    def _first(self, under: QModelIndex) -> QModelIndex | None:
        """The first question of what is shown."""
        for number in range(self.model.rowCount(under)):
            index = self.model.index(number, 0, under)
            if index.data(TreeModel.VALUE).kind == "question":
                return index
            found = self._first(index)
            if found is not None:
                return found
        return None
