"""The two adapters, judged by Qt's own model tester."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from greenaudit.messages import msg
from ui.models.table import Column, TableModel
from ui.models.tree import TreeModel


@dataclass(frozen=True)
class Product:
    """A row."""

    name: str
    kilos: int


COLUMNS = (
    Column[Product](msg("Plants"), lambda row: row.name),
    Column[Product](
        msg("How much"),
        lambda row: f"{row.kilos:,}",
        "kg",
        number=True,
        tone=lambda row: "warn" if row.kilos > 1000 else "",
    ),
)


def test_table_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model: TableModel[Product] = TableModel(COLUMNS)
    qtmodeltester.check(model, force_py=True)
    model.set_rows([Product("Thinner", 40), Product("Nickel", 1240)])
    qtmodeltester.check(model, force_py=True)


def test_table_shows_rows_by_its_columns() -> None:
    model: TableModel[Product] = TableModel(COLUMNS)
    model.set_rows([Product("Thinner", 40), Product("Nickel", 1240)])
    amount = model.index(1, 1)
    assert amount.data() == "1,240"
    assert amount.data(TableModel.VALUE) == Product("Nickel", 1240)
    assert amount.data(TableModel.TONE) == "warn"
    assert model.index(0, 1).data(TableModel.TONE) == ""
    assert amount.data(Qt.ItemDataRole.AccessibleTextRole) == "How much: 1,240 kg"
    assert amount.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "How much\nkg"
    assert model.headerData(1, Qt.Orientation.Vertical) == 2


def test_list_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model: TreeModel[str] = TreeModel(str.upper)
    qtmodeltester.check(model, force_py=True)
    model.set_values(["gate", "store"])
    qtmodeltester.check(model, force_py=True)
    assert model.index(1, 0).data() == "STORE"
    assert model.values() == ["gate", "store"]


def test_tree_is_a_sound_model(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    model: TreeModel[str] = TreeModel(str, lambda text: [text[:i] for i in range(1, len(text))])
    model.set_values(["abcd", "xyz"])
    qtmodeltester.check(model, force_py=True)
    leaf = model.index(1, 0, model.index(2, 0, model.index(0, 0)))
    assert leaf.data(TreeModel.VALUE) == "ab"
    assert model.parent(leaf).data() == "abc"
    view = QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.expandAll()


def test_replacing_a_value_keeps_the_others_and_tells_the_view(qtbot: QtBot) -> None:
    model: TreeModel[str] = TreeModel(str)
    model.set_values(["one", "two", "three"])
    with qtbot.waitSignal(model.dataChanged):
        model.replace(1, "deux")
    assert model.values() == ["one", "deux", "three"]
    assert model.index(5, 0) == QModelIndex()
