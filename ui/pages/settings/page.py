"""Settings as they are seen: two columns of cards, one when narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from greenaudit.messages import Message, msg
from ui.i18n import Said, locale, tr
from ui.pages.settings.parts import SettingsCard
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.verifying import TrustedVerification
from ui.ports import Preferences, ThemeChoice, Tools
from ui.routes import Route
from ui.theme import SizeClass
from ui.widgets.boxes import col, pane, row, scroll
from ui.widgets.buttons import Button
from ui.widgets.choices import Segmented
from ui.widgets.fields import Field
from ui.widgets.page import Page
from ui.widgets.texts import Label

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

PickFile = Callable[[QWidget], str]


def ask_for_pdf(parent: QWidget) -> str:
    """The system's own dialog; empty when it was left."""
    return QFileDialog.getOpenFileName(parent, tr(msg("Choose a signed report")), "", "PDF (*.pdf)")[0]


class SettingsPage(Page):
    """Language, theme, backup, endpoint, verification."""

    presenter: SettingsPresenter
    _ready = False

    def __init__(self, preferences: Preferences, pick_file: PickFile = ask_for_pdf) -> None:
        super().__init__()
        self._preferences, self._pick_file = preferences, pick_file
        self.locales = Segmented(LOCALES, msg("Language"), columns=2)
        self.themes = Segmented(THEMES, msg("Theme"), columns=2)
        self.backup_button = Button(msg("Back up now"), "big", "hard-drive")
        self.url = Field(msg("Address"), placeholder="https://")
        self.code = Field(msg("One-time code"), kind="code")
        self.enrol_button = Button(msg("Enrol this device"), "big", "device-tablet")
        self.sync_button = Button(msg("Send and receive now"), "big", "swap")
        self.verify_button = Button(msg("Verify a file…"), "big", "seal-check")
        self._make_cards()
        self._arrange()
        self._ready = True

    def _make_cards(self) -> None:
        self.cards = {
            "looks": SettingsCard(
                "translate", msg("Language and theme"), None,
                self.locales, 4, self.themes,
                Label(msg("Daylight is for bright sun: black on white, no tints."), "small", "ink2", wrap=True),
            ),
            "backup": SettingsCard(
                "hard-drive", msg("Backup"),
                msg("A copy of everything, encrypted. It opens on another machine with your recovery code."),
                self.backup_button,
            ),
            "endpoint": SettingsCard(
                "laptop", msg("Endpoint"),
                msg("Where your programme keeps its visits. Your keys never leave this device."),
                self.url, self.code, self.enrol_button, self.sync_button,
            ),
            "verify": SettingsCard(
                "seal-check", msg("Verify a signed report"),
                msg("Works without a network: unchanged? signed by whom? when?"),
                self.verify_button,
            ),
        }  # fmt: skip

    def _arrange(self) -> None:
        left = pane(col(self.cards["looks"], self.cards["backup"], None, gap=16))
        right = pane(col(self.cards["endpoint"], self.cards["verify"], None, gap=16))
        self._columns = row((left, 1), (right, 1), gap=16)
        inner = pane(col(Label(msg("Settings"), "display"), self._columns, None, gap=12), (24, 16, 24, 24))
        self.setLayout(col((scroll(inner), 1), gap=0))

    def use(self, presenter: SettingsPresenter) -> None:
        """Gives the page its presenter and lets its controls speak to it."""
        self.presenter = presenter
        self.locales.chosen.connect(self._choose_locale)
        self.themes.chosen.connect(self._choose_theme)
        self.backup_button.clicked.connect(presenter.back_up)
        self.enrol_button.clicked.connect(self._enrol)
        self.sync_button.clicked.connect(presenter.synchronise)
        self.verify_button.clicked.connect(self._verify)

    def _enrol(self) -> None:
        self.presenter.enrol(self.url.text(), self.code.text())

    def open(self, route: Route) -> None:
        self.framed.emit(None)
        self._show_choices()
        self.presenter.load()

    def fit(self, size: SizeClass) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if size == "narrow" else across)

    def _show_choices(self) -> None:
        self.locales.choose(locale())
        self.themes.choose(self._preferences.theme)

    def _choose_locale(self, name: object) -> None:
        self.presenter.choose_locale(str(name))

    def _choose_theme(self, choice: object) -> None:
        self.presenter.choose_theme(cast(ThemeChoice, choice))

    def _verify(self) -> None:
        path = self._pick_file(self)
        if path:
            self.presenter.verify(Path(path))

    def _buttons(self, part: str) -> tuple[Button, ...]:
        return {
            "backup": (self.backup_button,),
            "endpoint": (self.enrol_button, self.sync_button),
            "verify": (self.verify_button,),
        }[part]

    def show_endpoint(self, url: str) -> None:
        """Shows where this device is enrolled; what is being typed stays."""
        if url and not self.url.text():
            self.url.input.setText(url)

    def show_busy(self, part: str, *, busy: bool) -> None:
        """While it works its buttons wait."""
        for button in self._buttons(part):
            button.setEnabled(not busy)
        if busy:
            self.cards[part].show_result((msg("Working…"),), good=True)

    def show_result(self, part: str, lines: tuple[Said, ...], *, good: bool = True) -> None:
        """Shows what came of it, in its card."""
        self.cards[part].show_result(lines, good=good)

    def show_code_needed(self, url: Message | None, code: Message | None) -> None:
        """Says under the fields what is missing."""
        self.url.show_error(url or "")
        self.code.show_error(code or "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and self._ready:
            self._show_choices()
        super().changeEvent(event)


def build(tools: Tools) -> Page:
    """The page with its presenter."""
    app = tools.app
    page = SettingsPage(tools.preferences)
    verification = TrustedVerification(app.verification, app.identities)
    page.use(SettingsPresenter(app.backups, app.syncing, verification, tools.preferences, tools.tasks, page))
    return page
