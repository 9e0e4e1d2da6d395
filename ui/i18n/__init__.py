"""The window's language: which one is on, and how a sentence is said in it.

`tr(msg("Continue the walk"))` says a sentence; widgets of the kit are given the sentence itself and say it anew
when the language changes (Qt tells them with `LanguageChange`). Numbers and dates are in `ui.i18n.formatting`,
which is imported after the first painted frame.
"""

from ui.i18n.speaking import Said, Trilingual, language, locale, set_locale, tr

__all__ = ["Said", "Trilingual", "language", "locale", "set_locale", "tr"]
