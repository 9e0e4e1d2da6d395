"""The bar of pages that belong to no visit: mark and name, "Go to…", language, theme, menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame

from greenaudit.messages import msg
from ui.i18n import language
from ui.theme import SizeClass
from ui.widgets.boxes import row
from ui.widgets.buttons import Button, icon_button
from ui.widgets.signs import StairMark
from ui.widgets.texts import Label


class BrandBar(QFrame):
    """Signals:

    home, search, languages, themes, menu: what was pressed.
    """

    home = Signal()
    search = Signal()
    languages = Signal()
    themes = Signal()
    menu = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.back = icon_button("house", msg("Home"))
        self._mark = StairMark(28)
        self.search_button = Button(msg("Go to…"), "", "magnifying-glass")
        self.language_button = Button("", "", "translate", tip=msg("Language"))
        self.theme_button = icon_button("sun", msg("Theme"))
        self.menu_button = icon_button("dots-three", msg("Menu"))
        name = Label("GreenAudit", "title")
        buttons = (self.search_button, self.language_button, self.theme_button, self.menu_button)
        self.setLayout(row(self.back, self._mark, name, None, *buttons, gap=8, margins=(24, 0, 16, 0)))
        self.setFixedHeight(64)
        self.back.clicked.connect(self.home)
        self.search_button.clicked.connect(self.search)
        self.language_button.clicked.connect(self.languages)
        self.theme_button.clicked.connect(self.themes)
        self.menu_button.clicked.connect(self.menu)
        self.set_at_home(True)
        self._name_language()

    def set_at_home(self, at_home: bool) -> None:
        """At home the mark stands first; elsewhere the way home does. Before set-up there is neither."""
        self.back.setVisible(not at_home)
        self._mark.setVisible(at_home)

    def set_ready(self, ready: bool) -> None:
        """Before the services are there (or the device is set up) there is nowhere to go."""
        self.search_button.setVisible(ready)
        self.menu_button.setVisible(ready)

    def fit(self, size: SizeClass) -> None:
        """Portrait leaves less room beside the mark."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(24, 0, 16 if size == "wide" else 12, 0)

    def _name_language(self) -> None:
        self.language_button.say(language().upper())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_language()
        super().changeEvent(event)
