"""Settings: each result stands where it was asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from tests.helpers.ui import KeptSending, framed, settle
from tests.helpers.ui_cards import FakeBackups, FakeProtecting, FakeSyncing
from tests.helpers.ui_pages import settings_page
from ui import theme
from ui.i18n import locale
from ui.pages.settings.page import SettingsPage
from ui.ports import SendingState
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


def test_a_backup_goes_to_the_folder_that_was_chosen(qtbot: QtBot) -> None:
    backups = FakeBackups()
    page = settings_page(backups=backups)
    qtbot.addWidget(page)
    page.open(Settings())
    qtbot.mouseClick(page.stick_button, Qt.MouseButton.LeftButton)
    assert backups.made == [Path("/media/stick")]
    assert "backup-new" in result(page, "backup")
    page._pick_folder = lambda _parent: ""
    qtbot.mouseClick(page.stick_button, Qt.MouseButton.LeftButton)
    assert len(backups.made) == 1, "the dialog was left"


def test_the_last_backups_are_listed_and_what_they_lack_is_said(qtbot: QtBot) -> None:
    page = settings_page(backups=FakeBackups(complete=False))
    qtbot.addWidget(page)
    page.open(Settings())
    lines = [label.text() for label in page.cards["backup"].findChildren(Label)]
    assert any("48.3 MB" in line for line in lines)
    assert any("not everything is in it" in line for line in lines)
    qtbot.mouseClick(page.backup_button, Qt.MouseButton.LeftButton)
    assert "damaged" in result(page, "backup")


def test_a_passphrase_takes_over(qtbot: QtBot) -> None:
    protecting = FakeProtecting()
    page = settings_page(protecting=protecting)
    qtbot.addWidget(page)
    page.show()
    page.open(Settings())
    page.key_button.click()
    assert page.key_sheet.kept.kind() == "file"
    page.key_sheet.kept.rows["passphrase"].click()
    qtbot.keyClicks(page.key_sheet.kept.first.input, "seis palabras")
    page.key_sheet.button.click()
    assert not protecting.chosen, "it has to be typed twice"
    qtbot.keyClicks(page.key_sheet.kept.again.input, "seis palabras")
    page.key_sheet.button.click()
    assert protecting.chosen == [("passphrase", "seis palabras")]
    assert not page.key_sheet.isVisible()
    assert not page.key_sheet.kept.first.input.text()
    assert "open this way" in result(page, "key")


def test_a_key_that_cannot_be_kept_so_says_why_on_its_sheet(qtbot: QtBot) -> None:
    page = settings_page(protecting=FakeProtecting(refuses=KnownError("keyring_none", msg("Settings"))))
    qtbot.addWidget(page)
    page.show()
    page.open(Settings())
    page.key_button.click()
    page.key_sheet.button.click()
    assert page.key_sheet.wrong.text() == "Settings"
    page.key_sheet.dismiss()
    page.code_button.click()
    page.code_sheet.button.click()
    assert page.code_sheet.wrong.text() == "Settings"
    page.code_sheet.dismiss()
    page.show_key_error(KnownError("keyring_none", msg("Settings")))
    assert result(page, "key") == "Settings"


def test_a_new_recovery_code_holds_when_it_is_written_down(qtbot: QtBot) -> None:
    protecting = FakeProtecting()
    page = settings_page(protecting=protecting)
    qtbot.addWidget(page)
    page.show()
    page.open(Settings())
    page.keys.confirm("4RTA")
    page.code_button.click()
    page.code_sheet.button.click()
    assert "group 3" in page.code_sheet.form.group.input.accessibleName()
    qtbot.keyClicks(page.code_sheet.form.group.input, "7QK2")
    qtbot.keyClick(page.code_sheet.form.group.input, Qt.Key.Key_Return)
    assert not protecting.confirmed
    page.code_sheet.form.group.input.setText("4rta")
    page.code_sheet.button.click()
    assert protecting.confirmed == 1
    assert not page.code_sheet.isVisible()
    assert "7QK2" not in [label.text() for label in page.code_sheet.findChildren(Label) if label.isVisible()]


def test_sending_by_itself_is_chosen(qtbot: QtBot) -> None:
    sending = KeptSending()
    page = settings_page(sending=sending)
    qtbot.addWidget(page)
    page.open(Settings())
    assert page.by_itself.isChecked()
    page.by_itself.click()
    assert sending.allowed == [False]
    sending.stand(SendingState(by_itself=True))
    assert sending.allowed == [False], "what is only shown is not chosen"


def test_whoever_wants_to_enrol_arrives_at_the_address(qtbot: QtBot) -> None:
    page = settings_page()
    window = framed(page, Settings())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.go(Settings("endpoint"))
    assert window.focusWidget() is page.url.input


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


def test_what_came_of_it_is_scrolled_into_view(qtbot: QtBot) -> None:
    page = settings_page()
    qtbot.addWidget(page)
    page.resize(900, 420)
    page.show()
    page.open(Settings())
    for press, part in ((page.backup_button.click, "backup"), (page.verify_button.click, "verify")):
        press()
        settle()
        told = page.cards[part].result()
        shown = page._area.viewport().rect()
        place = told.rect().translated(told.mapTo(page._area.viewport(), QPoint(0, 0)))
        assert shown.contains(place), part
