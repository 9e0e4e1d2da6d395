"""The frame: what stands in its bars, where its buttons lead, and what the keyboard reaches."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from greenaudit.errors import BugError, KnownError
from greenaudit.ids import natural_id
from greenaudit.messages import msg
from tests.helpers.ui import application, framed, settle
from ui import theme
from ui.i18n import locale
from ui.main_window.menus import language_menu, main_menu, theme_menu
from ui.main_window.preferences import WindowPreferences
from ui.main_window.window import MainWindow
from ui.notices import NoticeBoard
from ui.ports import Destination, Frame
from ui.routes import Checklists, Home, NewVisit, Route, Settings, SetUp, Sign, Walk
from ui.theme import SizeClass
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.page import Page
from ui.widgets.states import Waiting

VISIT: UUID = natural_id("test assessment")
FRAME = Frame(VISIT, "Planta Saltillo Norte", "Visit 2", "walk", "10:42:07", 243)


class PlainPage(Page):
    """A page that remembers how it was treated."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Route] = []
        self.fitted: list[SizeClass] = []
        self.closed = 0
        self.first, self.second = Button("First"), Button("Second")
        self.setLayout(col(self.first, self.second, None))

    def open(self, route: Route) -> None:
        self.opened.append(route)

    def fit(self, size: SizeClass) -> None:
        self.fitted.append(size)

    def close_page(self) -> None:
        self.closed += 1

    def destinations(self) -> tuple[Destination, ...]:
        return (
            Destination(
                "Would containment hold?", "question", Walk(VISIT, "CHEM-STO-02"), sub="Chemical store"
            ),
            Destination("Línea de pintura", "path", Walk(VISIT, area_id="A08"), words="paint"),
        )


class TwoPages:
    """One page for Home, one for everything else."""

    def __init__(self) -> None:
        self.at_home, self.elsewhere = PlainPage(), PlainPage()

    def page(self, route: Route) -> Page:
        return self.at_home if isinstance(route, Home) else self.elsewhere

    def built(self) -> tuple[Page, ...]:
        return (self.at_home, self.elsewhere)


@pytest.fixture
def pages() -> TwoPages:
    return TwoPages()


@pytest.fixture
def window(qtbot: QtBot, pages: TwoPages) -> MainWindow:
    """The window at Home, shown."""
    made = MainWindow(WindowPreferences(application(), "en_US", "light"), NoticeBoard())
    qtbot.addWidget(made)
    made.attach(pages)
    made.go(Home())
    made.resize(1280, 800)
    made.show()
    settle()
    return made


def at_a_visit(window: MainWindow, pages: TwoPages, frame: Frame = FRAME) -> None:
    window.go(Walk(VISIT))
    pages.elsewhere.framed.emit(frame)
    settle()


def test_before_there_are_pages_there_is_nowhere_to_go(qtbot: QtBot) -> None:
    window = MainWindow(WindowPreferences(application()), NoticeBoard())
    qtbot.addWidget(window)
    window.show()
    assert window.page() is None
    assert not window.brand.search_button.isVisible()
    window.open_go_to()
    assert not window.go_to.isVisible()
    window.go(Home())
    window.show_state(Waiting(msg("Opening your visits…")))
    settle()
    assert window.findChild(Waiting) is not None
    window.attach(TwoPages())
    settle()
    assert window.findChild(Waiting) is None


def test_a_page_opens_with_its_route_and_is_left_with_notice(window: MainWindow, pages: TwoPages) -> None:
    pages.at_home.go.emit(NewVisit())
    assert window.page() is pages.elsewhere
    assert pages.elsewhere.opened == [NewVisit()]
    assert pages.at_home.closed == 1
    window.brand.back.click()
    assert pages.at_home.opened == [Home(), Home()]


def test_the_bar_of_a_visit_says_where_it_stands(window: MainWindow, pages: TwoPages) -> None:
    at_a_visit(window, pages)
    assert window.visit.isVisible()
    assert not window.brand.isVisible()
    shown = [label.text() for label in window.visit.findChildren(QLabel) if label.isVisible()]
    assert "Planta Saltillo Norte" in shown
    assert "Saved on this device · 10:42:07" in shown
    assert "243 only here" in shown
    assert window.windowTitle().startswith("Planta Saltillo Norte")


def test_a_signed_visit_shows_a_lock(window: MainWindow, pages: TwoPages) -> None:
    at_a_visit(window, pages, Frame(VISIT, "Oshawa Stamping", stage="sign", signed=True))
    shown = [label.text() for label in window.visit.findChildren(QLabel) if label.isVisible()]
    assert "Signed" in shown
    assert not any("only here" in text for text in shown)


def test_stages_lead_to_their_pages(window: MainWindow, pages: TwoPages, qtbot: QtBot) -> None:
    at_a_visit(window, pages)
    qtbot.mouseClick(window.visit.tabs["sign"], Qt.MouseButton.LeftButton)
    assert pages.elsewhere.opened[-1] == Sign(VISIT)
    pages.elsewhere.framed.emit(Frame(VISIT, "Planta", stage="sign"))
    window.visit.tabs["walk"].click()
    assert pages.elsewhere.opened[-1] == Walk(VISIT)


@pytest.mark.parametrize(
    ("width", "size", "height", "stages_below"),
    [(1280, "wide", 64, False), (960, "medium", 56, False), (853, "narrow", 64, True)],
)
def test_the_frame_follows_the_size_class(
    window: MainWindow, pages: TwoPages, width: int, size: str, height: int, stages_below: bool
) -> None:
    at_a_visit(window, pages)
    window.resize(width, 800)
    settle()
    assert pages.elsewhere.fitted[-1] == size
    assert window.visit.height() == height
    assert window.stages.isVisible() is stages_below
    assert window.visit.tabs["walk"].isVisible() is not stages_below
    assert window.visit.tabs["walk"].accessibleName() == "Walk"
    if stages_below:
        window.stages.tabs["sign"].click()
        assert pages.elsewhere.opened[-1] == Sign(VISIT)


def test_set_up_leaves_nowhere_to_go(window: MainWindow, pages: TwoPages) -> None:
    window.go(SetUp())
    assert not window.brand.menu_button.isVisible()
    window.open_go_to()
    assert not window.go_to.isVisible()


def test_pages_of_set_up_are_let_go(qtbot: QtBot, pages: TwoPages) -> None:
    secret = PlainPage()
    window = framed(secret, SetUp())
    qtbot.addWidget(window)
    window.attach(pages)
    window.go(Home())
    settle()
    assert window.findChildren(PlainPage) == [pages.at_home]


def test_ctrl_k_finds_a_question_without_its_accents(
    window: MainWindow, pages: TwoPages, qtbot: QtBot
) -> None:
    at_a_visit(window, pages)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.go_to.isVisible()
    qtbot.keyClicks(window.go_to.input, "linea")
    assert window.go_to.model.rowCount() == 1
    qtbot.keyClick(window.go_to.input, Qt.Key.Key_Return)
    assert not window.go_to.isVisible()
    assert pages.elsewhere.opened[-1] == Walk(VISIT, area_id="A08")


def test_go_to_is_moved_through_by_keys_and_left_by_escape(
    window: MainWindow, pages: TwoPages, qtbot: QtBot
) -> None:
    window.brand.search_button.click()
    field = window.go_to.input
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_PageDown):
        qtbot.keyClick(field, key)
    assert window.go_to.list.currentIndex().row() == 7
    qtbot.keyClicks(field, "nothing of that kind")
    assert window.go_to.model.rowCount() == 0
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window.go_to.isVisible()
    window.open_go_to()
    qtbot.mouseClick(window.go_to, Qt.MouseButton.LeftButton, pos=QPoint(5, 500))
    assert not window.go_to.isVisible()


def test_visits_and_plants_join_when_they_are_read(qtbot: QtBot, pages: TwoPages) -> None:
    window = MainWindow(WindowPreferences(application(), "en_US", "light"), NoticeBoard())
    qtbot.addWidget(window)
    lima = Destination("Lima Polymers", "path", Walk(VISIT), mark="3/171")
    window.attach(pages, lambda deliver: deliver((lima,)))
    window.go(Home())
    window.show()
    window.open_go_to()
    qtbot.keyClicks(window.go_to.input, "lima")
    qtbot.keyClick(window.go_to.input, Qt.Key.Key_Return)
    assert pages.elsewhere.opened == [Walk(VISIT)]
    window.go_to.grab()


def test_a_theme_can_be_reached_by_its_name(window: MainWindow, qtbot: QtBot) -> None:
    window.open_go_to()
    qtbot.keyClicks(window.go_to.input, "daylight")
    window.go_to.grab()
    qtbot.keyClick(window.go_to.input, Qt.Key.Key_Return)
    assert theme.current() == "daylight"


def test_menus_offer_languages_by_their_own_names(window: MainWindow) -> None:
    preferences = WindowPreferences(application(), "en_US", "light")
    languages = language_menu(window, preferences)
    assert [action.text() for action in languages.actions()][2:] == ["Español (México)", "Français (Canada)"]
    languages.actions()[3].trigger()
    assert locale() == "fr_CA"
    themes = theme_menu(window, preferences)
    themes.actions()[2].trigger()
    assert theme.current() == "dark"
    gone: list[Route] = []
    for action in main_menu(window, preferences, gone.append, window.close).actions():
        action.trigger()
    assert gone == [Home(), NewVisit(), Checklists(), Settings()]


def test_a_choice_is_kept(qtbot: QtBot) -> None:
    kept: list[tuple[str, str]] = []
    preferences = WindowPreferences(application(), "en_US", "light")
    preferences.kept_by(lambda name, choice: kept.append((name, choice)))
    preferences.choose_locale("es_MX")
    preferences.choose_theme("daylight")
    assert kept == [("es_MX", "light"), ("es_MX", "daylight")]
    assert (preferences.locale, preferences.theme) == ("es_MX", "daylight")


def test_menus_drop_under_their_buttons(window: MainWindow, pages: TwoPages) -> None:
    for button in (window.brand.language_button, window.brand.theme_button, window.brand.menu_button):
        menu_stands_under(button, window)
    at_a_visit(window, pages)
    menu_stands_under(window.visit.menu_button, window)


def menu_stands_under(button: QAbstractButton, window: MainWindow) -> None:
    button.click()
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    assert menu.y() >= button.mapToGlobal(button.rect().bottomLeft()).y()
    menu.close()
    settle()


def test_the_ring_shows_for_keys_and_not_for_fingers(
    window: MainWindow, pages: TwoPages, qtbot: QtBot
) -> None:
    window.activateWindow()
    pages.at_home.first.setFocus()
    qtbot.waitUntil(pages.at_home.first.hasFocus)
    assert not window.ring.isVisible()
    qtbot.keyClick(pages.at_home.first, Qt.Key.Key_Tab)
    assert pages.at_home.second.hasFocus()
    assert window.ring.isVisible()
    around = window.ring.geometry()
    corner = pages.at_home.second.mapTo(window, QPoint(0, 0))
    assert around.contains(corner)
    window.resize(1240, 780)
    settle()
    assert window.ring.width() == pages.at_home.second.width() + 12
    window.ring.grab()
    qtbot.mouseClick(pages.at_home.first, Qt.MouseButton.LeftButton)
    assert not window.ring.isVisible()


def test_errors_stay_and_confirmations_go(window: MainWindow, qtbot: QtBot) -> None:
    board = NoticeBoard()
    board.shown_by(window.notices.show_notice)
    board.error(KnownError("gone", msg("Settings")))
    assert window.notices.text() == "Settings"
    assert not window.notices._away.isActive()
    window.resize(960, 640)
    settle()
    assert window.notices.geometry().right() < 960
    window.notices.close_button.click()
    assert window.notices.text() == ""
    board.done(msg("Home"))
    assert window.notices._away.isActive()
    window.notices._away.timeout.emit()
    assert window.notices.text() == ""


def test_a_bug_shows_what_is_beneath(window: MainWindow) -> None:
    board = NoticeBoard()
    board.shown_by(window.notices.show_notice)
    board.error(BugError("no such thing"))
    shown = [label.text() for label in window.notices.findChildren(QLabel) if label.isVisible()]
    assert any("no such thing" in text for text in shown)


def test_every_page_is_asked_for_what_is_in_its_fields(window: MainWindow, pages: TwoPages) -> None:
    window.hand_over()
    assert (pages.at_home.closed, pages.elsewhere.closed) == (1, 1)


def test_every_button_of_the_frame_can_be_reached_and_is_named(window: MainWindow, pages: TwoPages) -> None:
    at_a_visit(window, pages)
    buttons = [button for button in window.findChildren(Button) if button.isVisible()]
    assert len(buttons) >= 7
    assert all(button.accessibleName() for button in buttons)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_enter_presses_the_focused_button_and_one_in_a_field_does_not(
    window: MainWindow, pages: TwoPages, qtbot: QtBot
) -> None:
    first, second = pages.at_home.first, pages.at_home.second
    first.setFocus()
    with qtbot.waitSignal(first.clicked):
        qtbot.keyClick(first, Qt.Key.Key_Return)
    with qtbot.waitSignal(first.clicked):
        qtbot.keyClick(first, Qt.Key.Key_Enter)
    field = QLineEdit(pages.at_home)
    field.show()
    field.returnPressed.connect(second.setFocus)
    field.setFocus()
    pressed: list[bool] = []
    second.clicked.connect(pressed.append)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert second.hasFocus()
    assert not pressed


def test_the_focus_comes_back_with_its_ring_when_a_menu_closes(window: MainWindow, qtbot: QtBot) -> None:
    window.brand.search_button.setFocus()
    qtbot.keyClick(window.brand.search_button, Qt.Key.Key_Tab)
    button = window.brand.language_button
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    settle()
    assert window.focusWidget() is button
    assert window.ring.isVisible()


def test_the_menu_quits(window: MainWindow) -> None:
    menu = main_menu(window, WindowPreferences(application()), lambda route: None, window._quit)
    assert menu.actions()[-1].text() == "Quit\tCtrl+Q"
    menu.actions()[-1].trigger()
    assert not window.isVisible()
