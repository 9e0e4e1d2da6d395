"""Verification under the programme's root that this device trusts, as the settings ask for it."""

from __future__ import annotations

from pathlib import Path

from greenaudit.services.identity import Identities
from greenaudit.services.verification import Verification
from ui.pages.settings.presenter import Answer


class TrustedVerification:
    """The verdict's sentences on a file."""

    def __init__(self, verification: Verification, identities: Identities) -> None:
        self._verification, self._identities = verification, identities

    def verify(self, path: Path) -> Answer:
        """The answer for a file."""
        verdict = self._verification.verify(path, self._identities.roots())
        return Answer(verdict.accepted, verdict.sentences)
