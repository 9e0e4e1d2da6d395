"""One adapter for every tree and, flat, for every list: nodes are plain values, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

V = TypeVar("V")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(eq=False)
class _Node(Generic[V]):
    """A value in its place. Kept alive by the model, because an index points at it."""

    value: V
    parent: _Node[V] | None
    row: int
    children: list[_Node[V]] = field(default_factory=list)


def _no_children(value: Any) -> Iterable[Any]:
    return ()


class TreeModel(QAbstractItemModel, Generic[V]):
    """Values for a `QListView` or a `QTreeView`; a row's value is under `UserRole`.

    `text` is what a screen reader says of a value, `children` gives what lies under one.
    """

    VALUE = Qt.ItemDataRole.UserRole

    def __init__(
        self,
        text: Callable[[V], str],
        children: Callable[[V], Iterable[V]] = _no_children,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._children = text, children
        self._roots: list[_Node[V]] = []

    def set_values(self, values: Iterable[V]) -> None:
        """Shows other values."""
        self.beginResetModel()
        self._roots = self._nodes(values, None)
        self.endResetModel()

    def values(self) -> list[V]:
        """The values of the first level, in order."""
        return [node.value for node in self._roots]

    def replace(self, row: int, value: V) -> None:
        """Shows another value in a row of the first level; selection and scroll position stay."""
        self._roots[row].value = value
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)

    def _nodes(self, values: Iterable[V], parent: _Node[V] | None) -> list[_Node[V]]:
        nodes = [_Node(value, parent, row) for row, value in enumerate(values)]
        for node in nodes:
            node.children = self._nodes(self._children(node.value), node)
        return nodes

    def _under(self, parent: Index) -> list[_Node[V]]:
        return parent.internalPointer().children if parent.isValid() else self._roots

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        under = self._under(parent)
        if column != 0 or not 0 <= row < len(under) or (parent.isValid() and parent.column() != 0):
            return QModelIndex()
        return self.createIndex(row, 0, under[row])

    def parent(self, child: Index = _ROOT) -> Any:
        """The index above; without an index, the object that owns the model (Qt has both under one name)."""
        if not isinstance(child, QModelIndex | QPersistentModelIndex) or not child.isValid():
            return QModelIndex()
        above = child.internalPointer().parent
        return QModelIndex() if above is None else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._under(parent)) if not parent.isValid() or parent.column() == 0 else 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = index.internalPointer().value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(value)
        return value if role == self.VALUE else None
