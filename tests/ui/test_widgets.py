"""The kit: choices that don't save by an arrow key, fields that keep what was typed, lists that are picked from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from greenaudit.messages import msg
from tests.helpers.ui import settle
from ui import theme
from ui.models.tree import TreeModel
from ui.theme.switching import apply
from ui.widgets.boxes import clear, col, frame, pane, row, rule, scroll
from ui.widgets.buttons import Button, icon_button
from ui.widgets.choices import Choice, OptionRow, Segment, Segmented
from ui.widgets.fields import Field
from ui.widgets.lists import TouchList
from ui.widgets.signs import Bar, BarPart, Meter, ModuleTile, Ring, StairMark, Symbol
from ui.widgets.states import StateBlock, Waiting
from ui.widgets.texts import ElidedLabel, Label, key_hint, pill

GRADES = (("E0", "Told", "chat-text"), ("E1", "Document", "file-text"), ("E2", "Seen", "eye"))


class Rows:
    """Rows of a list that are as high as the test says, with nothing on them."""

    def __init__(self, tall: dict[str, int]) -> None:
        self._tall = tall

    def height(self, value: object, width: int) -> int:
        return self._tall["row"]

    def draw(self, p: QPainter, rect: QRectF, value: object, *, selected: bool) -> None:
        """Nothing."""


@pytest.fixture
def grades(qtbot: QtBot) -> Iterator[list[Choice]]:
    """Three choices beside each other, the first with the focus."""
    choices: list[Choice] = [Segment(*grade) for grade in GRADES]
    box = pane(row(*choices))
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    choices[0].setFocus()
    qtbot.waitUntil(choices[0].hasFocus)
    yield choices
    box.close()


def test_arrows_only_move_the_focus(grades: list[Choice], qtbot: QtBot) -> None:
    saved: list[str] = []
    for choice in grades:
        choice.clicked.connect(lambda _on=False, c=choice: saved.append(c.accessibleName()))
    qtbot.keyClick(grades[0], Qt.Key.Key_Right)
    qtbot.keyClick(grades[1], Qt.Key.Key_Down)
    assert grades[2].hasFocus()
    assert not saved
    assert not any(choice.isChecked() for choice in grades)
    qtbot.keyClick(grades[2], Qt.Key.Key_Space)
    assert saved == ["Seen"]
    qtbot.keyClick(grades[2], Qt.Key.Key_Right)
    assert grades[0].hasFocus()


def test_choices_exclude_each_other(grades: list[Choice], qtbot: QtBot) -> None:
    for choice in (grades[0], grades[1]):
        qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert [choice.isChecked() for choice in grades] == [False, True, False]


def test_an_option_row_grows_with_its_sentence(qtbot: QtBot) -> None:
    choice = OptionRow("Supplier walk", "Version 1.0, which is a rather long sentence that has to wrap here")
    qtbot.addWidget(choice)
    assert choice.heightForWidth(220) > choice.heightForWidth(900) >= theme.TOUCH["row"]
    assert choice.sizePolicy().hasHeightForWidth()
    assert choice.accessibleDescription().startswith("Version 1.0")


def test_segmented_forgets_what_was_chosen_where_nothing_is(qtbot: QtBot) -> None:
    words = Segmented([("one", "One"), ("two", "Two")], "Words")
    qtbot.addWidget(words)
    words.choose("two")
    words.choose("")
    assert words.value() is None
    words.buttons()[0].click()
    words.buttons()[1].click()
    assert words.value() == "two"
    assert [button.isChecked() for button in words.buttons()] == [False, True]


def test_segmented_tells_what_a_person_chose_and_not_what_it_was_told(qtbot: QtBot) -> None:
    themes = Segmented((("light", msg("Light")), ("dark", msg("Dark"))), msg("Theme"))
    qtbot.addWidget(themes)
    heard: list[object] = []
    themes.chosen.connect(heard.append)
    themes.choose("dark")
    assert (themes.value(), heard) == ("dark", [])
    qtbot.mouseClick(themes.buttons()[0], Qt.MouseButton.LeftButton)
    assert (themes.value(), heard) == ("light", ["light"])


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong(qtbot: QtBot) -> None:
    field = Field(msg("Address"), hint="https://…")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.input, " audit ")
    field.show_error(msg("Write the one-time code that your programme gave you."))
    assert field.text() == "audit"
    assert field.input.property("wrong")
    assert "one-time code" in field.input.accessibleDescription()
    field.show_error("")
    assert not field.input.property("wrong")


def test_a_tap_or_enter_picks_a_row(qtbot: QtBot) -> None:
    model: TreeModel[str] = TreeModel(str)
    model.set_values(["gate", "store", "paint"])
    view = TouchList(model, Rows({"row": 40}), msg("Plants"), whole=True, lines=True)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    settle()
    assert view.height() == 120
    picked: list[object] = []
    view.picked.connect(picked.append)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked == ["store", "paint"]
    view.grab()


def test_buttons_show_words_and_are_named_without_the_gap(qtbot: QtBot) -> None:
    send, close = (
        Button("Salt & pepper", "primary", "arrow-right", icon_right=True),
        icon_button("x", msg("Close")),
    )
    for button in (send, close):
        qtbot.addWidget(button)
    assert send.text() == " Salt && pepper "
    assert send.accessibleName() == "Salt & pepper"
    assert close.accessibleName() == close.toolTip() == "Close"
    close.set_tip(msg("Menu"))
    assert close.accessibleName() == "Menu"
    send.set_icon("check")
    assert not send.icon().isNull()


@pytest.mark.parametrize("kind", ["primary", "big", "onDeep"])
def test_primary_buttons_are_56_high_however_crowded(qtbot: QtBot, kind: str) -> None:
    crowd = pane(col(*[Button("Send", kind) for _ in range(8)]))
    qtbot.addWidget(crowd)
    crowd.resize(200, 100)
    crowd.show()
    settle()
    assert {button.height() for button in crowd.findChildren(Button)} == {theme.TOUCH["primary"]}


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_sign_paints_in_every_theme(qapp: QApplication, qtbot: QtBot, name: theme.Theme) -> None:
    apply(qapp, name)
    signs: list[QWidget] = [
        Symbol("laptop", "warn", name="Laptop"),
        Ring(0.4),
        Ring(1.0),
        StairMark(),
        *[ModuleTile(code) for code in theme.MODULES],
        ModuleTile("ENER", on_deep=True),
        Bar((BarPart(0.3), BarPart(0.4, "level2"), BarPart(0.2, "edge", hatched=True)), name="Savings"),
        Meter(msg("Energy"), "58", 0.58),
    ]
    signs.append(frame("hero", row(Bar((BarPart(0.5, "onDeep"),), on_deep=True))))
    for sign in signs:
        qtbot.addWidget(sign)
        picture = sign.grab().toImage()
        colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 3)}
        assert len(colours) > 1, type(sign).__name__


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "choice"])
def test_the_style_draws_no_second_ring(qtbot: QtBot, kind: str) -> None:
    first, second = Button("First", kind), Button("Second", kind)
    box = pane(row(first, second))
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    calm = second.grab().toImage()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert second.grab().toImage() == calm


def test_painted_signs_have_names(qtbot: QtBot) -> None:
    meter, ring, tile = Meter(msg("Energy"), "58", 0.58), Ring(0.25), ModuleTile("CHEM")
    for widget in (meter, ring, tile):
        qtbot.addWidget(widget)
    tile.show_module("FOUN")
    assert (meter.accessibleName(), ring.accessibleName(), tile.accessibleName()) == (
        "Energy 58",
        "25%",
        "Foundation",
    )


def test_a_state_offers_one_action(qtbot: QtBot) -> None:
    empty, waiting = StateBlock("flag", "Nothing", "Here.", action="Begin"), Waiting("Reading")
    for widget in (empty, waiting):
        qtbot.addWidget(widget)
        widget.grab()
    assert empty.action is not None
    assert empty.action.text() == "Begin"


def test_texts_change_their_tone(qtbot: QtBot) -> None:
    label = Label("late", "body", "ink2")
    qtbot.addWidget(label)
    calm = label.grab().toImage()
    label.set_tone("danger")
    assert label.grab().toImage() != calm
    for small in (pill("2 conflicts", "danger"), key_hint("Ctrl K")):
        qtbot.addWidget(small)
        assert small.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum


def test_a_shortened_name_is_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    name = ElidedLabel("Recubrimientos Industriales de Saltillo Norte", "strong")
    qtbot.addWidget(name)
    name.resize(90, 24)
    name.grab()
    assert name.minimumSizeHint().width() < 100
    assert name.toolTip().endswith("Norte")


def test_a_long_page_scrolls_and_a_layout_is_emptied(qtbot: QtBot) -> None:
    column = col(Label("one"), row(Label("two")), rule(), 8)
    area = scroll(pane(column))
    qtbot.addWidget(area)
    area.show()
    clear(column)
    settle()
    assert column.count() == 0
    assert not area.widget().findChildren(Label)


def test_rows_of_a_list_are_measured_anew_in_another_language(qtbot: QtBot) -> None:
    tall = {"row": 30}
    model: TreeModel[str] = TreeModel(str)
    model.set_values(("one", "two"))
    view = TouchList(model, Rows(tall), msg("Areas"))
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show()
    settle()
    before = view.visualRect(model.index(1, 0)).top()
    tall["row"] = 60
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    settle()
    assert view.visualRect(model.index(1, 0)).top() == before + 30
