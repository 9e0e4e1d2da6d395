"""Settings: each result stands where it was asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from tests.helpers.ui import settle
from tests.helpers.ui_cards import FakeBackups, FakeSyncing
from tests.helpers.ui_pages import settings_page
from ui import theme
from ui.i18n import locale
from ui.pages.settings.page import SettingsPage
from ui.routes import Settings
from ui.widgets.texts import Label


def result(page: SettingsPage, part: str) -> str:
    """What stands in a card's result."""
    settle()
    return " ".join(label.text() for label in page.cards[part].result().findChildren(Label))


def test_language_and_theme_change_at_once(qtbot: QtBot) -> None:
    page = settings_page()
    qtbot.addWidget(page)
    page.open(Settings())
    qtbot.mouseClick(page.locales.buttons()[2], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.themes.buttons()[2], Qt.MouseButton.LeftButton)
    settle()
    assert (locale(), theme.current()) == ("es_MX", "dark")
    assert page.backup_button.accessibleName() == "Respaldar ahora"
    assert (page.locales.value(), page.themes.value()) == ("es_MX", "dark")


def test_a_backup_says_where_it_is(qtbot: QtBot) -> None:
    page = settings_page()
    qtbot.addWidget(page)
    qtbot.mouseClick(page.backup_button, Qt.MouseButton.LeftButton)
    assert str(FakeBackups().make().folder) in result(page, "backup")


def test_enrolling_needs_address_and_code(qtbot: QtBot) -> None:
    syncing = FakeSyncing()
    page = settings_page(syncing)
    qtbot.addWidget(page)
    qtbot.mouseClick(page.enrol_button, Qt.MouseButton.LeftButton)
    assert page.url.input.property("wrong")
    assert page.code.input.property("wrong")
    assert not syncing.enrolled
    qtbot.keyClicks(page.url.input, "https://audit.example.org")
    qtbot.keyClicks(page.code.input, "K7QP-22")
    qtbot.mouseClick(page.enrol_button, Qt.MouseButton.LeftButton)
    assert syncing.enrolled == [("https://audit.example.org", "K7QP-22")]
    assert "send and receive" in result(page, "endpoint")


def test_a_refused_code_is_said_in_its_card(qtbot: QtBot) -> None:
    page = settings_page(FakeSyncing(trouble=KnownError("code_unknown", msg("One-time code"))))
    qtbot.addWidget(page)
    page.presenter.enrol("https://audit.example.org", "K7QP-22")
    assert result(page, "endpoint") == "One-time code"
    assert page.enrol_button.isEnabled()


def test_sending_and_receiving_says_what_was_done(qtbot: QtBot) -> None:
    syncing = FakeSyncing()
    page = settings_page(syncing)
    qtbot.addWidget(page)
    qtbot.mouseClick(page.sync_button, Qt.MouseButton.LeftButton)
    assert syncing.runs == 1
    assert "waits to be sent" in result(page, "endpoint")


def test_a_file_is_verified_where_it_was_chosen(qtbot: QtBot) -> None:
    page = settings_page()
    qtbot.addWidget(page)
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    assert result(page, "verify") == "Signed"


def test_leaving_the_dialog_verifies_nothing(qtbot: QtBot) -> None:
    page = settings_page()
    qtbot.addWidget(page)
    page._pick_file = lambda _parent: ""
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    assert not result(page, "verify")
