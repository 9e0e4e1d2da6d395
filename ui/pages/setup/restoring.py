"""A sheet over set-up: a backup of another machine is put here, with its recovery code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import tr
from ui.widgets.boxes import col
from ui.widgets.buttons import Button
from ui.widgets.fields import Field
from ui.widgets.sheets import Sheet
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for

Pick = Callable[[QWidget], str]


def ask_for_folder(parent: QWidget) -> str:
    """Which backup; empty when the dialog was left."""
    return QFileDialog.getExistingDirectory(parent, tr(msg("Choose the backup's folder")))


class RestoreSheet(Sheet):
    """Signals:

    wanted (str, str): the backup's folder and its recovery code.
    """

    wanted = Signal(str, str)

    def __init__(self, page: QWidget, pick_folder: Pick) -> None:
        super().__init__(page, msg("Restore a backup"), width=640)
        self._pick_folder = pick_folder
        self._folder = ""
        about = Label(
            msg(
                "Choose the backup's folder, on a stick for example, and type the recovery code from your paper. "
                "This becomes a new device: it enrols again before it signs or sends."
            ),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        self.folder_button = Button(msg("Choose the folder…"), "big", "usb")
        self.folder = Label("", "body", wrap=True)
        self.folder.hide()
        self.code = Field(msg("Recovery code"), kind="code")
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        self.button = Button(msg("Restore"), "primary", "check")
        self.fill(
            col(about, 4, self.folder_button, self.folder, 4, self.code, self.wrong, gap=8), self.button
        )
        self.folder_button.clicked.connect(self._choose)
        self.button.clicked.connect(self._go)
        self.code.input.returnPressed.connect(self._go)

    def ask(self) -> None:
        """Asks for folder and code."""
        self.wrong.hide()
        self.appear()

    def first(self) -> QWidget | None:
        return self.folder_button

    def show_busy(self, *, busy: bool) -> None:
        """Copying and checking everything takes its time."""
        wait_for(self.button, busy=busy)
        self.button.say(msg("Restoring…") if busy else msg("Restore"))
        if busy:
            self.wrong.hide()

    def show_wrong(self, said: Message) -> None:
        """Says why it can't be restored."""
        self.wrong.say(said)
        self.wrong.show()

    def _choose(self) -> None:
        folder = self._pick_folder(self)
        if folder:
            self._folder = folder
            self.folder.say(folder)
            self.folder.show()
            self.code.input.setFocus()

    def _go(self) -> None:
        self.wanted.emit(self._folder, self.code.text())
