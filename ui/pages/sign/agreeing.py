"""In which language each signer reads what they agree to: their choice, kept as it was from the moment they agreed."""

from __future__ import annotations

from greenaudit.i18n import Language
from greenaudit.services.views import Consents
from ui.pages.sign.values import Signer


class Agreeing:
    """A language a signer. Until one is chosen it is the default; what was agreed to doesn't follow any change."""

    def __init__(self) -> None:
        self._chosen: dict[Signer, Language] = {}
        self._agreed: dict[Signer, Language] = {}

    def language(self, signer: Signer, default: Language) -> Language:
        """The language in which the signer's sentence is shown."""
        return self._agreed.get(signer) or self._chosen.get(signer) or default

    def consents(self, assessor: Language, representative: Language) -> Consents:
        """Both signers' languages, with these defaults."""
        return Consents(
            assessor=self.language("assessor", assessor),
            representative=self.language("representative", representative),
        )

    def choose(self, signer: Signer, language: Language) -> bool:
        """The signer wants to read it in this language; whether they had agreed to it in another."""
        before = self._agreed.pop(signer, None)
        self._chosen[signer] = language
        return before is not None and before != language

    def agree(self, signer: Signer, language: Language | None) -> None:
        """The signer agreed to the sentence in this language; None: no more."""
        self._agreed.pop(signer, None)
        if language is not None:
            self._agreed[signer] = language
