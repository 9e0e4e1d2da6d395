"""Settings as they are seen: two columns of cards, one when narrow."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QScrollArea, QWidget

from greenaudit.errors import GreenAuditError
from greenaudit.messages import Message, msg
from ui.i18n import Said, locale, tr
from ui.pages.settings.key_presenter import KeyPresenter
from ui.pages.settings.key_sheets import CodeSheet, KeySheet
from ui.pages.settings.parts import SettingsCard, cards_of
from ui.pages.settings.presenter import Doors, SettingsPresenter
from ui.pages.settings.values import Kind, Made, Protection, told
from ui.pages.settings.verifying import TrustedVerification
from ui.ports import Preferences, SendingState, ThemeChoice, Tools
from ui.recovery import CodeQuestion
from ui.routes import Route, Settings
from ui.theme import SizeClass
from ui.widgets.boxes import clear, col, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.checks import Check
from ui.widgets.choices import Segmented
from ui.widgets.fields import Field
from ui.widgets.page import Page
from ui.widgets.texts import Label
from ui.widgets.waiting import wait_for

LOCALES: tuple[tuple[str, str], ...] = (
    ("en_US", "English (US)"),
    ("en_CA", "English (Canada)"),
    ("es_MX", "Español (México)"),
    ("fr_CA", "Français (Canada)"),
)
THEMES: tuple[tuple[ThemeChoice, Message], ...] = (
    ("", msg("As the system")),
    ("light", msg("Light")),
    ("dark", msg("Dark")),
    ("daylight", msg("Daylight")),
)
EDGE = 24
"""Pixels between a result and the window's edge."""

Pick = Callable[[QWidget], str]


def ask_for_pdf(parent: QWidget) -> str:
    """The system's own dialog; empty when it was left."""
    return QFileDialog.getOpenFileName(parent, tr(msg("Choose a signed report")), "", "PDF (*.pdf)")[0]


def ask_for_folder(parent: QWidget) -> str:
    """Where a backup goes: a stick, a share; empty when the dialog was left."""
    return QFileDialog.getExistingDirectory(parent, tr(msg("Choose a folder for the backup")))


class SettingsPage(Page):
    """Language, theme, key, backup, endpoint, verification."""

    presenter: SettingsPresenter
    keys: KeyPresenter
    _ready = False

    def __init__(
        self, preferences: Preferences, pick_file: Pick = ask_for_pdf, pick_folder: Pick = ask_for_folder
    ) -> None:
        super().__init__()
        self._preferences, self._pick_file, self._pick_folder = preferences, pick_file, pick_folder
        self._backups: tuple[Made, ...] = ()
        self._kind: Kind = "file"
        self._told = ""
        self.locales = Segmented(LOCALES, msg("Language"), columns=2)
        self.themes = Segmented(THEMES, msg("Theme"), columns=2)
        self.protection = Label("", "body", wrap=True)
        self.key_button = Button(msg("Change…"), "", "lock-simple")
        self.code_button = Button(msg("New recovery code…"), "", "file-text")
        self.backup_button = Button(msg("Back up now"), "big", "hard-drive")
        self.stick_button = Button(msg("Back up to a stick or folder…"), "big", "usb")
        self.recent = col(gap=2)
        self.url = Field(msg("Address"), placeholder="https://")
        self.code = Field(msg("One-time code"), kind="code")
        self.enrol_button = Button(msg("Enrol this device"), "big", "device-tablet")
        self.sync_button = Button(msg("Send and receive now"), "big", "swap")
        self.by_itself = Check(msg("Send by itself when there is a network"))
        self.verify_button = Button(msg("Verify a file…"), "big", "seal-check")
        self.cards: dict[str, SettingsCard] = cards_of(self)
        self._arrange()
        self.key_sheet, self.code_sheet = KeySheet(self), CodeSheet(self)
        self._ready = True

    def _arrange(self) -> None:
        left = pane(col(self.cards["looks"], self.cards["key"], self.cards["verify"], None, gap=16))
        right = pane(col(self.cards["endpoint"], self.cards["backup"], None, gap=16))
        self._columns = row((left, 1), (right, 1), gap=16)
        inner = pane(col(Label(msg("Settings"), "display"), self._columns, None, gap=12), (24, 16, 24, 24))
        self._area: QScrollArea = scroll(inner)
        self.setLayout(col((self._area, 1), gap=0))

    def use(self, presenter: SettingsPresenter, keys: KeyPresenter) -> None:
        """Gives the page its presenters and lets its controls speak to them."""
        self.presenter, self.keys = presenter, keys
        self.locales.chosen.connect(self._choose_locale)
        self.themes.chosen.connect(self._choose_theme)
        self.key_button.clicked.connect(self._change_key)
        self.code_button.clicked.connect(self.code_sheet.ask)
        self.key_sheet.wanted.connect(keys.choose)
        self.code_sheet.wanted.connect(keys.make_code)
        self.code_sheet.confirmed.connect(keys.confirm)
        self.backup_button.clicked.connect(self._back_up)
        self.stick_button.clicked.connect(self._back_up_elsewhere)
        self.enrol_button.clicked.connect(self._enrol)
        self.sync_button.clicked.connect(presenter.synchronise)
        self.by_itself.toggled.connect(self._allow)
        self.verify_button.clicked.connect(self._verify)

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self._told = ""
        self._show_choices()
        self.presenter.load()
        self.keys.load()
        if isinstance(route, Settings) and route.part == "endpoint":
            self.url.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.enrol_button)

    def landing(self) -> QWidget | None:
        return self.locales.buttons()[0]

    def fit(self, size: SizeClass) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if size == "narrow" else across)
        self.code_sheet.form.set_columns(3 if size == "narrow" else 4)

    def retranslate(self) -> None:
        self.show_backups(self._backups)

    # What a person does

    def _enrol(self) -> None:
        self.presenter.enrol(self.url.text(), self.code.text())

    def _show_choices(self) -> None:
        self.locales.choose(locale())
        self.themes.choose(self._preferences.theme)

    def _choose_locale(self, name: object) -> None:
        self.presenter.choose_locale(str(name))

    def _choose_theme(self, choice: object) -> None:
        self.presenter.choose_theme(cast(ThemeChoice, choice))

    def _allow(self, on: bool) -> None:
        self.presenter.allow_sending(on=on)

    def _change_key(self) -> None:
        self.keys.look_for_keyring()
        self.key_sheet.ask(self._kind)

    def _verify(self) -> None:
        path = self._pick_file(self)
        if path:
            self.presenter.verify(Path(path))

    def _back_up(self) -> None:
        self.presenter.back_up()

    def _back_up_elsewhere(self) -> None:
        folder = self._pick_folder(self)
        if folder:
            self.presenter.back_up(Path(folder))

    def _buttons(self, part: str) -> tuple[Button, ...]:
        return {
            "backup": (self.backup_button, self.stick_button),
            "endpoint": (self.enrol_button, self.sync_button),
            "verify": (self.verify_button,),
        }[part]

    # What the presenters ask for

    def show_endpoint(self, url: str) -> None:
        """Shows where this device is enrolled; what is being typed stays."""
        if url and not self.url.text():
            self.url.input.setText(url)

    def show_sending(self, state: SendingState) -> None:
        """Shows whether what is only here leaves by itself."""
        with QSignalBlocker(self.by_itself):
            self.by_itself.setChecked(state.by_itself)

    def show_backups(self, made: tuple[Made, ...]) -> None:
        """Shows the last backups in the app's own folder."""
        self._backups = made
        clear(self.recent)
        if made:
            folder = str(made[0].folder.parent)
            self.recent.addWidget(
                Label(msg("The last ones, in {path}:", path=folder), "small", "ink2", wrap=True)
            )
        for each in made:
            self.recent.addWidget(Label(told(each), "small", wrap=True))
        if made and self._told == "backup":  # the list has moved what was told
            self._bring_into_view("backup")

    def show_busy(self, part: str, *, busy: bool) -> None:
        """While it works its buttons wait."""
        for button in self._buttons(part):
            wait_for(button, busy=busy)
        if busy:
            self.cards[part].show_result((msg("Working…"),), good=True)

    def show_result(self, part: str, lines: tuple[Said, ...], *, good: bool = True) -> None:
        """Shows what came of it, in its card."""
        self.cards[part].show_result(lines, good=good)
        self._told = part
        self._bring_into_view(part)

    def _bring_into_view(self, part: str) -> None:
        """A result is told under its buttons, often below the window's edge: it is scrolled to once it has its place."""
        QTimer.singleShot(0, self, partial(self._scroll_to, self.cards[part].result()))

    def _scroll_to(self, result: QWidget) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._area.ensureWidgetVisible(result, 0, EDGE)

    def show_code_needed(self, url: Message | None, code: Message | None) -> None:
        """Says under the fields what is missing."""
        self.url.show_error(url or "")
        self.code.show_error(code or "")
        if url or code:
            (self.url if url else self.code).input.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_protection(self, protection: Protection) -> None:
        """Shows what keeps the key now."""
        self._kind = protection.kind
        self.protection.say(protection.message)

    def show_keyring(self, trouble: Message | None) -> None:
        """Offers the keyring, or says why there is none."""
        self.key_sheet.kept.show_keyring(trouble)

    def show_key_busy(self, *, busy: bool) -> None:
        """Keys and codes take a moment."""
        self.key_sheet.show_busy(busy=busy)
        self.code_sheet.show_busy(busy=busy)

    def show_key_chosen(self, said: Message) -> None:
        """The key is kept another way."""
        self.key_sheet.dismiss()
        self.cards["key"].show_result((said,), good=True)

    def show_new_code(self, question: CodeQuestion) -> None:
        """Shows a new recovery code until it is written down."""
        self.code_sheet.show_question(question)

    def show_group_wrong(self, said: Message) -> None:
        """That was not the group."""
        self.code_sheet.form.show_wrong(said)

    def show_code_confirmed(self, said: Message) -> None:
        """The new code is written down."""
        self.code_sheet.dismiss()
        self.cards["key"].show_result((said,), good=True)

    def show_key_error(self, error: GreenAuditError) -> None:
        """Why the key stays as it is kept: on the sheet that asked, else in the card."""
        if self.key_sheet.isVisible():
            self.key_sheet.show_wrong(error.message)
        elif self.code_sheet.isVisible():
            self.code_sheet.show_wrong(error.message)
        else:
            self.cards["key"].show_result((error.message,), good=False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and self._ready:
            self._show_choices()
        super().changeEvent(event)


def build(tools: Tools) -> Page:
    """The page with its presenters."""
    app = tools.app
    page = SettingsPage(tools.preferences)
    verification = TrustedVerification(app.verification, app.identities)
    doors = Doors(app.backups, app.syncing, verification, tools.sending)
    page.use(
        SettingsPresenter(doors, tools.preferences, tools.tasks, page),
        KeyPresenter(app.protecting, tools.tasks, page, secrets.randbelow),
    )
    return page
