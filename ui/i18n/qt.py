"""Qt and the catalogues: Qt's own strings come from ours, and a change of language reaches every widget."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from greenaudit.i18n import translator
from greenaudit.messages import msg
from ui.i18n.speaking import language, set_locale

OURS = (
    msg("&Look in:"),
    msg("Files of &type:"),
    msg("File &name:"),
    msg("Show &hidden files"),
    msg("All Files (*)"),
    msg("Folder"),
    msg("Drive"),
    msg("%1 File"),
    msg("%1 already exists.\nDo you want to replace it?"),
    msg("%1\nFile not found.\nPlease verify the correct file name was given."),
)
"""Words of Qt's dialogs that its translations lack, or say as one doesn't in Mexico."""


class CatalogueTranslator(QTranslator):
    """Gives Qt's own words ("Cancel", "&Copy") from the product's catalogues; what they lack, from Qt's.

    Qt's own are those of its dialogs for files and folders, where the system brings none. One translator holds both:
    each that is installed would send a change of language through every widget.
    """

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._qt, self._language = QTranslator(self), language()
        if self._language != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._qt.load(f"qtbase_{self._language}", folder)

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Our sentence, else Qt's own, else None: then Qt says it in English."""
        said = translator(language())(source)
        if said != source or language() != self._language:
            return said if said != source else None
        return self._qt.translate(context, source, disambiguation, n) or None

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
