"""Qt and the catalogues: Qt's own strings come from ours, and a change of language reaches every widget."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from greenaudit.i18n import translator
from ui.i18n.speaking import language, set_locale


class CatalogueTranslator(QTranslator):
    """Gives Qt's own words ("Cancel", "&Copy") from the product's catalogues, so there is one place for texts."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Our sentence, or None where we have none: then Qt keeps its own."""
        said = translator(language())(source)
        return said if said != source else None

    def isEmpty(self) -> bool:
        """Qt leaves out translators that call themselves empty."""
        return False


def speak(app: QCoreApplication, locale: str, before: QTranslator | None = None) -> QTranslator:
    """Puts a language on. Installing the translator makes Qt send `LanguageChange` to every widget.

    Give the translator of the last call as `before`; keep the one that is returned.
    """
    set_locale(locale)
    # Plain `es` is Spain's in Qt, with a decimal comma: always name the country.
    QLocale.setDefault(QLocale(locale))
    if before is not None:
        app.removeTranslator(before)
    words = CatalogueTranslator(app)
    app.installTranslator(words)
    return words


def system_locale() -> str:
    """The locale of ours that is nearest to the system's."""
    name = QLocale.system().name()
    if name.startswith("es"):
        return "es_MX"
    if name.startswith("fr"):
        return "fr_CA"
    return "en_CA" if name == "en_CA" else "en_US"
