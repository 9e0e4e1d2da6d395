"""Set-up: a name, a code shown once, and a group of it typed before anything goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from greenaudit.errors import KnownError
from greenaudit.messages import msg
from tests.helpers.sign import LaterTasks
from tests.helpers.ui import InlineTasks, KeptNotices
from tests.helpers.ui_pages import FakeOutcome, FakeStarting, setup_page
from ui.pages.setup.page import SetUpPage, build
from ui.routes import SetUp
from ui.widgets.texts import Label


def written(page: SetUpPage) -> str:
    """All that can be read on the page."""
    return " ".join(label.text() for label in page.findChildren(Label))


def test_without_a_name_nothing_is_made(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.open(SetUp())
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    assert not starting.people
    assert page.name.input.property("wrong")


def test_the_whole_code_is_shown_and_a_group_of_it_asked_for(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting, asks_for=3)
    qtbot.addWidget(page)
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    qtbot.keyClick(page.name.input, Qt.Key.Key_Return)
    assert starting.people == [("Ana Ruiz", "en")]
    text = written(page)
    assert all(group in text for group in FakeOutcome().recovery_code.split("-"))
    assert "group 3" in text
    assert "encrypted" in text


def test_only_the_right_group_goes_on(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting, asks_for=3)
    qtbot.addWidget(page)
    page.presenter.begin("Ana Ruiz", "es", "file")
    qtbot.keyClicks(page.group.input, "M9XD")
    qtbot.mouseClick(page.confirm_button, Qt.MouseButton.LeftButton)
    assert not starting.went_on_with
    assert "not group 3" in written(page)
    page.group.input.clear()
    qtbot.keyClicks(page.group.input, "4rta")
    qtbot.keyClick(page.group.input, Qt.Key.Key_Return)
    assert starting.confirmed == ["the services"], "only from then on is set-up finished"
    assert starting.went_on_with == ["the services"]


def test_a_second_enter_while_one_waits_does_nothing(qtbot: QtBot) -> None:
    starting, tasks = FakeStarting(), LaterTasks()
    page = build(starting, tasks, KeptNotices())
    qtbot.addWidget(page)
    assert isinstance(page, SetUpPage)
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    for _ in range(2):
        qtbot.keyClick(page.name.input, Qt.Key.Key_Return)
    tasks.work_off()
    assert starting.people == [("Ana Ruiz", "en")]
    question = page.presenter._question
    assert question is not None
    qtbot.keyClicks(page.group.input, question.groups[question.asked - 1])
    for _ in range(2):
        qtbot.keyClick(page.group.input, Qt.Key.Key_Return)
    tasks.work_off()
    assert starting.went_on_with == ["the services"]


def test_confirming_before_there_is_a_code_does_nothing(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.presenter.confirm("7QK2")
    assert not starting.went_on_with


def test_a_set_up_that_fails_can_be_tried_again(qtbot: QtBot) -> None:
    class Refusing(FakeStarting):
        """Keyrings can be locked."""

        def set_up(self, person_name: str, language: str, kind: str, passphrase: str) -> FakeOutcome:
            raise KnownError("locked", msg("Settings"))

    notices = KeptNotices()
    page = build(Refusing(), InlineTasks(), notices)
    qtbot.addWidget(page)
    assert isinstance(page, SetUpPage)
    page.presenter.begin("Ana Ruiz", "en", "file")
    assert notices.errors[0].code == "locked"
    assert page.begin_button.isEnabled()


def test_the_keyring_is_chosen_where_there_is_one(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.open(SetUp())
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    assert starting.kept == [("keyring", "")]


def test_without_a_keyring_it_is_said_and_a_file_proposed(qtbot: QtBot) -> None:
    starting = FakeStarting(keyring=msg("This machine has no keyring that GreenAudit knows."))
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.open(SetUp())
    assert page.kept.rows["keyring"].isHidden()
    assert "no keyring" in written(page)
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    assert starting.kept == [("file", "")]


def test_a_passphrase_is_typed_twice_and_long_enough(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.open(SetUp())
    qtbot.keyClicks(page.name.input, "Ana Ruiz")
    page.kept.rows["passphrase"].click()
    qtbot.keyClicks(page.kept.first.input, "short")
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    assert page.kept.first.input.property("wrong")
    qtbot.keyClicks(page.kept.first.input, " is now long")
    qtbot.keyClicks(page.kept.again.input, "something else")
    qtbot.keyClick(page.kept.again.input, Qt.Key.Key_Return)
    assert page.kept.again.input.property("wrong")
    assert not starting.kept
    page.kept.again.input.setText(page.kept.first.input.text())
    qtbot.keyClick(page.kept.again.input, Qt.Key.Key_Return)
    [(kind, passphrase)] = starting.kept
    assert (kind, len(passphrase) >= 8) == ("passphrase", True)
    assert not page.kept.passphrase(), "nothing of it stays on the page"


def test_a_backup_is_restored_with_its_code(qtbot: QtBot) -> None:
    starting = FakeStarting()
    page = setup_page(starting)
    qtbot.addWidget(page)
    page.show()
    page.open(SetUp())
    page.restore_button.click()
    page.restoring.button.click()
    assert "folder first" in page.restoring.wrong.text()
    page.restoring.folder_button.click()
    page.restoring.button.click()
    assert "recovery code" in page.restoring.wrong.text()
    qtbot.keyClicks(page.restoring.code.input, "7QK2-M9XD")
    starting.refuses = KnownError("wrong_code", msg("Settings"))
    page.restoring.button.click()
    assert page.restoring.wrong.text() == "Settings"
    starting.refuses = None
    qtbot.keyClick(page.restoring.code.input, Qt.Key.Key_Return)
    assert starting.restored == [("/media/stick/backup-1", "7QK2-M9XD")]
    assert starting.went_on_with == ["the restored services"]
