"""A register on the card: its rows as a table. A tap on a row, or 'Add a row', opens the row as a form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from greenaudit.domain.assessments import NOTHING_TO_LIST, Response
from greenaudit.domain.checklists import Column, TableAnswer
from greenaudit.messages import msg, msgs
from ui.i18n import tr
from ui.models import table
from ui.pages.walk.cell_words import cell_words, is_odd
from ui.pages.walk.editors.editor import Editor
from ui.pages.walk.editors.row_cards import RowCards
from ui.pages.walk.values import CardState, RowState
from ui.theme import TOUCH, SizeClass, color
from ui.widgets.banners import Banner
from ui.widgets.boxes import col, row
from ui.widgets.buttons import Button
from ui.widgets.focus import focus_back
from ui.widgets.frozen_columns import FrozenColumns
from ui.widgets.painting import put_icon
from ui.widgets.texts import Label

MOST_SHOWN = 7
"""Rows after which the table scrolls by itself."""
WIDEST = 220
"""Pixels of a column of words; figures are never cut."""
FROZEN = 2
"""Columns that stay in sight: which row it is, and what it is about."""


class RegisterEditor(Editor):
    """Rows are records of their own: each is saved by itself, in its form."""

    def __init__(self) -> None:
        super().__init__()
        self._card: CardState | None = None
        self.table, self.cards = RowTable(), RowCards()
        self._narrow = False
        self.bring_back = Button(msg("Bring it back"), "", "arrow-left")
        self.gone = Banner("well", self.bring_back, icon="x")
        self._count = Label("", "strong")
        self._empty = Label(
            msg("No row yet. Add one, or say that there is nothing to list."), "body", "ink2", wrap=True
        )
        self.add = Button(msg("Add a row"), "", "plus")
        self.nothing = Button(msg("Nothing to list"), "choice", "prohibit", checkable=True)
        head = row(self._count, None, self.nothing, self.add, gap=8)
        self.setLayout(col(head, self.gone, self._empty, self.table, self.cards, gap=8))
        self.add.clicked.connect(partial(self.row_wanted.emit, None))
        self.nothing.clicked.connect(self._nothing)
        for rows in (self.table, self.cards):
            rows.picked.connect(self.row_wanted)
            rows.unwanted.connect(self.row_unwanted)
        self.bring_back.clicked.connect(self.undo_wanted)

    def show_card(self, card: CardState, *, anew: bool) -> None:
        answer = card.state.question.answer
        if not isinstance(answer, TableAnswer):
            return
        self._card = card
        rows = rows_of(card)
        if anew:
            self.table.ask(answer, card)
            self.cards.ask(answer, card.unit_words)
        held = self._held()
        self.table.show_rows(rows)
        self.cards.show_rows(rows)
        self._count.say(msgs("{n} row", "{n} rows", len(rows)))
        response = card.state.answer.response
        self.nothing.setChecked(response is not None and NOTHING_TO_LIST in response.options)
        self.nothing.setVisible(not rows)
        self._empty.setVisible(not rows and not self.nothing.isChecked())
        self.gone.say(msg("Row {place} was taken off.", place=card.removed) if card.removed else "")
        self._show_rows(there=bool(rows))
        if held:
            focus_back(self.first(), self)

    def _held(self) -> bool:
        """Whether the focus is on a row, or on what brings one back: it must not be lost with it."""
        held = self.window().focusWidget()
        return held is not None and held in (self.table, self.cards, self.bring_back)

    def _show_rows(self, *, there: bool) -> None:
        self.table.setVisible(there and not self._narrow)
        self.cards.setVisible(there and self._narrow)

    def fit(self, size: SizeClass) -> None:
        """A table, or, where there is no room for columns, a card a row."""
        self._narrow = size == "narrow"
        self._show_rows(there=self.table.model() is not None and self.table.model().rowCount() > 0)

    def _nothing(self, checked: bool) -> None:
        if checked:
            self.given.emit(lambda _before: Response(options=(NOTHING_TO_LIST,)))
        else:
            self.taken_back.emit()

    def first(self) -> QWidget | None:
        rows = self.cards if self._narrow else self.table
        return rows if rows.isVisible() else self.add


def rows_of(card: CardState) -> tuple[RowState, ...]:
    """The rows of a register with their cells as figures are made from them: numbers without their units."""
    response = card.state.answer.response
    cells = response.rows if response is not None else ()
    pairs = zip(card.state.rows, cells, strict=False)
    return tuple(RowState(known.id, place, dict(bare)) for place, (known, bare) in enumerate(pairs, start=1))


class RowTable(QTableView):
    """Rows for fingers and keys: flicks both ways, a tap or Enter opens a row.

    Signals:
        picked (RowState): the row that was tapped or entered.
        unwanted (RowState): the row is to be taken off (Delete).
    """

    picked = Signal(object)
    unwanted = Signal(object)
    _frozen: FrozenColumns | None = None

    def __init__(self) -> None:
        super().__init__()
        self._model: table.TableModel[RowState] = table.TableModel(())
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TOUCH["tableTouch"])
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._pick)
        self._frozen = FrozenColumns(self, FROZEN)

    def ask(self, answer: TableAnswer, card: CardState) -> None:
        """Shows the columns of another register."""
        before = self._model
        asked = [_column(column, card) for column in answer.columns]
        self._model = table.TableModel([_place(answer), *asked], self)
        self.setModel(self._model)
        before.deleteLater()
        self.setAccessibleName(tr(card.state.question.text))

    def show_rows(self, rows: tuple[RowState, ...]) -> None:
        """Shows the rows as they stand; where one was stays, or the last when that was the one that went."""
        here = self.currentIndex()
        place, column = here.row(), here.column()
        self._model.set_rows(rows)
        if place >= 0 and rows:
            self.setCurrentIndex(self._model.index(min(place, len(rows) - 1), column))
        self._size_columns()
        if self._frozen is not None:
            self._frozen.follow()
        self.updateGeometry()

    def _size_columns(self) -> None:
        self.resizeColumnsToContents()
        for place in range(self._model.columnCount()):
            self.setColumnWidth(place, min(self.columnWidth(place) + 8, WIDEST))

    def sizeHint(self) -> QSize:
        shown = min(MOST_SHOWN, max(1, self._model.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height()
        tall = self.horizontalHeader().sizeHint().height() + shown * TOUCH["tableTouch"] + bar + 4
        return QSize(320, tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """What the keys reach must not lie under the columns that stand still."""
        super().scrollTo(index, hint)
        if self._frozen is not None and index.column() >= FROZEN:
            hidden = self._frozen.width_shown() - self.visualRect(index).left()
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - max(0, hidden))

    def _pick(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.picked.emit(index.data(table.TableModel.VALUE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and self.currentIndex().isValid():
            self._pick(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.unwanted.emit(self.currentIndex().data(table.TableModel.VALUE))
        elif event.text().strip() or opens:
            event.ignore()  # the page's keys
        else:
            super().keyPressEvent(event)


def _place(answer: TableAnswer) -> table.Column[RowState]:
    """The column that stays in sight: it says of the whole row that something in it is to be looked at."""

    def tone(line: RowState) -> str:
        odd = (is_odd(column, line.cells.get(column.id, "")) for column in answer.columns)
        return "warn" if any(odd) else ""

    return table.Column(msg("Row"), lambda line: str(line.place), number=True, tone=tone)


class CellDelegate(QStyledItemDelegate):
    """A cell that must be filled in and isn't, or whose number isn't as expected, gets a tint and a triangle."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.data(table.TableModel.TONE):
            painter.fillRect(option.rect, color("warnSoft"))
            middle = QPointF(option.rect.left() + 10, option.rect.center().y() - 9)
            put_icon(painter, middle, "warning", color("warn"), 18, "fill")
        super().paint(painter, option, index)


def _column(column: Column, card: CardState) -> table.Column[RowState]:
    def text(line: RowState) -> str:
        return cell_words(column, line.cells.get(column.id, ""))

    def tone(line: RowState) -> str:
        return "warn" if is_odd(column, line.cells.get(column.id, "")) else ""

    return table.Column(
        column.label, text, card.unit_words(column.unit), number=column.kind == "number", tone=tone
    )
