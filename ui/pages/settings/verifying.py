"""Verification under the programme's root that this device trusts, as the settings ask for it."""

from __future__ import annotations

from pathlib import Path

from greenaudit.services.identity import Identities
from greenaudit.services.verification import Verification
from ui.pages.settings.presenter import Answer


class TrustedVerification:
    """Joins the verdict's sentences and those about each signer."""

    def __init__(self, verification: Verification, identities: Identities) -> None:
        self._verification, self._identities = verification, identities

    def verify(self, path: Path) -> Answer:
        """The answer for a file."""
        verdict = self._verification.verify(path, self._identities.roots())
        signers = tuple(line for signer in verdict.signers for line in (signer.text, signer.time))
        return Answer(verdict.accepted, (*verdict.sentences, *signers))
