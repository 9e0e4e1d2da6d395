"""The whole window over real services: a new device is set up, left, and opened again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from greenaudit.paths import Home
from greenaudit.services.opening import App, set_up
from greenaudit.store.keys import KeyFileProtector, PassphraseProtector, unlock_with_code
from tests.helpers.ui import application, settle
from ui import theme
from ui.app import first_look, first_shell
from ui.i18n import locale
from ui.pages.home.page import HomePage
from ui.pages.new_visit.page import NewVisitPage
from ui.pages.settings.page import SettingsPage
from ui.pages.setup.page import SetUpPage
from ui.pages.unlock.page import UnlockPage
from ui.routes import Settings, Walk
from ui.widgets.states import StateBlock
from ui.widgets.texts import Label
from ui.wiring import services
from ui.wiring.desktop import Desktop

LONG = 30_000
"""Milliseconds: the first import of the services takes its time on a busy machine."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "device")


@pytest.fixture
def desktops(home: Home) -> Iterator[list[Desktop]]:
    """Desktops to be ended, whatever the test does."""
    opened: list[Desktop] = []
    yield opened
    for desktop in tuple(opened):
        leave(desktop, opened)
    settle()


def leave(desktop: Desktop, desktops: list[Desktop]) -> None:
    """Closes the window as a person does."""
    desktops.remove(desktop)
    desktop.shell.close()
    desktop.end()
    desktop.shell.deleteLater()
    settle()


def stays(code: int) -> None:
    raise AssertionError(f"the application was ended with {code}")


def opened(
    qtbot: QtBot,
    home: Home,
    desktops: list[Desktop],
    *,
    with_sample: bool = False,
    leave_with: Callable[[int], object] = stays,
) -> Desktop:
    """Opens the window as `ui.app.run` does: painted first, filled then.

    Nothing here may end the application: from then on Qt would wait for nothing, in every test that follows.
    """
    name, choice = first_look(home)
    shell = first_shell(application(), choice)
    with qtbot.waitSignal(shell.first.painted):
        shell.show()
    desktop = Desktop(
        application(), shell, home, name, choice or "", with_sample=with_sample, leave=leave_with
    )
    desktops.append(desktop)
    desktop.begin()
    return desktop


def test_a_new_device_is_set_up_and_opens_at_home_from_then_on(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    first = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(first.window.page(), SetUpPage), timeout=LONG)
    page = first.window.page()
    assert isinstance(page, SetUpPage)
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    qtbot.keyClick(page.name.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.confirm_button.isVisible(), timeout=LONG)
    question = page.presenter._question
    assert question is not None
    qtbot.keyClicks(page.group.input, question.groups[question.asked - 1])
    qtbot.mouseClick(page.confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(first.window.page(), HomePage), timeout=LONG)
    qtbot.waitUntil(lambda: first.window.page().ready.isVisible(), timeout=LONG)  # type: ignore[union-attr]
    first.preferences.choose_theme("daylight")
    leave(first, desktops)

    second = opened(qtbot, home, desktops)
    assert theme.current() == "daylight"
    qtbot.waitUntil(lambda: isinstance(second.window.page(), HomePage), timeout=LONG)
    settle()
    assert second.window.brand.search_button.isVisible()


def test_a_code_that_nobody_wrote_down_is_replaced_at_the_next_start(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    first = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(first.window.page(), SetUpPage), timeout=LONG)
    page = first.window.page()
    assert isinstance(page, SetUpPage)
    page.presenter.begin("Ana Ruiz", "es", "file")
    qtbot.waitUntil(lambda: page.confirm_button.isVisible(), timeout=LONG)
    lost = page.presenter._question
    assert lost is not None
    leave(first, desktops)

    second = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(second.window.page(), SetUpPage), timeout=LONG)
    again = second.window.page()
    assert isinstance(again, SetUpPage)
    question = again.presenter._question
    assert question is not None
    assert question.groups != lost.groups
    assert again.confirm_button.isVisible()
    qtbot.keyClicks(again.group.input, question.groups[question.asked - 1])
    qtbot.keyClick(again.group.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(second.window.page(), HomePage), timeout=LONG)
    leave(second, desktops)

    unlock_with_code(home.keys, "-".join(question.groups))
    with pytest.raises(KnownError):
        unlock_with_code(home.keys, "-".join(lost.groups))
    third = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(third.window.page(), HomePage), timeout=LONG)


def test_why_data_are_closed_stands_on_the_page_that_opens_them(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    made = set_up(home, person_name="Ana Ruiz", language="es", protector=KeyFileProtector(home.root))
    made.app.close()
    for lost in home.root.glob("device-*.key"):
        lost.unlink()
    desktop = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page(), UnlockPage), timeout=LONG)
    page = desktop.window.page()
    assert isinstance(page, UnlockPage)
    assert "is missing" in page.reason.text()
    assert not desktop.window.notices.text()
    qtbot.keyClicks(page.passphrase.input, made.recovery_code)
    qtbot.keyClick(page.passphrase.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page(), HomePage), timeout=LONG)


def test_data_that_cannot_be_opened_is_said_and_can_be_tried_again(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    home.create().database.write_bytes(b"not a database")
    desktop = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: desktop.window.findChild(StateBlock) is not None, timeout=LONG)
    block = desktop.window.findChild(StateBlock)
    assert block is not None
    words = [label.text() for label in block.findChildren(Label)]
    assert "Your data can't be opened" in words
    assert block.action is not None
    block.action.click()
    qtbot.waitUntil(lambda: desktop.window.findChild(StateBlock) not in (None, block), timeout=LONG)


def test_a_home_with_a_passphrase_asks_for_it_until_it_is_right(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    passphrase = "correct horse battery"
    made = set_up(home, person_name="Ana Ruiz", language="es", protector=PassphraseProtector(passphrase))
    made.app.close()
    desktop = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page(), UnlockPage), timeout=LONG)
    page = desktop.window.page()
    assert isinstance(page, UnlockPage)
    assert not desktop.window.brand.menu_button.isVisible()
    qtbot.keyClick(page.passphrase.input, Qt.Key.Key_Return)
    assert page.passphrase.input.property("wrong")
    qtbot.keyClicks(page.passphrase.input, "wrong horse")
    qtbot.keyClick(page.passphrase.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.passphrase.input.property("wrong")), timeout=LONG)
    page.passphrase.input.clear()
    qtbot.keyClicks(page.passphrase.input, passphrase)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page(), HomePage), timeout=LONG)


def test_the_sample_opens_at_home_and_everything_can_be_reached(
    qtbot: QtBot, home: Home, desktops: list[Desktop], tmp_path: Path
) -> None:
    desktop = opened(qtbot, home, desktops, with_sample=True)
    window = desktop.window
    qtbot.waitUntil(lambda: isinstance(window.page(), HomePage), timeout=2 * LONG)
    page = window.page()
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: page.hero.isVisible(), timeout=LONG)
    assert page.others.model().rowCount() == 1

    window.open_go_to()
    qtbot.keyClicks(window.go_to.input, "new visit to saltillo")
    qtbot.waitUntil(
        lambda: window.go_to.model.rowCount() > 0, timeout=LONG
    )  # plants follow when they are read
    qtbot.keyClick(window.go_to.input, Qt.Key.Key_Return)
    new = window.page()
    assert isinstance(new, NewVisitPage)
    qtbot.waitUntil(new.start_button.isEnabled, timeout=LONG)

    window.go(Settings())
    settings = window.page()
    assert isinstance(settings, SettingsPage)
    qtbot.mouseClick(settings.sync_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "not enrolled" in read(settings, "endpoint"), timeout=LONG)
    stranger = tmp_path / "stranger.pdf"
    stranger.write_bytes(b"not a PDF")
    settings.presenter.verify(stranger)
    qtbot.waitUntil(lambda: "can't be read as a PDF" in read(settings, "verify"), timeout=LONG)
    qtbot.mouseClick(settings.backup_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(home.backups) in read(settings, "backup"), timeout=LONG)


def read(page: SettingsPage, part: str) -> str:
    """What stands in a card's result."""
    return " ".join(label.text() for label in page.cards[part].result().findChildren(Label))


def test_a_damaged_settings_file_is_said_and_nothing_else_is_lost(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    home.create().settings.write_text("{", encoding="utf-8")
    desktop = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page(), SetUpPage), timeout=LONG)
    assert "can't be read" in desktop.window.notices.text()
    desktop.preferences.choose_locale("es_MX")
    leave(desktop, desktops)
    assert home.settings.read_text(encoding="utf-8") == "{"


def test_the_first_look_takes_only_what_it_knows(home: Home) -> None:
    assert first_look(home) == ("", None)
    home.create()
    for written, seen in (
        ({"locale": "es_MX", "theme": "dark"}, ("es_MX", "dark")),
        ({"locale": 5, "theme": "pink"}, ("", None)),
        ([], ("", None)),
    ):
        home.settings.write_text(json.dumps(written), encoding="utf-8")
        assert first_look(home) == seen
    home.settings.write_text("[" * 100_000, encoding="utf-8")
    assert first_look(home) == ("", None)


def test_language_and_theme_of_the_last_run_are_on_from_the_first_frame(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    home.create().settings.write_text(json.dumps({"locale": "fr_CA", "theme": "dark"}), encoding="utf-8")
    shell = first_shell(application(), first_look(home)[1])
    qtbot.addWidget(shell)
    middle = shell.first.grab().toImage().pixelColor(20, 400)
    assert middle == theme.color("canvas")
    assert theme.current() == "dark"
    desktop = opened(qtbot, home, desktops)
    assert locale() == "fr_CA"
    assert desktop.preferences.theme == "dark"


def test_a_crash_shows_a_dialog_that_holds_nothing_up(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    desktop = opened(qtbot, home, desktops)
    desktop.crash.caught(KnownError, KnownError("odd", msg("Settings")))
    box = desktop.shell.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Settings"
    assert str(home.log) in box.informativeText()
    box.close()
    assert "greenaudit.errors.KnownError (odd)" in home.log.read_text()


def test_a_second_window_on_the_same_home_says_so_and_opens_when_the_first_is_closed(
    qtbot: QtBot, home: Home, desktops: list[Desktop]
) -> None:
    set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app.close()
    first = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: isinstance(first.window.page(), HomePage), timeout=LONG)
    second = opened(qtbot, home, desktops)
    qtbot.waitUntil(lambda: bool(second.window.findChildren(StateBlock)), timeout=LONG)
    block = second.window.findChildren(StateBlock)[0]
    assert any("Another program is using" in label.text() for label in block.findChildren(Label))
    leave(first, desktops)
    assert block.action is not None
    qtbot.mouseClick(block.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(second.window.page(), HomePage), timeout=LONG)


def test_the_sample_is_refused_over_data_of_ones_own(
    qtbot: QtBot, home: Home, desktops: list[Desktop], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(home, person_name="Ana", language="es", protector=KeyFileProtector(home.root)).app.close()
    ended_with: list[int] = []
    desktop = opened(qtbot, home, desktops, with_sample=True, leave_with=ended_with.append)
    qtbot.waitUntil(lambda: bool(ended_with), timeout=LONG)
    assert ended_with == [1]
    assert "holds data of your own" in capsys.readouterr().err
    assert desktop.window.page() is None


def test_questions_of_the_visit_that_goes_on_are_found_from_every_page(app: App, visit: UUID) -> None:
    found = [place for place in services.places(app) if place.icon == "question"]
    ids = [place.sub for place in found]
    assert "FOUN-PRO-03" in ids
    assert found[ids.index("FOUN-PRO-03")].route == Walk(visit, "FOUN-PRO-03")
