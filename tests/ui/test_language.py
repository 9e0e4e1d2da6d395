"""The window speaks three languages, changes between them while it stands, and Qt's own words follow."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from greenaudit.domain.text import Text
from greenaudit.messages import msg, msgs
from tests.helpers.ui import settle
from ui.i18n import language, locale, set_locale, tr
from ui.i18n.formatting import formats
from ui.i18n.qt import speak
from ui.widgets.buttons import Button
from ui.widgets.checks import Check
from ui.widgets.fields import Field
from ui.widgets.signs import ModuleTile
from ui.widgets.texts import Label


def test_widgets_say_their_sentences_anew(qapp: QApplication, qtbot: QtBot) -> None:
    label, button, tile = Label(msg("Home")), Button(msg("New visit"), "", "plus"), ModuleTile("WAST")
    field, check = Field(msg("Your name")), Check(msg("Energy"))
    for widget in (label, button, tile, field, check):
        qtbot.addWidget(widget)
    speak(qapp, "es_MX")
    settle()  # Qt posts the news to every window
    assert label.text() == "Inicio"
    assert button.text().strip() == "Nueva visita"
    assert button.accessibleName() == "Nueva visita"
    assert tile.accessibleName() == "Residuos y agua"
    assert field.input.accessibleName() == "Su nombre"
    assert check.text() == "Energía"


@pytest.mark.parametrize(
    ("name", "cancel"), [("en_US", "Cancel"), ("es_MX", "Cancelar"), ("fr_CA", "Annuler")]
)
def test_words_of_qt_come_from_the_catalogue(qapp: QApplication, name: str, cancel: str) -> None:
    speak(qapp, name)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel
    assert QCoreApplication.translate("QPlatformTheme", "Never heard of") == "Never heard of"


def test_the_country_is_always_named(qapp: QApplication) -> None:
    speak(qapp, "es_MX")
    assert QLocale().name() == "es_MX"
    assert QLocale().decimalPoint() == "."
    speak(qapp, "fr_CA")
    assert QLocale().decimalPoint() == ","


def test_numbers_follow_the_locale(qapp: QApplication) -> None:
    speak(qapp, "es_MX")
    assert formats().number(Decimal("1693000.5")) == "1,693,000.5"
    speak(qapp, "fr_CA")
    assert formats().number(Decimal("0.61")) == "0,61"


def test_what_can_be_said() -> None:
    assert tr("as a person wrote it") == "as a person wrote it"
    assert tr(Text(en="Gate", es="Acceso", fr="Accès")) == "Gate"
    assert tr(msg("Saved {time}"), time="10:42") == "Saved 10:42"
    assert tr(msgs("photo", "photos", 2)) == "photos"


@pytest.mark.parametrize(
    ("name", "heard"), [("es_MX", "es_MX"), ("fr_CA", "fr_CA"), ("es", "en_US"), ("tlh", "en_US")]
)
def test_only_our_locales_are_put_on(name: str, heard: str) -> None:
    set_locale(name)
    assert locale() == heard
    assert language() == heard[:2]


@pytest.mark.parametrize(
    ("name", "words"), [("en_US", "Look in:"), ("es_MX", "Ver en:"), ("fr_CA", "Voir dans:")]
)
def test_the_dialogs_of_files_speak_the_language_that_is_on(
    qapp: QApplication, name: str, words: str
) -> None:
    speak(qapp, name)
    assert (
        QCoreApplication.translate("QFileDialog", "Look in:").replace("\u00a0", "").replace(" :", ":")
        == words
    )
