"""The first columns of a wide table, kept in sight while the others are scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

MOST = 0.55
"""The share of the table that may stand still: more would leave no room for what is scrolled."""


class FrozenColumns(QTableView):
    """Lies over the left of a table, shows the same rows and choice, and follows it up and down.

    It never has the focus: keys and screen readers work on the table itself.
    """

    def __init__(self, over: QTableView, columns: int) -> None:
        super().__init__(over)
        self._over, self._columns = over, columns
        self.setProperty("look", "frozen")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(over.selectionBehavior())
        self.setSelectionMode(over.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(over.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(over.alternatingRowColors())
        self.setShowGrid(over.showGrid())
        self.setWordWrap(over.wordWrap())
        self.setCursor(over.cursor())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        over.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(over.verticalScrollBar().setValue)
        over.horizontalScrollBar().rangeChanged.connect(self._place)
        self.clicked.connect(over.clicked)
        over.installEventFilter(self)
        self._edge = QFrame(self)
        self._edge.setProperty("look", "rule")
        self.hide()

    def follow(self) -> None:
        """The table shows other rows or columns: its model, choice and widths are taken over."""
        over = self._over
        self.setModel(over.model())
        self.setSelectionModel(over.selectionModel())
        self.setItemDelegate(over.itemDelegate())
        self.verticalHeader().setDefaultSectionSize(over.verticalHeader().defaultSectionSize())
        for column in range(over.model().columnCount()):
            self.setColumnHidden(column, column >= self._columns)
            self.setColumnWidth(column, over.columnWidth(column))
        self._place()

    def width_shown(self) -> int:
        """How much of the table's left it covers just now."""
        return 0 if self.isHidden() else self.width()

    def _place(self) -> None:
        over = self._over
        if over.model() is None:
            return
        width = sum(over.columnWidth(column) for column in range(self._columns))
        room = over.viewport().width()
        wide = over.horizontalScrollBar().maximum() > 0 and width <= room * MOST
        if wide:
            edge, head = over.frameWidth(), over.horizontalHeader().height()
            self.horizontalHeader().setFixedHeight(head)
            self.setGeometry(edge, edge, width, head + over.viewport().height())
            self._edge.setGeometry(width - 2, 0, 2, self.height())
            self._edge.raise_()
            self.verticalScrollBar().setValue(over.verticalScrollBar().value())
            self.raise_()
        self.setVisible(wide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return False
